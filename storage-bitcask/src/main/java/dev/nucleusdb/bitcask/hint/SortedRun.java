package dev.nucleusdb.bitcask.hint;

/// Records of one data file in the order of their keys; those of one key as they stand in the file.
/// Stands at one of them at a time, at first before the first.
public interface SortedRun {
  /// Goes to the next record.
  ///
  /// @return false if there is none
  boolean next();

  /// The key from index 0 of an array that belongs to the run and changes when it goes on.
  byte[] keyBuffer();

  /// The length of the key.
  int keyLength();

  /// Where the record stands.
  long offset();

  /// Its bytes on disk.
  int sizeBytes();

  /// The number it was born with.
  long sequence();

  /// Whether it says that the key is gone.
  boolean isTombstone();
}
