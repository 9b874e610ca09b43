package dev.nucleusdb.bitcask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.bitcask.cipher.Encryption;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.bitcask.format.Checksum;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.recovery.Recovered;
import dev.nucleusdb.bitcask.recovery.Recovery;
import dev.nucleusdb.bitcask.recovery.RecoveryRoom;
import dev.nucleusdb.bitcask.segment.Segment;
import dev.nucleusdb.bitcask.segment.SegmentFolder;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Records that are merged as sorted runs make the same index as records learned one by one, and as
/// the store had before it was killed.
class BulkLoadProperties {
  private static final RecoveryRoom ONE_BY_ONE = new RecoveryRoom(0, 0);
  private static final StoreKey KEY = StoreKey.of(new byte[16]);

  /// What a recovery makes of a folder.
  private record Found(
      List<Boolean> isThere,
      List<Long> places,
      List<Long> inOrder,
      List<String> files,
      long nextSequence,
      long index) {}

  @Property(tries = 150, seed = "1", shrinking = ShrinkingMode.OFF)
  void merged_runs_make_the_index_that_records_one_by_one_make(@ForAll long seed) {
    RandomSource random = new SplitMix(seed);
    Life life = new Life(random.fork("life"));
    life.live();
    if (random.chance(0.5)) {
      life.damageHints(random.fork("damage"));
    }
    Found one = life.recover(ONE_BY_ONE);
    assertThat(life.recover(RecoveryRoom.DEFAULT)).isEqualTo(one);
    assertThat(life.recover(new RecoveryRoom(random.nextInt(4), random.nextInt(3000))))
        .isEqualTo(one);
    assertThat(one.isThere).isEqualTo(life.isThere());
    assertThat(life.disk.openHandles()).isEqualTo(life.handles);
  }

  @Example
  void a_hint_that_shows_something_else_when_it_is_merged_is_done_without() {
    for (IndexKind kind : IndexKind.values()) {
      Life life = new Life(kind);
      life.largeFiles();
      Found whole = life.recover(ONE_BY_ONE);
      byte[] hint = life.disk.bytes(life.hints().getLast()).clone();
      for (int reads = 0; reads < 12; reads++) {
        for (boolean fails : new boolean[] {false, true}) {
          life.breakHintAfter(reads, hint, fails);
          assertThat(life.recover(RecoveryRoom.DEFAULT))
              .as("after %d reads", reads)
              .isEqualTo(whole);
          assertThat(life.disk.openHandles()).isEqualTo(life.handles);
        }
      }
      assertThat(life.broken).isGreaterThan(15);
      life.disorderHint(hint);
      assertThat(life.recover(RecoveryRoom.DEFAULT)).isEqualTo(whole);
    }
  }

  /// A store in files of a few hundred bytes.
  private static final class Life {
    final MemoryDisk disk = new MemoryDisk();
    private final RandomSource random;
    private final BitcaskOptions options;
    private final Bitcask engine;
    private final List<byte[]> keys = new ArrayList<>();
    private long logIndex;
    int handles;
    int broken;

    Life(RandomSource random) {
      this.random = random;
      this.options =
          BitcaskOptions.DEFAULT
              .withSegmentSizeBytes(random.chance(0.2) ? 100_000 : 600)
              .withMerge(0.3, 200, 3)
              .withIndex(random.chance(0.5) ? IndexKind.ORDERED : IndexKind.HASH)
              .withKey(random.chance(0.2) ? KEY : null)
              .withCompression(
                  random.chance(0.3) ? new Compression(new RunLength(), 16) : Compression.OFF);
      this.engine = open();
      int count = 1 + random.nextInt(40);
      for (int i = 0; i < count; i++) {
        keys.add(key());
      }
    }

    Life(IndexKind kind) {
      this.random = new SplitMix(1);
      this.options =
          BitcaskOptions.DEFAULT
              .withIndex(kind)
              .withSegmentSizeBytes(10 << 20)
              .withMerge(0.95, 4 << 20, 3);
      this.engine = open();
    }

    private Bitcask open() {
      return Bitcask.open(
          disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(1), () -> 0L, Trace.NONE);
    }

    /// Empty, or with much in common with others, or the beginning of others, or long.
    private byte[] key() {
      byte[] key = new byte[random.nextInt(random.chance(0.1) ? 700 : 14)];
      for (int i = Math.max(0, key.length - 1 - random.nextInt(4)); i < key.length; i++) {
        key[i] = (byte) (random.nextInt(3) * 127);
      }
      return key;
    }

    void live() {
      int steps = random.nextInt(200);
      for (int i = 0; i < steps; i++) {
        if (random.chance(0.6)) {
          write();
        } else {
          int slices = random.nextInt(random.chance(0.1) ? 200 : 8);
          for (int slice = 0; slice < slices && engine.maintain(); slice++) {
            disk.completeSyncs();
          }
        }
      }
      handles = disk.openHandles();
    }

    private void write() {
      WriteBatch batch = new WriteBatch();
      int count = random.nextInt(random.chance(0.1) ? 60 : 4);
      for (int i = 0; i < count; i++) {
        byte[] key = keys.get(random.nextInt(keys.size()));
        byte[] value = new byte[random.nextInt(60)];
        if (random.chance(0.3)) {
          batch.delete(key);
        } else if (random.chance(0.2)) {
          batch.put(key, value, 1 + random.nextInt(1000));
        } else {
          batch.put(key, value);
        }
      }
      engine.write(batch, ++logIndex);
    }

    /// Two files with hints of more than a window, and some records behind.
    void largeFiles() {
      for (int file = 0; file < 2; file++) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < 9000; i++) {
          byte[] key = new byte[24];
          for (int at = 0; at < key.length; at++) {
            key[at] = (byte) random.nextInt(256);
          }
          if (file == 1 && random.chance(0.3)) {
            key = keys.get(random.nextInt(keys.size()));
          }
          keys.add(key);
          if (random.chance(0.1)) {
            batch.delete(key);
          } else {
            batch.put(key, new byte[1]);
          }
        }
        engine.write(batch, ++logIndex);
        engine.seal();
      }
      for (int i = 0; i < 100 && engine.maintain(); i++) {
        disk.completeSyncs();
      }
      assertThat(hints()).hasSize(2);
      for (int i = 0; i < 50; i++) {
        write();
      }
      handles = disk.openHandles();
    }

    private List<String> hints() {
      return disk.paths().stream().filter(path -> path.contains("hint-")).toList();
    }

    void damageHints(RandomSource draw) {
      for (String path : hints()) {
        byte[] bytes = disk.bytes(path).clone();
        int at = draw.nextInt(Math.max(1, bytes.length));
        switch (draw.nextInt(5)) {
          case 0 -> disk.remove(path);
          case 1 -> disk.overwrite(path, Arrays.copyOf(bytes, at));
          case 2 -> disk.overwrite(path, disk.bytes(hints().getFirst()).clone());
          case 3 -> {
            if (bytes.length > 0) {
              bytes[at] ^= (byte) (1 << draw.nextInt(8));
              disk.overwrite(path, bytes);
            }
          }
          default -> {}
        }
      }
    }

    /// The second hint is damaged, or cannot be read, at its so manieth read of all; it is whole
    /// again afterwards.
    void breakHintAfter(int reads, byte[] whole, boolean fails) {
      String path = hints().getLast();
      int[] left = {reads};
      disk.fault =
          (operation, touched) -> {
            if (!touched.equals(path) || !operation.equals("read")) {
              return null;
            }
            boolean now = left[0]-- == 0;
            if (now) {
              broken++;
            }
            byte[] bytes = whole.clone();
            if (now && !fails) {
              for (int at = 100; at < bytes.length; at += 20_000) {
                bytes[at] ^= 1;
              }
            }
            disk.overwrite(path, bytes);
            return now && fails ? DiskException.Kind.IO : null;
          };
    }

    /// The first key of the second hint is another, above the next, and the checksum is right.
    void disorderHint(byte[] whole) {
      int head = 72;
      byte[] bytes = whole.clone();
      bytes[head + 10] = (byte) 0xff;
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int length = buffer.getInt(head + 4);
      buffer.putInt(head, new Checksum().of(buffer.getLong(32), 0, bytes, head + 8, length));
      disk.fault = (operation, path) -> null;
      disk.overwrite(hints().getLast(), bytes);
    }

    Found recover(RecoveryRoom room) {
      Encryption encryption = Encryption.with(options.key());
      SegmentFolder folder = new SegmentFolder(disk, "store", encryption, Trace.NONE);
      folder.openReadOnly(new TreeMap<>());
      BitcaskRules rules = BitcaskRules.DEFAULT;
      try {
        Recovery recovery =
            new Recovery(
                folder, rules.frameCheck(), rules.supersede(), rules.tail(), false, Trace.NONE);
        Recovered found = recovery.run(() -> options.index().make(folder.storeId()), room);
        List<String> files = new ArrayList<>();
        for (Segment segment : folder.inForce()) {
          files.add(segment.fileId() + " " + segment.liveBytes() + " " + segment.footer());
        }
        Keydir keydir = found.keydir();
        return new Found(
            keys.stream().map(key -> keydir.get(key) >= 0).toList(),
            places(keydir, folder),
            shown(keydir),
            files,
            found.nextSequence(),
            found.appliedIndex());
      } finally {
        folder.close();
      }
    }

    /// Offsets and sizes by key, with the ids of the files.
    private List<Long> places(Keydir keydir, SegmentFolder folder) {
      List<Long> places = new ArrayList<>();
      for (byte[] key : keys) {
        long place = keydir.get(key);
        places.add(place);
        places.add(place < 0 ? -1 : folder.segmentOf(place).fileId());
      }
      return places;
    }

    private static List<Long> shown(Keydir keydir) {
      List<Long> places = new ArrayList<>();
      try (Keydir.View view = keydir.view()) {
        view.forEach(places::add);
      }
      return places;
    }

    List<Boolean> isThere() {
      return keys.stream().map(engine::contains).toList();
    }
  }
}
