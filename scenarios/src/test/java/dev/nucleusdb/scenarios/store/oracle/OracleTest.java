package dev.nucleusdb.scenarios.store.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each property says what is wrong when it is wrong, and nothing else.
final class OracleTest {
  private static final byte[] A = "a".getBytes(StandardCharsets.UTF_8);
  private static final byte[] B = "b".getBytes(StandardCharsets.UTF_8);
  private final History history = new History();
  private final byte[] a1 = history.newValue(A, 20);
  private final byte[] b1 = history.newValue(B, 20);
  private final byte[] a2 = history.newValue(A, 20);

  /// 1: a=a1 b=b1; 2: a=a2, b gone.
  @BeforeEach
  void write() {
    history.writing(new WriteBatch().put(A, a1).put(B, b1), 1);
    history.writing(new WriteBatch().put(A, a2).delete(B), 2);
  }

  private static Sight sight(long applied, byte[]... keysAndValues) {
    NavigableMap<byte[], byte[]> found = new TreeMap<>(Bytes.ORDER);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      found.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Set<byte[]> damaged = new TreeSet<>(Bytes.ORDER);
    return new Sight(applied, applied, found, damaged, null, null, found.size(), 0);
  }

  @Test
  void what_is_right_is_right() {
    for (Sight right : List.of(sight(2, A, a2), sight(1, A, a1, B, b1), sight(0))) {
      assertThat(DurableStays.broken(history, right)).isNull();
      assertThat(PrefixOfHistory.broken(history, right)).isNull();
      assertThat(AtomicBatches.broken(history, right)).isNull();
      assertThat(NoResurrection.broken(history, right)).isNull();
      assertThat(NoSilentWrongValue.broken(history, right)).isNull();
    }
  }

  @Test
  void what_was_durable_must_not_be_missing() {
    history.claimedDurable(2);
    assertThat(DurableStays.broken(history, sight(1, A, a1, B, b1))).contains("batch 2");
  }

  @Test
  void a_hole_an_older_value_and_an_unknown_batch_are_no_prefix() {
    assertThat(PrefixOfHistory.broken(history, sight(2))).contains("missing");
    assertThat(PrefixOfHistory.broken(history, sight(2, A, a1))).contains("another time");
    assertThat(PrefixOfHistory.broken(history, sight(3, A, a2))).contains("no batch 3");
  }

  @Test
  void half_a_batch_is_not_atomic() {
    assertThat(AtomicBatches.broken(history, sight(2, A, a2, B, b1))).contains("b is not");
  }

  @Test
  void the_dead_do_not_rise() {
    assertThat(NoResurrection.broken(history, sight(2, A, a2, B, b1))).contains("is back");
  }

  @Test
  void another_value_or_none_or_damage_without_a_place_is_wrong() {
    assertThat(NoSilentWrongValue.broken(history, sight(2, A, b1))).contains("wrong value");
    assertThat(NoSilentWrongValue.broken(history, sight(2))).contains("silently");
    assertThat(NoSilentWrongValue.broken(history, sight(0, A, a1))).contains("should not");
    Sight vague =
        new Sight(
            2,
            2,
            sight(2, A, a2).found(),
            new TreeSet<>(Bytes.ORDER),
            new CorruptionException("", 0, "somewhere"),
            null,
            1,
            0);
    assertThat(NoSilentWrongValue.broken(history, vague)).contains("without its place");
  }

  @Test
  void a_snapshot_of_two_epochs_is_none() {
    NavigableMap<byte[], byte[]> taken = sight(1, A, a1, B, b1).found();
    assertThat(OneEpoch.broken(taken, taken)).isNull();
    assertThat(OneEpoch.broken(taken, sight(1, A, a1).found())).contains("as gone");
    assertThat(OneEpoch.broken(taken, sight(1, A, a2, B, b1).found())).contains("another time");
    assertThat(OneEpoch.broken(sight(2, A, a2).found(), sight(1, A, a2, B, b1).found()))
        .contains("not there");
  }

  @Test
  void two_opens_must_find_the_same() {
    Sight first = sight(2, A, a2);
    assertThat(IdempotentRecovery.broken(first, sight(2, A, a2))).isNull();
    assertThat(IdempotentRecovery.broken(first, sight(1, A, a2))).contains("batch 1");
    assertThat(IdempotentRecovery.broken(first, sight(2, A, a1))).contains("another value");
    assertThat(OneIndex.broken(first, sight(2))).contains("data alone");
  }

  @Test
  void space_handles_and_files_have_bounds() {
    assertThat(SpaceBound.broken(new StorageEngine.Statistics(1, 9, 30, 90_000), 0.5, 400, 400))
        .contains("no merge is due");
    assertThat(SpaceBound.broken(new StorageEngine.Statistics(1, 2, 300, 900), 0.5, 400, 400))
        .isNull();
    assertThat(NoLeakedHandles.broken(3, 2)).contains("3 handles");
    assertThat(NoLeakedHandles.broken(2, 2)).isNull();
    assertThat(NoLeftovers.broken(List.of("s/data-1.bitcask", "s/data-2.bitcask"), 1))
        .contains("2 data");
    assertThat(NoLeftovers.broken(List.of("s/data-1.bitcask", "s/manifest.new"), 1))
        .contains("temporary");
    assertThat(NoLeftovers.broken(List.of("s/data-1.bitcask", "s/manifest"), 1)).isNull();
  }

  @Test
  void an_alarm_needs_a_reason() {
    CorruptionException alarm = new CorruptionException("f", 1, "bad");
    assertThat(NoFalseAlarm.broken(alarm, false)).contains("f at offset 1");
    assertThat(NoFalseAlarm.broken(alarm, true)).isNull();
  }
}
