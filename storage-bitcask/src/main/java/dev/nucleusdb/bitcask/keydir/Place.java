package dev.nucleusdb.bitcask.keydir;

/// Where the record of a key stands.
///
/// @param fileId the file
/// @param offset of the entry in the file
/// @param sizeBytes of the entry
/// @param valueBytes length of the value, or -1 if the record is a tombstone
/// @param sequence the number that the record was born with
public record Place(long fileId, long offset, int sizeBytes, int valueBytes, long sequence) {

  /// Whether the record says that the key is gone.
  public boolean isTombstone() {
    return valueBytes < 0;
  }
}
