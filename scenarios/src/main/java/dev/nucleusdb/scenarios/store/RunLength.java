package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.bitcask.compression.MalformedValueException;
import dev.nucleusdb.bitcask.compression.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A codec for worlds: pairs of a count and a byte. Pure Java, so that a world is the same on every
/// machine.
final class RunLength implements ValueCodec {
  @Override
  public int id() {
    return 200;
  }

  @Override
  public String name() {
    return "run length";
  }

  @Override
  public byte[] compress(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; ) {
      int run = 1;
      while (run < 255 && i + run < raw.length && raw[i + run] == raw[i]) {
        run++;
      }
      out.write(run);
      out.write(raw[i]);
      i += run;
    }
    return out.toByteArray();
  }

  @Override
  public byte[] decompress(byte[] from, int offset, int length, int rawBytes)
      throws MalformedValueException {
    byte[] raw = new byte[rawBytes];
    int made = 0;
    for (int i = offset; i + 1 < offset + length; i += 2) {
      int run = Byte.toUnsignedInt(from[i]);
      if (run > rawBytes - made) {
        throw new MalformedValueException("more bytes than are announced");
      }
      Arrays.fill(raw, made, made + run, from[i + 1]);
      made += run;
    }
    if (made != rawBytes || length % 2 != 0) {
      throw new MalformedValueException("other bytes than are announced");
    }
    return raw;
  }
}
