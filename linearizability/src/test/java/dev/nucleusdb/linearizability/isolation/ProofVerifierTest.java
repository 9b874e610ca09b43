package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A verifier believes what is right, and nothing that is made up.
final class ProofVerifierTest {
  /// Somebody saw an effect and not its cause.
  private static final TransactionHistory UNSEEN_CAUSE =
      registers("A: wx1 [0,1]", "B: rx1 wy1 [2,3]", "C: ry1 rx [4,5]");

  /// Both read what was there at first, and each wrote what the other one read.
  private static final TransactionHistory SKEW = registers("A: rx wy1", "B: ry wx1");

  private static TransactionHistory registers(String... lines) {
    return TransactionSketch.of(DataModel.REGISTERS, List.of(lines));
  }

  private static IsolationVerdict violated(
      TransactionHistory history, IsolationLevel level, Finding finding) {
    Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
    standings.put(level, new Standing.Violated(finding));
    return new IsolationVerdict(
        history,
        standings,
        List.of(finding),
        new EnumMap<>(Anomaly.class),
        Optional.empty(),
        OrderKept.NONE,
        Optional.empty());
  }

  private static Finding cycle(Anomaly anomaly, List<Integer> transactions, EdgeKind... edges) {
    List<EdgeKind> kinds = List.of(edges);
    return new Finding(anomaly, transactions, kinds, kinds.stream().map(EdgeKind::name).toList());
  }

  private static Finding wrong(Anomaly anomaly, Integer... transactions) {
    return new Finding(anomaly, List.of(transactions), List.of(), List.of("it is so"));
  }

  private static String registerFlaw(
      TransactionHistory history, IsolationLevel level, Finding finding) {
    ProofVerifier.Report report =
        ProofVerifier.verifyRegisters(violated(history, level, finding), level);
    return report.checked() ? report.flaw().orElse("none") : "not checked";
  }

  private static String timestampFlaw(IsolationLevel level, Finding finding, String... lines) {
    TransactionHistory history = TransactionSketch.of(DataModel.LISTS, List.of(lines));
    return ProofVerifier.verifyTimestamps(violated(history, level, finding), level)
        .flaw()
        .orElse("none");
  }

  @Test
  void an_edge_counts_only_where_the_level_derives_it() {
    Finding finding =
        cycle(Anomaly.G_SINGLE, List.of(0, 1, 2), EdgeKind.WR, EdgeKind.WR, EdgeKind.RW);
    assertThat(registerFlaw(UNSEEN_CAUSE, IsolationLevel.CAUSAL, finding)).isEqualTo("none");
    assertThat(registerFlaw(UNSEEN_CAUSE, IsolationLevel.SERIALIZABLE, finding)).isEqualTo("none");
    assertThat(registerFlaw(UNSEEN_CAUSE, IsolationLevel.SNAPSHOT_ISOLATION, finding))
        .isEqualTo("none");
    assertThat(registerFlaw(UNSEEN_CAUSE, IsolationLevel.READ_ATOMIC, finding))
        .isEqualTo("T3 -> T1 is no rw");
    assertThat(registerFlaw(UNSEEN_CAUSE, IsolationLevel.READ_COMMITTED, finding))
        .isEqualTo("T3 -> T1 is no rw");
  }

  @Test
  void a_serial_order_alone_knows_who_overwrote_what_was_read() {
    Finding finding = cycle(Anomaly.G2_ITEM, List.of(0, 1), EdgeKind.RW, EdgeKind.RW);
    assertThat(registerFlaw(SKEW, IsolationLevel.SERIALIZABLE, finding)).isEqualTo("none");
    assertThat(registerFlaw(SKEW, IsolationLevel.CAUSAL, finding)).isEqualTo("T1 -> T2 is no rw");
  }

  @Test
  void a_cycle_that_is_made_up_is_refused() {
    IsolationLevel level = IsolationLevel.STRICT_SERIALIZABLE;
    assertThat(
            registerFlaw(
                UNSEEN_CAUSE,
                level,
                cycle(Anomaly.G_SINGLE, List.of(0, 2, 1), EdgeKind.WR, EdgeKind.WR, EdgeKind.RW)))
        .isEqualTo("T1 -> T3 is no wr");
    assertThat(
            registerFlaw(
                UNSEEN_CAUSE,
                level,
                cycle(Anomaly.G1C, List.of(0, 1, 2), EdgeKind.WR, EdgeKind.WR, EdgeKind.RW)))
        .isEqualTo("it is no G1c");
    assertThat(
            registerFlaw(
                UNSEEN_CAUSE,
                level,
                cycle(Anomaly.G0_REALTIME, List.of(0, 1), EdgeKind.REAL_TIME, EdgeKind.WW)))
        .isEqualTo("T2 -> T1 is no ww");
    assertThat(
            registerFlaw(
                UNSEEN_CAUSE,
                IsolationLevel.STRONG_SESSION_SERIALIZABLE,
                cycle(Anomaly.G_SINGLE_REALTIME, List.of(0, 2), EdgeKind.REAL_TIME, EdgeKind.RW)))
        .isEqualTo("T1 -> T3 is no real time");
    assertThat(
            registerFlaw(
                UNSEEN_CAUSE,
                level,
                cycle(Anomaly.G_SINGLE_PROCESS, List.of(0, 2), EdgeKind.SESSION, EdgeKind.RW)))
        .isEqualTo("T1 -> T3 is no session");
  }

  @Test
  void wrong_reads_of_registers_are_looked_at_again() {
    TransactionHistory fine = registers("A: wx1", "B: rx1 wx2 rx2", "C: rx2");
    Map<Anomaly, TransactionHistory> shown = new EnumMap<>(Anomaly.class);
    shown.put(Anomaly.GARBAGE_READ, registers("A: wx1", "B: rx7"));
    shown.put(Anomaly.G1A, registers("A: wx1 F", "B: rx1"));
    shown.put(Anomaly.G1B, registers("A: wx1 wx2", "B: rx1"));
    shown.put(Anomaly.FUTURE_READ, registers("A: wy1", "B: rx1 wx1"));
    shown.put(Anomaly.INTERNAL, registers("A: wx1", "B: wx2 rx1"));
    shown.put(Anomaly.LOST_UPDATE, registers("A: rx wx1", "B: rx wx2"));
    shown.forEach((anomaly, history) -> {
      Finding finding = wrong(anomaly, 0, 1);
      IsolationLevel level = IsolationLevel.SERIALIZABLE;
      assertThat(registerFlaw(history, level, finding)).as("%s", anomaly).isEqualTo("none");
      assertThat(registerFlaw(fine, level, finding)).isEqualTo("there is no " + anomaly);
      boolean always = anomaly == Anomaly.GARBAGE_READ;
      assertThat(registerFlaw(history, IsolationLevel.READ_UNCOMMITTED, finding))
          .isEqualTo(always ? "none" : "read-uncommitted allows " + anomaly);
    });
    assertThat(
            registerFlaw(
                registers("A: wx1", "B: rx rx1"),
                IsolationLevel.SERIALIZABLE,
                wrong(Anomaly.INTERNAL, 1)))
        .isEqualTo("none");
  }

  @Test
  void all_orders_are_searched_again() {
    Finding finding = wrong(Anomaly.NO_SERIAL_ORDER, 0, 1);
    IsolationLevel strict = IsolationLevel.STRICT_SERIALIZABLE;
    assertThat(registerFlaw(SKEW, strict, finding)).isEqualTo("none");
    assertThat(registerFlaw(registers("A: rx wy1", "B: ry1 wx1"), strict, finding))
        .isEqualTo("some order explains what they read");
    TransactionHistory stale = registers("A: wx1 [0,1]", "A: rx [2,3]");
    assertThat(registerFlaw(stale, strict, finding)).isEqualTo("none");
    assertThat(registerFlaw(stale, IsolationLevel.STRONG_SESSION_SERIALIZABLE, finding))
        .isEqualTo("none");
    assertThat(registerFlaw(stale, IsolationLevel.SERIALIZABLE, finding))
        .isEqualTo("some order explains what they read");
  }

  @Test
  void of_a_large_history_the_part_around_the_cycle_is_looked_at() {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    for (int number = 0; number < 2_000; number++) {
      builder.write(Value.of("k" + number), Value.of(number));
      if (number == 1_000) {
        builder.read(Value.of("x"), Value.ABSENT).write(Value.of("y"), Value.of("1"));
      } else if (number == 1_010) {
        builder.read(Value.of("y"), Value.ABSENT).write(Value.of("x"), Value.of("1"));
      }
      builder.end(number, Outcome.OK, 0, 9_999);
    }
    TransactionHistory history = builder.build();
    Finding right = cycle(Anomaly.G2_ITEM, List.of(1_000, 1_010), EdgeKind.RW, EdgeKind.RW);
    Finding madeUp = cycle(Anomaly.G2_ITEM, List.of(1_000, 1_011), EdgeKind.RW, EdgeKind.RW);
    assertThat(registerFlaw(history, IsolationLevel.SERIALIZABLE, right)).isEqualTo("none");
    assertThat(registerFlaw(history, IsolationLevel.SERIALIZABLE, madeUp)).isEqualTo("not checked");
  }

  @Test
  void stale_snapshots_and_conflicts_are_compared_again() {
    Finding stale = wrong(Anomaly.STALE_SNAPSHOT, 0, 1);
    String none = "timestamps show no ";
    assertThat(
            timestampFlaw(IsolationLevel.SNAPSHOT_ISOLATION, stale, "A: ax1 {4,5}", "B: rx {7,9}"))
        .isEqualTo("none");
    assertThat(
            timestampFlaw(IsolationLevel.SNAPSHOT_ISOLATION, stale, "A: ax1 {4,8}", "B: rx {7,9}"))
        .startsWith(none);
    assertThat(timestampFlaw(IsolationLevel.SERIALIZABLE, stale, "A: ax1 {4,8}", "B: rx {7,9}"))
        .isEqualTo("none");
    assertThat(timestampFlaw(IsolationLevel.SERIALIZABLE, stale, "A: ax1 {1,5}", "B: rx {2,5}"))
        .startsWith(none);
    Finding conflict = wrong(Anomaly.WRITE_CONFLICT, 0, 1);
    String[] overlapping = {"A: ax1 {1,4}", "B: ax2 {2,5}"};
    assertThat(timestampFlaw(IsolationLevel.SNAPSHOT_ISOLATION, conflict, overlapping))
        .isEqualTo("none");
    assertThat(timestampFlaw(IsolationLevel.SERIALIZABLE, conflict, overlapping)).startsWith(none);
    assertThat(
            timestampFlaw(
                IsolationLevel.SNAPSHOT_ISOLATION, conflict, "A: ax1 {1,4}", "B: ay2 {2,5}"))
        .startsWith(none);
  }

  @Test
  void timestamps_are_compared_again_with_sessions_and_real_time() {
    Finding session = wrong(Anomaly.SESSION_ORDER, 0, 1);
    Finding time = wrong(Anomaly.REAL_TIME_ORDER, 0, 1);
    String[] late = {"A: ax1 [0,1] {9,10}", "A: ay1 [2,3] {4,5}"};
    assertThat(timestampFlaw(IsolationLevel.STRICT_SERIALIZABLE, time, late)).isEqualTo("none");
    assertThat(timestampFlaw(IsolationLevel.STRICT_SERIALIZABLE, session, late)).isEqualTo("none");
    String none = "timestamps show no ";
    assertThat(timestampFlaw(IsolationLevel.STRONG_SESSION_SERIALIZABLE, time, late))
        .startsWith(none);
    assertThat(timestampFlaw(IsolationLevel.SERIALIZABLE, session, late)).startsWith(none);
    String[] inTime = {"A: ax1 [0,1] {9,10}", "A: ay1 [2,3] {11,12}"};
    assertThat(timestampFlaw(IsolationLevel.STRICT_SERIALIZABLE, time, inTime)).startsWith(none);
    assertThat(timestampFlaw(IsolationLevel.STRICT_SERIALIZABLE, session, inTime)).startsWith(none);
  }
}
