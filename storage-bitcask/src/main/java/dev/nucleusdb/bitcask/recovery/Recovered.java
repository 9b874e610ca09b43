package dev.nucleusdb.bitcask.recovery;

/// What recovery found besides the keys.
///
/// @param nextSequence number of the next entry
/// @param appliedIndex log index of the last batch
public record Recovered(long nextSequence, long appliedIndex) {}
