package dev.nucleusdb.bitcask.hint;

/// What a hint says of the newest record that its file holds of a key.
///
/// @param key the key
/// @param offset where the record stands
/// @param sizeBytes its bytes on disk
/// @param sequence the number it was born with
/// @param isTombstone whether it says that the key is gone
public record Hinted(byte[] key, long offset, int sizeBytes, long sequence, boolean isTombstone) {}
