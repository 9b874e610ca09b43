package dev.nucleusdb.core.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [StorageEngine] promises.
public abstract class StorageEngineContract {

  /// Opens the engine under test, on the same storage each time within one test.
  protected abstract StorageEngine open();

  /// Lets the syncs that have been asked for complete.
  protected abstract void completeSyncs();

  /// The power fails: what no completed sync covers is lost, as much of it as can be.
  protected abstract void crash();

  @Test
  void a_new_engine_is_empty() {
    StorageEngine engine = open();
    assertThat(engine.get(bytes("a"))).isNull();
    assertThat(engine.appliedIndex()).isZero();
    assertThat(engine.durableIndex()).isZero();
    assertThat(content(engine)).isEmpty();
    assertThat(engine.statistics().keyCount()).isZero();
  }

  @Test
  void what_was_put_is_read_until_it_is_overwritten_or_deleted() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")), 1);
    assertThat(engine.get(bytes("a"))).isEqualTo(bytes("1"));
    engine.write(new WriteBatch().put(bytes("a"), bytes("2")), 2);
    assertThat(engine.get(bytes("a"))).isEqualTo(bytes("2"));
    engine.write(new WriteBatch().delete(bytes("a")).delete(bytes("never there")), 3);
    assertThat(engine.get(bytes("a"))).isNull();
    assertThat(content(engine)).isEmpty();
  }

  @Test
  void later_entries_of_a_batch_win_over_earlier_ones() {
    StorageEngine engine = open();
    engine.write(
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(bytes("a"), bytes("2"))
            .put(bytes("b"), bytes("1"))
            .delete(bytes("b"))
            .delete(bytes("c"))
            .put(bytes("c"), bytes("3")),
        1);
    assertThat(content(engine)).containsExactly("a=2", "c=3");
    engine.close();
    assertThat(content(open())).containsExactly("a=2", "c=3");
  }

  @Test
  void keys_are_scanned_as_unsigned_bytes_from_included_to_excluded() {
    StorageEngine engine = open();
    byte[][] keys = {{}, {0}, {0, 0}, {1}, {127}, {(byte) 128}, {(byte) 255}, {(byte) 255, 0}};
    WriteBatch batch = new WriteBatch();
    for (int i = keys.length - 1; i >= 0; i--) {
      batch.put(keys[i], bytes("v" + i));
    }
    engine.write(batch, 1);
    assertThat(keys(engine, new byte[0], null)).containsExactly(keys);
    assertThat(keys(engine, keys[2], keys[5])).containsExactly(keys[2], keys[3], keys[4]);
    assertThat(keys(engine, keys[6], null)).containsExactly(keys[6], keys[7]);
    assertThat(keys(engine, keys[3], keys[3])).isEmpty();
    assertThat(keys(engine, keys[5], keys[2])).isEmpty();
  }

  @Test
  void a_prefix_is_a_range() {
    StorageEngine engine = open();
    WriteBatch batch = new WriteBatch();
    for (String key : List.of("a", "ab", "ab/1", "ab/2", "ac", "b")) {
      batch.put(bytes(key), bytes(key));
    }
    engine.write(batch, 1);
    byte[] prefix = bytes("ab");
    assertThat(keys(engine, prefix, Bytes.prefixEnd(prefix)))
        .containsExactly(bytes("ab"), bytes("ab/1"), bytes("ab/2"));
  }

  @Test
  void a_scan_stops_when_the_visitor_has_enough() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("2")), 1);
    List<byte[]> seen = new ArrayList<>();
    engine.scan(
        new byte[0],
        null,
        (key, value) -> {
          seen.add(key);
          return false;
        });
    assertThat(seen).containsExactly(bytes("a"));
  }

  @Test
  void the_engine_keeps_no_array_of_the_caller() {
    StorageEngine engine = open();
    byte[] key = bytes("a");
    byte[] value = bytes("1");
    engine.write(new WriteBatch().put(key, value), 1);
    key[0] = 'z';
    value[0] = 'z';
    assertThat(content(engine)).containsExactly("a=1");
  }

  @Test
  void the_applied_index_moves_with_every_batch_and_never_back() {
    StorageEngine engine = open();
    engine.write(new WriteBatch(), 5);
    assertThat(engine.appliedIndex()).isEqualTo(5);
    assertThatThrownBy(() -> engine.write(new WriteBatch(), 5))
        .isInstanceOf(IllegalArgumentException.class);
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")), 9);
    assertThat(engine.appliedIndex()).isEqualTo(9);
    assertThat(engine.durableIndex()).isLessThanOrEqualTo(9);
  }

  @Test
  void a_sync_covers_what_was_written_before_it_was_asked_for() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")), 1);
    List<Long> durable = new ArrayList<>();
    engine.sync(failure -> {
      assertThat(failure).isNull();
      durable.add(engine.durableIndex());
    });
    engine.write(new WriteBatch().put(bytes("a"), bytes("2")), 2);
    completeSyncs();
    assertThat(durable).containsExactly(1L);
    crash();
    StorageEngine reopened = open();
    assertThat(reopened.appliedIndex()).isBetween(1L, 2L);
    assertThat(content(reopened)).containsExactly("a=" + reopened.appliedIndex());
  }

  @Test
  void a_crash_takes_whole_batches_only() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("1")), 1);
    engine.sync(failure -> {});
    completeSyncs();
    engine.write(new WriteBatch().put(bytes("a"), bytes("2")).put(bytes("b"), bytes("2")), 2);
    crash();
    StorageEngine reopened = open();
    long index = reopened.appliedIndex();
    assertThat(index).isBetween(1L, 2L);
    assertThat(content(reopened)).containsExactly("a=" + index, "b=" + index);
    assertThat(reopened.durableIndex()).isEqualTo(index);
  }

  @Test
  void all_is_there_after_a_good_end() {
    StorageEngine engine = open();
    for (int i = 1; i <= 200; i++) {
      engine.write(new WriteBatch().put(bytes("key" + i % 50), bytes("value" + i)), i);
    }
    engine.write(new WriteBatch().delete(bytes("key7")), 201);
    List<String> before = content(engine);
    engine.close();
    crash();
    StorageEngine reopened = open();
    assertThat(content(reopened)).isEqualTo(before).hasSize(49);
    assertThat(reopened.appliedIndex()).isEqualTo(201);
    assertThat(reopened.durableIndex()).isEqualTo(201);
  }

  @Test
  void housekeeping_ends_and_changes_nothing_that_is_read() {
    StorageEngine engine = open();
    for (int i = 1; i <= 500; i++) {
      byte[] key = bytes("key" + i % 20);
      WriteBatch batch = new WriteBatch();
      engine.write(i % 7 == 0 ? batch.delete(key) : batch.put(key, bytes("value" + i)), i);
    }
    List<String> before = content(engine);
    int slices = 0;
    while (engine.maintain()) {
      assertThat(++slices).isLessThan(1_000_000);
    }
    assertThat(content(engine)).isEqualTo(before);
    engine.close();
    assertThat(content(open())).isEqualTo(before);
  }

  @Test
  void empty_keys_and_values_are_keys_and_values() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(new byte[0], new byte[0]).put(bytes("a"), new byte[0]), 1);
    assertThat(engine.get(new byte[0])).isEmpty();
    engine.close();
    StorageEngine reopened = open();
    assertThat(reopened.get(new byte[0])).isEmpty();
    assertThat(reopened.get(bytes("a"))).isEmpty();
    assertThat(content(reopened)).containsExactly("=", "a=");
  }

  @Test
  void the_largest_keys_and_values_are_kept_and_larger_ones_refused() {
    StorageEngine engine = open();
    byte[] key = new byte[64 * 1024];
    Arrays.fill(key, (byte) 7);
    byte[] value = new byte[16 * 1024 * 1024];
    Arrays.fill(value, (byte) 9);
    engine.write(new WriteBatch().put(key, value), 1);
    assertThat(Arrays.equals(engine.get(key), value)).isTrue();
    engine.close();
    StorageEngine reopened = open();
    assertThat(Arrays.equals(reopened.get(key), value)).isTrue();

    byte[] tooLongKey = new byte[1024 * 1024];
    byte[] tooLongValue = new byte[value.length + 1];
    assertThatThrownBy(() -> reopened.write(new WriteBatch().put(tooLongKey, new byte[0]), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reopened.write(new WriteBatch().put(new byte[1], tooLongValue), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(reopened.appliedIndex()).isEqualTo(1);
  }

  @Test
  void statistics_count_live_keys_and_bytes() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("1")), 1);
    StorageEngine.Statistics two = engine.statistics();
    engine.write(new WriteBatch().delete(bytes("a")), 2);
    StorageEngine.Statistics one = engine.statistics();
    assertThat(two.keyCount()).isEqualTo(2);
    assertThat(one.keyCount()).isEqualTo(1);
    assertThat(one.liveBytes()).isEqualTo(two.liveBytes() / 2).isPositive();
    assertThat(one.fileCount()).isPositive();
    assertThat(one.diskBytes()).isGreaterThanOrEqualTo(one.liveBytes());
  }

  @Test
  void a_snapshot_stays_as_it_was_whatever_is_written_and_merged_meanwhile() {
    StorageEngine engine = open();
    for (int i = 1; i <= 50; i++) {
      engine.write(new WriteBatch().put(bytes("key " + i), bytes("old " + i)), i);
    }
    StorageEngine.Snapshot snapshot = engine.snapshot();
    List<String> before = content(engine);
    for (int i = 1; i <= 200; i++) {
      WriteBatch batch = new WriteBatch().put(bytes("key " + i % 60), bytes("new " + i));
      engine.write(batch.delete(bytes("key " + i % 7)), 50 + i);
      engine.maintain();
    }
    StorageEngine.Snapshot later = engine.snapshot();
    List<String> now = content(engine);
    for (int slices = 0; slices < 10_000 && engine.maintain(); slices++) {
      engine.write(new WriteBatch(), 251 + slices);
    }
    assertThat(snapshot.appliedIndex()).isEqualTo(50);
    assertThat(content(snapshot)).isEqualTo(before).hasSize(50);
    assertThat(later.appliedIndex()).isEqualTo(250);
    assertThat(content(later)).isEqualTo(now);
    snapshot.close();
    assertThat(content(later)).isEqualTo(now);
    later.close();
    assertThat(content(engine)).isEqualTo(now);
    engine.close();
    assertThat(content(open())).isEqualTo(now);
  }

  @Test
  void a_replacement_takes_the_place_of_everything_at_once() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("old")).put(bytes("b"), bytes("old")), 1);
    StorageEngine.Snapshot snapshot = engine.snapshot();
    StorageEngine.Replacement replacement = engine.replace();
    replacement.add(new WriteBatch().put(bytes("b"), bytes("new")));
    replacement.add(new WriteBatch().put(bytes("c"), bytes("new")));
    engine.write(new WriteBatch().put(bytes("d"), bytes("old")), 2);
    assertThat(content(engine)).containsExactly("a=old", "b=old", "d=old");
    replacement.install(7);
    assertThat(content(engine)).containsExactly("b=new", "c=new");
    assertThat(engine.appliedIndex()).isEqualTo(7);
    assertThat(engine.durableIndex()).isEqualTo(7);
    assertThat(content(snapshot)).containsExactly("a=old", "b=old");
    snapshot.close();
    engine.write(new WriteBatch().put(bytes("c"), bytes("newer")).delete(bytes("b")), 8);
    assertThat(content(engine)).containsExactly("c=newer");
    engine.close();
    assertThat(content(open())).containsExactly("c=newer");
  }

  @Test
  void a_replacement_that_was_installed_survives_a_crash_and_one_that_was_not_leaves_nothing() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("old")), 1);
    engine.sync(failure -> {});
    completeSyncs();
    engine.replace().add(new WriteBatch().put(bytes("b"), bytes("lost")));
    crash();
    engine = open();
    assertThat(content(engine)).containsExactly("a=old");
    StorageEngine.Replacement dropped = engine.replace();
    dropped.add(new WriteBatch().put(bytes("b"), bytes("dropped")));
    dropped.close();
    assertThat(content(engine)).containsExactly("a=old");
    StorageEngine.Replacement installed = engine.replace();
    installed.add(new WriteBatch().put(bytes("c"), bytes("new")));
    installed.install(9);
    installed.close();
    crash();
    engine = open();
    assertThat(content(engine)).containsExactly("c=new");
    assertThat(engine.appliedIndex()).isEqualTo(9);
  }

  @Test
  void a_replacement_may_be_empty_and_cannot_go_back() {
    StorageEngine engine = open();
    engine.write(new WriteBatch().put(bytes("a"), bytes("old")), 5);
    StorageEngine.Replacement back = engine.replace();
    assertThatThrownBy(() -> back.install(5)).isInstanceOf(IllegalArgumentException.class);
    back.close();
    engine.replace().install(6);
    assertThat(content(engine)).isEmpty();
    engine.close();
    assertThat(open().appliedIndex()).isEqualTo(6);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> content(StorageEngine engine) {
    List<String> lines = new ArrayList<>();
    engine.scan(
        new byte[0],
        null,
        (key, value) -> lines.add(new String(key, UTF_8) + "=" + new String(value, UTF_8)));
    return lines;
  }

  private static List<String> content(StorageEngine.Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    snapshot.scan(
        new byte[0],
        null,
        (key, value) -> lines.add(new String(key, UTF_8) + "=" + new String(value, UTF_8)));
    return lines;
  }

  private static List<byte[]> keys(StorageEngine engine, byte[] from, byte @Nullable [] to) {
    List<byte[]> keys = new ArrayList<>();
    engine.scan(
        from,
        to,
        (key, value) -> {
          assertThat(engine.get(key)).isEqualTo(value);
          return keys.add(key);
        });
    return keys;
  }
}
