package dev.nucleusdb.bitcask.index.image;

/// An image that is not what was written, or belongs to something else: the index is to be built
/// from the data files. Checked, because whoever loads an image must have that other way.
public final class BadImageException extends Exception {
  private static final long serialVersionUID = 1;

  private final long offset;

  /// @param offset where in the image, in bytes
  /// @param detail what is wrong there
  public BadImageException(long offset, String detail) {
    super("index image at offset " + offset + ": " + detail);
    this.offset = offset;
  }

  /// Where in the image, in bytes.
  public long offset() {
    return offset;
  }
}
