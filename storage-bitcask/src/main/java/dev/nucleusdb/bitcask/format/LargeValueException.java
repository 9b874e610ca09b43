package dev.nucleusdb.bitcask.format;

/// A value was asked for as an array that was written as a stream, in parts. Nothing is wrong with
/// it: it is to be read as a stream, too.
public final class LargeValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long sizeBytes;

  /// @param sizeBytes of the value
  public LargeValueException(long sizeBytes) {
    super(
        "a value of "
            + sizeBytes
            + " bytes was written as a stream; read it by BitcaskStore.stream or StoreView.stream");
    this.sizeBytes = sizeBytes;
  }

  /// How long the value is.
  public long sizeBytes() {
    return sizeBytes;
  }
}
