package dev.nucleusdb.bitcask.merge;

/// What bounds a merge.
///
/// @param deadFraction share of a file's records, in bytes, that must be dead before it is merged
/// @param sliceBytes read from inputs in one slice, and at least one frame
/// @param outputSizeBytes an output that has reached this takes no more
/// @param inputsMax files in one merge, save for the one that collects tombstones
/// @param spaceBytesMax what all data files together may hold
public record MergeLimits(
    double deadFraction, int sliceBytes, long outputSizeBytes, int inputsMax, long spaceBytesMax) {}
