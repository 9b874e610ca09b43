package dev.nucleusdb.bitcask.index;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Families of keys that strain an index in different ways.
enum Keys {
  RANDOM {
    @Override
    byte[] key(int number) {
      return ByteBuffer.allocate(16).putLong(mix(number)).putLong(mix(~number)).array();
    }
  },
  ASCENDING {
    @Override
    byte[] key(int number) {
      return ByteBuffer.allocate(12).putInt(7).putLong(number).array();
    }
  },
  /// Of 0 to 12 bytes, mostly zeros, many the beginning of others.
  SHORT {
    @Override
    byte[] key(int number) {
      byte[] key = new byte[number % 13];
      int left = number / 13;
      for (int i = key.length - 1; i >= 0 && left > 0; i--) {
        key[i] = (byte) (left % 3 == 2 ? 0xff : left % 3);
        left /= 3;
      }
      return key;
    }
  },
  LONG_PREFIX {
    @Override
    byte[] key(int number) {
      byte[] key = new byte[300 + number % 7];
      Arrays.fill(key, (byte) 'p');
      key[200] = (byte) (number % 3);
      ByteBuffer.wrap(key).putInt(290, (int) mix(number));
      return key;
    }
  },
  /// From a few bytes to 66 KiB, in groups with long common beginnings.
  VERY_LONG {
    @Override
    byte[] key(int number) {
      int[] lengths = {5, 503, 504, 505, 506, 4075, 4076, 4077, 8153, 20_000, 66 << 10};
      byte[] key = new byte[lengths[number % lengths.length]];
      Arrays.fill(key, (byte) (number % 2 == 0 ? 0xfe : 'x'));
      ByteBuffer.wrap(key).putInt(key.length - 4, (int) mix(number));
      if (number % 5 == 0) {
        ByteBuffer.wrap(key).putInt(0, (int) mix(number));
      }
      return key;
    }
  };

  /// The key of a number; in small families some numbers share one.
  abstract byte[] key(int number);

  byte[] draw(RandomSource random, int numbers) {
    return key(random.nextInt(numbers));
  }

  private static long mix(long value) {
    return SplitMix.mix(value);
  }
}
