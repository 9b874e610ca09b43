package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Time and memory end every judge of transactions, at any moment, and then it never says anything
/// that it would not have said.
final class TransactionLimitsTest {
  private static final int HISTORY_COUNT = 8;

  /// A judge of one kind of history.
  private interface Judge extends BiFunction<TransactionHistory, Patience, IsolationVerdict> {}

  /// Time that ends when the clock was asked some times.
  private static Patience ofAsks(int count) {
    int[] left = {count};
    return new Patience(() -> left[0]-- <= 0);
  }

  /// Transactions on one key after the other, each of which reads a list and appends to it, and
  /// which are strictly serializable.
  private static TransactionHistory serial(int count) {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    List<Value> list = new ArrayList<>();
    for (int transaction = 0; transaction < count; transaction++) {
      Value key = Value.of(transaction / 20);
      if (transaction % 20 == 0) {
        list.clear();
      }
      builder.readList(key, list, false).append(key, Value.of(transaction));
      list.add(Value.of(transaction));
      builder.end(
          transaction % 5,
          Outcome.OK,
          2L * transaction,
          2L * transaction + 1,
          transaction + 1,
          2L * transaction,
          2L * transaction + 1);
    }
    return builder.build();
  }

  private static String cause(IsolationVerdict verdict, IsolationLevel level) {
    return ((Standing.Unknown) verdict.standing(level)).cause();
  }

  @Test
  void a_deadline_in_the_middle_of_lists_tells_how_many_keys_were_done() {
    TransactionHistory history = serial(20_000);
    IsolationVerdict verdict = TransactionChecker.checkLists(history, ofAsks(1));
    assertThat(cause(verdict, IsolationLevel.READ_COMMITTED))
        .matches(
            "the deadline was reached, when \\d{2,3} of 1,000 keys had their versions in order");
    assertThat(TransactionChecker.checkLists(history, ofAsks(0)).strongest()).isEmpty();
    assertThat(TransactionChecker.checkLists(history, Patience.endless()).strongest())
        .containsExactly(IsolationLevel.STRICT_SERIALIZABLE);
  }

  @Test
  void a_deadline_in_the_middle_of_timestamps_tells_how_many_commits_were_done() {
    IsolationVerdict verdict = TransactionChecker.checkTimestamps(serial(20_000), ofAsks(1));
    assertThat(cause(verdict, IsolationLevel.SNAPSHOT_ISOLATION))
        .matches(
            "the deadline was reached, when [\\d,]+ of 20,000 commits were compared with what was"
                + " read");
  }

  @Test
  void too_little_memory_is_told_before_it_is_taken() {
    TransactionHistory history = serial(20_000);
    for (long bytes : new long[] {1 << 16, 1 << 18, 1 << 20}) {
      Patience tight = new Patience(() -> false, bytes);
      IsolationVerdict verdict = TransactionChecker.checkLists(history, tight);
      assertThat(cause(verdict, IsolationLevel.CAUSAL))
          .startsWith("the bound on memory was reached");
      assertThat(tight.held()).isLessThanOrEqualTo(bytes);
    }
    assertThat(
            TransactionChecker.checkTimestamps(history, new Patience(() -> false, 1 << 19))
                .standing(IsolationLevel.SERIALIZABLE))
        .isEqualTo(new Standing.Unknown("the bound on memory was reached"));
  }

  @Test
  void reads_of_many_versions_that_nobody_read_do_not_outgrow_the_memory() {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    Value key = Value.of("x");
    for (int number = 0; number < 6_000; number++) {
      builder =
          number % 2 == 0
              ? builder.append(key, Value.of(number))
              : builder.readList(key, List.of(), false);
      builder.end(number, Outcome.OK, number, number + 10_000);
    }
    Patience tight = new Patience(() -> false, 16 << 20);
    IsolationVerdict verdict = TransactionChecker.checkLists(builder.build(), tight);
    assertThat(cause(verdict, IsolationLevel.SERIALIZABLE))
        .isEqualTo(
            "the bound on memory was reached, when 0 of 1 keys had their dependencies drawn");
  }

  @Test
  void what_was_found_before_the_end_stands() {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    builder.append(Value.of("a"), Value.of(1)).end(0, Outcome.FAILED, 0, 1);
    builder.readList(Value.of("a"), List.of(Value.of(1)), false).end(1, Outcome.OK, 2, 3);
    for (int number = 0; number < 3_000; number++) {
      builder =
          number % 2 == 0
              ? builder.append(Value.of("x"), Value.of(number))
              : builder.readList(Value.of("x"), List.of(), false);
      builder.end(number, Outcome.OK, 4 + number, number + 10_000);
    }
    IsolationVerdict verdict =
        TransactionChecker.checkLists(builder.build(), new Patience(() -> false, 4 << 20));
    assertThat(verdict.standing(IsolationLevel.READ_UNCOMMITTED))
        .isInstanceOf(Standing.Unknown.class);
    assertThat(((Standing.Violated) verdict.standing(IsolationLevel.READ_COMMITTED)).finding())
        .extracting(finding -> finding.anomaly())
        .isEqualTo(Anomaly.G1A);
  }

  @Test
  void what_is_unfit_to_be_judged_is_never_said_to_be_wrong() {
    TransactionHistoryBuilder builder = TransactionHistory.builder();
    builder.append(Value.of("a"), Value.of(1)).end(0, Outcome.FAILED, 0, 1);
    builder.append(Value.of("a"), Value.of(1)).end(0, Outcome.OK, 0, 1);
    builder.readList(Value.of("a"), List.of(Value.of(1)), false).end(1, Outcome.OK, 2, 3);
    TransactionHistory history = builder.build();
    for (long bytes = 0; bytes < 100_000; bytes += 100) {
      IsolationVerdict verdict =
          TransactionChecker.checkLists(history, new Patience(() -> false, bytes));
      assertThat(verdict.standings().values()).allMatch(Standing.Unknown.class::isInstance);
    }
  }

  @Test
  void lists_end_at_any_moment() {
    endAtAnyMoment(
        TransactionChecker::checkLists, seed -> RandomTransactions.of(DataModel.LISTS, seed));
  }

  @Test
  void registers_end_at_any_moment() {
    endAtAnyMoment(
        TransactionChecker::checkRegisters,
        seed -> RandomTransactions.of(DataModel.REGISTERS, seed));
  }

  @Test
  void timestamps_end_at_any_moment() {
    endAtAnyMoment(TransactionChecker::checkTimestamps, RandomTimestamps::of);
  }

  private static void endAtAnyMoment(Judge judge, IntFunction<TransactionHistory> histories) {
    int open = 0;
    for (int seed = 0; seed < HISTORY_COUNT; seed++) {
      TransactionHistory history = histories.apply(seed);
      IsolationVerdict whole = judge.apply(history, Patience.endless());
      for (int moment = 0; moment < 40; moment++) {
        open += agreement(judge.apply(history, ofAsks(moment)), whole);
      }
      for (long bytes = 0; bytes < 6_000; bytes += 97) {
        open += agreement(judge.apply(history, new Patience(() -> false, bytes)), whole);
      }
      assertThat(agreement(judge.apply(history, new Patience(() -> false, 1 << 20)), whole))
          .isZero();
    }
    assertThat(open).isPositive();
  }

  /// How many levels one verdict leaves open that the other decides; of the rest they say the same.
  private static int agreement(IsolationVerdict early, IsolationVerdict whole) {
    int open = 0;
    for (IsolationLevel level : IsolationLevel.values()) {
      if (early.standing(level) instanceof Standing.Unknown) {
        open += whole.standing(level) instanceof Standing.Unknown ? 0 : 1;
      } else {
        assertThat(early.standing(level).getClass())
            .as("%s", level)
            .isEqualTo(whole.standing(level).getClass());
      }
    }
    return open;
  }
}
