package dev.nucleusdb.bitcask.recovery;

import dev.nucleusdb.bitcask.index.Keydir;

/// What recovery found.
///
/// @param keydir all keys
/// @param nextSequence number of the next entry
/// @param appliedIndex log index of the last batch
public record Recovered(Keydir keydir, long nextSequence, long appliedIndex) {}
