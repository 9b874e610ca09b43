package dev.nucleusdb.core.disk;

/// A call on the disk that did not work. The message is one line that names the file.
public final class DiskException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What kind of trouble; decides the reaction.
  public enum Kind {
    /// The file should not have been there.
    EXISTS,
    /// The file should have been there.
    NOT_FOUND,
    /// The disk is full; reads and deletes still work, space may come back.
    NO_SPACE,
    /// The disk takes no writes.
    READ_ONLY,
    /// Another process holds the folder.
    LOCKED,
    /// Anything else: assume that the bytes concerned are lost.
    IO
  }

  private final Kind kind;
  private final String path;

  /// @param kind what kind of trouble
  /// @param path the file concerned
  /// @param detail what happened, without the path
  public DiskException(Kind kind, String path, String detail) {
    super(path + ": " + detail);
    this.kind = kind;
    this.path = path;
  }

  /// As above, with the exception underneath.
  public DiskException(Kind kind, String path, String detail, Throwable cause) {
    super(path + ": " + detail, cause);
    this.kind = kind;
    this.path = path;
  }

  /// What kind of trouble it was.
  public Kind kind() {
    return kind;
  }

  /// The file concerned.
  public String path() {
    return path;
  }
}
