package dev.nucleusdb.bitcask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A store whose every batch stands in a sealed file of its own, so that a test says which records
/// share a file and which files are worth a merge.
final class Sealed {
  static final BitcaskOptions OPTIONS =
      BitcaskOptions.DEFAULT.withSegmentSizeBytes(100_000).withMerge(0.3, 1, 4);

  final MemoryDisk disk;
  final BitcaskOptions options;
  Bitcask engine;
  private long lastIndex;

  Sealed() {
    this(new MemoryDisk(), OPTIONS);
  }

  Sealed(MemoryDisk disk, BitcaskOptions options) {
    this.disk = disk;
    this.options = options;
    this.engine = open();
    this.lastIndex = engine.appliedIndex();
  }

  private Bitcask open() {
    return Bitcask.open(disk, "store", options, BitcaskRules.DEFAULT, new SplitMix(1), Trace.NONE);
  }

  /// Writes `key=value` pairs, and keys alone that go, as one batch.
  Sealed write(String... records) {
    WriteBatch batch = new WriteBatch();
    for (String record : records) {
      int equals = record.indexOf('=');
      if (equals < 0) {
        batch.delete(bytes(record));
      } else {
        batch.put(bytes(record.substring(0, equals)), bytes(record.substring(equals + 1)));
      }
    }
    engine.write(batch, ++lastIndex);
    return this;
  }

  /// As [#write], in a file that takes no more.
  Sealed file(String... records) {
    write(records);
    engine.seal();
    return this;
  }

  Sealed sync() {
    engine.sync(failure -> assertThat(failure).isNull());
    disk.completeSyncs();
    return this;
  }

  /// Merges and writes hints until nothing is left to do.
  Sealed settle() {
    for (int slices = 0; engine.maintain(); slices++) {
      assertThat(slices).as("maintenance comes to an end").isLessThan(10_000);
    }
    return this;
  }

  /// Closes and opens, from hints and data files alone.
  Sealed reopen() {
    engine.close();
    disk.remove("store/index");
    engine = open();
    return this;
  }

  /// As [#reopen], from the data files alone.
  Sealed reopenFromData() {
    engine.close();
    disk.remove("store/index");
    hints().forEach(disk::remove);
    engine = open();
    return this;
  }

  /// The power fails; whatever may be lost is lost.
  Sealed powerLoss() {
    disk.crash(null);
    engine = open();
    lastIndex = engine.appliedIndex();
    return this;
  }

  @Nullable String get(String key) {
    byte[] value = engine.get(bytes(key));
    return value == null ? null : new String(value, UTF_8);
  }

  /// All keys and values, as `key=value`, in order.
  List<String> all() {
    List<String> all = new ArrayList<>();
    engine.scan(
        new byte[0], null, (k, v) -> all.add(new String(k, UTF_8) + "=" + new String(v, UTF_8)));
    return all;
  }

  List<String> data() {
    return disk.paths().stream().filter(path -> path.startsWith("store/data-")).toList();
  }

  List<String> hints() {
    return disk.paths().stream().filter(path -> path.startsWith("store/hint-")).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /// A value that is long enough to make its file worth a merge.
  static String large(int number) {
    return "large " + number + "x".repeat(200);
  }
}
