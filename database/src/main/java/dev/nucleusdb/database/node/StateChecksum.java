package dev.nucleusdb.database.node;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The checksum of a whole snapshot: of each key and value behind its length, in order.
final class StateChecksum {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
  private long pairCount;

  void add(byte[] key, byte[] value) {
    pairCount++;
    addBytes(key);
    addBytes(value);
  }

  private void addBytes(byte[] bytes) {
    crc.update(length.clear().putInt(bytes.length).flip());
    crc.update(bytes);
  }

  long pairCount() {
    return pairCount;
  }

  int value() {
    return (int) crc.getValue();
  }
}
