package dev.nucleusdb.core.disk;

/// Bytes on the disk that are not what was written there: names the file and the offset. Never
/// thrown for a torn tail, which is what a crash may leave and is cut off in recovery.
public final class CorruptionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final long offset;

  /// @param path the damaged file
  /// @param offset where in it, in bytes
  /// @param detail what is wrong there
  public CorruptionException(String path, long offset, String detail) {
    super(path + " at offset " + offset + ": " + detail);
    this.path = path;
    this.offset = offset;
  }

  /// The damaged file.
  public String path() {
    return path;
  }

  /// Where in the file, in bytes.
  public long offset() {
    return offset;
  }
}
