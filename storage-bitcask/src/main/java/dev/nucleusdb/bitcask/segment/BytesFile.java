package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import java.nio.ByteBuffer;

/// Bytes in memory, to be read like a file.
final class BytesFile implements DiskFile {
  private final String path;
  private final byte[] bytes;

  BytesFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    return bytes.length;
  }

  @Override
  public int read(long offset, ByteBuffer into) {
    int from = (int) Math.min(offset, bytes.length);
    int length = Math.min(into.remaining(), bytes.length - from);
    into.put(bytes, from, length);
    return length;
  }

  @Override
  public long append(ByteBuffer more) {
    throw readOnly();
  }

  @Override
  public void truncate(long sizeBytes) {
    throw readOnly();
  }

  @Override
  public void sync(SyncCompletion completion) {
    throw readOnly();
  }

  @Override
  public void syncNow() {
    throw readOnly();
  }

  private DiskException readOnly() {
    return new DiskException(DiskException.Kind.READ_ONLY, path, "it is a copy in memory");
  }

  @Override
  public void close() {}
}
