package dev.nucleusdb.bitcask.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.bitcask.RunLength;
import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.inspect.FilePrinter;
import dev.nucleusdb.bitcask.store.BitcaskStore;
import dev.nucleusdb.bitcask.store.Durability;
import dev.nucleusdb.bitcask.store.StoreOptions;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.system.FileDisk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedStoreTest {
  private static final byte[] TEXT =
      "many a mickle makes a muckle ".repeat(100).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY = {1};

  @TempDir Path folder = Path.of("");

  private static StoreOptions options(Compression compression) {
    return StoreOptions.DEFAULT.withDurability(Durability.NONE).withCompression(compression);
  }

  @Test
  void a_value_that_gets_shorter_is_kept_short_through_merges_and_read_whole() {
    try (BitcaskStore store =
        BitcaskStore.open(
            folder,
            StoreOptions.DEFAULT
                .withDurability(Durability.NONE)
                .withEngine(
                    BitcaskOptions.DEFAULT
                        .withSegmentSizeBytes(1000)
                        .withCompression(Compression.zstd())))) {
      for (int i = 0; i < 100; i++) {
        store.put(new byte[] {(byte) (i % 10)}, TEXT);
      }
      store.merge();
      assertThat(store.get(KEY)).isEqualTo(TEXT);
      assertThat(store.statistics().liveBytes()).isLessThan(10 * 200);
    }
  }

  @Test
  void stores_that_are_mixed_are_read_whatever_is_asked_for_now() {
    try (BitcaskStore store = BitcaskStore.open(folder, options(Compression.OFF))) {
      store.put(new byte[] {0}, TEXT);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, options(Compression.zstd()))) {
      store.put(KEY, TEXT);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, options(Compression.OFF))) {
      assertThat(store.get(new byte[] {0})).isEqualTo(TEXT);
      assertThat(store.get(KEY)).isEqualTo(TEXT);
      store.put(new byte[] {2}, TEXT);
    }
    List<String> lines = new ArrayList<>();
    try (FileDisk disk = FileDisk.look(folder)) {
      new FilePrinter(lines::add).print(disk, "store", "data-0000000001.bitcask");
    }
    assertThat(lines)
        .filteredOn(line -> line.contains("compressed by codec 1, 2900 bytes in"))
        .hasSize(1);
  }

  @Test
  void what_is_short_or_would_not_get_shorter_is_written_as_it_is() {
    Compression zstd = Compression.zstd();
    assertThat(zstd.compress(new byte[255])).isNull();
    assertThat(zstd.compress(new byte[256])).isNotNull();
    byte[] noise = new byte[4096];
    SplitMix random = new SplitMix(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextLong();
    }
    assertThat(zstd.compress(noise)).isNull();
    assertThat(Compression.OFF.compress(TEXT)).isNull();
  }

  @Test
  void a_bomb_and_bytes_that_are_no_value_are_corruption() throws MalformedValueException {
    Compression zstd = Compression.zstd();
    byte[] written = Objects.requireNonNull(zstd.withValueBytesMin(16).compress(new byte[20_000]));
    assertThat(zstd.decompress(written, 0, written.length, 20_000)).hasSize(20_000);
    byte[] bomb = written.clone();
    ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(1, Entry.VALUE_BYTES_MAX + 1);
    byte[] shorter = written.clone();
    ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putInt(1, 19_999);
    byte[] longer = written.clone();
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(1, 20_001);
    byte[] noise = written.clone();
    noise[Compression.HEAD_BYTES] ^= 1;
    for (byte[] bad : new byte[][] {bomb, shorter, longer, noise, {1, 0}, {}}) {
      assertThatThrownBy(() -> Entry.decompress("f", 8, zstd, bad, 0, bad.length))
          .isInstanceOf(CorruptionException.class)
          .hasMessageStartingWith("f at offset 8: ");
    }
  }

  @Test
  void a_codec_that_is_not_there_is_named() {
    Compression own = new Compression(new RunLength(), 16);
    try (BitcaskStore store = BitcaskStore.open(folder, options(own))) {
      store.put(KEY, new byte[1000]);
      assertThat(store.get(KEY)).isEqualTo(new byte[1000]);
    }
    try (BitcaskStore store = BitcaskStore.open(folder, options(Compression.OFF))) {
      assertThatThrownBy(() -> store.get(KEY))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a value was compressed by codec 200: open the store with that codec");
    }
  }
}
