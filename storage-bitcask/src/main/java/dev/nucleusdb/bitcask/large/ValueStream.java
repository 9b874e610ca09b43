package dev.nucleusdb.bitcask.large;

import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.core.disk.CorruptionException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A value, read part by part: the one that was there when the stream was opened, whatever becomes
/// of the key. One part is in memory at a time. It keeps files on the disk until it is closed, or
/// was read to its end. One thread at a time.
public final class ValueStream extends InputStream {
  private final long sizeBytes;
  private final @Nullable Reference reference;
  private final Consumer<PinnedValues> release;
  private final CRC32C checksum = new CRC32C();
  private @Nullable PinnedValues parts;
  private byte[] part;
  private int at;
  private int partCount;
  private long readBytes;

  /// A large value.
  ///
  /// @param release closes the parts, as their writer
  ValueStream(Reference reference, PinnedValues parts, Consumer<PinnedValues> release) {
    this.reference = reference;
    this.sizeBytes = reference.sizeBytes();
    this.parts = parts;
    this.release = release;
    this.part = new byte[0];
  }

  /// A value that is in memory.
  public ValueStream(byte[] value) {
    this.reference = null;
    this.sizeBytes = value.length;
    this.release = none -> {};
    this.part = value;
  }

  /// How long the value is.
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int read() {
    return hasMore() ? Byte.toUnsignedInt(part[at++]) : -1;
  }

  /// @throws CorruptionException if the part that is next is damaged
  @Override
  public int read(byte[] into, int offset, int length) {
    java.util.Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return part.length - at;
  }

  private boolean hasMore() {
    while (at == part.length) {
      PinnedValues rest = parts;
      if (rest == null) {
        return false;
      }
      if (partCount == rest.count()) {
        requireWhole();
        close();
        return false;
      }
      Reference known = java.util.Objects.requireNonNull(reference);
      part = rest.value(partCount, KeySpace.part(known.id(), partCount));
      partCount++;
      at = 0;
      readBytes += part.length;
      checksum.update(part);
    }
    return true;
  }

  private void requireWhole() {
    Reference known = java.util.Objects.requireNonNull(reference);
    if (readBytes != known.sizeBytes() || (int) checksum.getValue() != known.checksum()) {
      throw new CorruptionException(
          "large value " + known.id(), readBytes, "its parts are not what was written");
    }
  }

  /// Lets the files go.
  @Override
  public void close() {
    PinnedValues held = parts;
    parts = null;
    if (held != null) {
      release.accept(held);
    }
  }
}
