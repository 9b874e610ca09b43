package dev.nucleusdb.bitcask.large;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.format.Reference;
import java.util.zip.CRC32C;

/// A large value while it is written. Nobody sees it before [#finish], and everybody the whole of
/// it afterwards. Calls by the writer.
public final class Upload {
  private final LargeValues values;
  private final byte[] key;
  private final long expiry;
  private final int slot;
  private final long id;
  private final CRC32C checksum = new CRC32C();
  private long sizeBytes;
  private int partCount;
  private boolean ended;

  Upload(LargeValues values, byte[] key, long expiry, int slot, long id) {
    this.values = values;
    this.key = key;
    this.expiry = expiry;
    this.slot = slot;
    this.id = id;
  }

  byte[] key() {
    return key;
  }

  long expiry() {
    return expiry;
  }

  int slot() {
    return slot;
  }

  long id() {
    return id;
  }

  /// Writes the next part.
  ///
  /// @param bytes at most as many as a part has
  public void append(byte[] bytes) {
    require(!ended, "the upload has ended");
    require(bytes.length <= values.partBytes(), "a part of %d bytes is too long", bytes.length);
    values.part(this, partCount, bytes);
    partCount++;
    sizeBytes += bytes.length;
    checksum.update(bytes);
  }

  /// Gives the key its value.
  public void finish() {
    require(!ended, "the upload has ended");
    values.finish(this, new Reference(id, sizeBytes, partCount, (int) checksum.getValue()));
    ended = true;
  }

  /// Gives it up; what it has written is freed in time.
  public void abandon() {
    if (!ended) {
      ended = true;
      values.abandon(this);
    }
  }
}
