package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A pass is a proof, also where several transactions committed at one timestamp.
class TiedTimestampsTest {
  private static final int HISTORY_COUNT = 40 * Integer.getInteger("judges.histories", 150);

  private static IsolationVerdict lists(String... lines) {
    return TransactionChecker.checkTimestamps(
        TransactionSketch.of(DataModel.LISTS, List.of(lines)), Patience.endless());
  }

  @Test
  void write_skew_at_one_commit_is_not_serializable() {
    IsolationVerdict verdict = lists("A: rx ay1 {1,5}", "B: ry ax1 {1,5}");
    assertThat(verdict.holds(IsolationLevel.SERIALIZABLE)).isFalse();
    assertThat(verdict.holds(IsolationLevel.SNAPSHOT_ISOLATION)).isTrue();
  }

  @Test
  void commits_that_have_nothing_to_do_with_each_other_may_be_one() {
    IsolationVerdict verdict =
        lists("A: ax1 [0,9] {1,5}", "B: ay1 [0,9] {1,5}", "C: rx rz [0,9] {4,5}");
    assertThat(verdict.holds(IsolationLevel.STRICT_SERIALIZABLE)).isTrue();
  }

  @Test
  void who_reads_what_its_session_had_written_before_must_see_it() {
    IsolationVerdict verdict = lists("A: ax1 [0,1] {4,5}", "A: rx [2,3] {4,5}");
    assertThat(verdict.holds(IsolationLevel.SERIALIZABLE)).isTrue();
    assertThat(verdict.holds(IsolationLevel.STRONG_SESSION_SERIALIZABLE)).isFalse();
  }

  @Test
  void what_holds_by_timestamps_holds_by_its_definition() {
    Map<IsolationLevel, Integer> held = new EnumMap<>(IsolationLevel.class);
    for (int seed = 0; seed < HISTORY_COUNT; seed++) {
      TransactionHistory history = new Ties(seed).history();
      IsolationVerdict verdict = TransactionChecker.checkTimestamps(history, Patience.endless());
      Proofs.requireAll(verdict, ProofVerifier::verifyTimestamps);
      Set<IsolationLevel> definition = BruteForceLevels.of(DataModel.LISTS, history);
      for (OrderKept order : OrderKept.values()) {
        for (BaseLevel base : List.of(BaseLevel.SNAPSHOT, BaseLevel.SERIALIZABLE)) {
          IsolationLevel level = IsolationLevel.of(base, order);
          if (verdict.holds(level)) {
            assertThat(definition).as("%s of seed %d", level, seed).contains(level);
            held.merge(level, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(held).hasSize(6).allSatisfy((level, count) -> assertThat(count).isGreaterThan(20));
  }

  /// Two to four transactions on two keys, with at most three timestamps among them, that read what
  /// the rules of one level say.
  @SuppressWarnings("ReferenceEquality") // a transaction is itself
  private static final class Ties {
    private record Step(int key, boolean append) {}

    private record One(int session, long start, long commit, boolean told, List<Step> steps) {}

    private final Random random;
    private final boolean serial;
    private final List<One> all = new ArrayList<>();

    Ties(long seed) {
      random = new Random(seed);
      serial = random.nextBoolean();
    }

    TransactionHistory history() {
      for (int count = 2 + random.nextInt(3); count > 0; count--) {
        long start = random.nextInt(1, 4);
        boolean told = random.nextInt(4) > 0;
        long commit = told ? start + random.nextInt(2) : start;
        List<Step> steps = new ArrayList<>();
        for (int step = random.nextInt(3); step >= 0; step--) {
          steps.add(new Step(random.nextInt(2), random.nextBoolean()));
        }
        all.add(new One(random.nextInt(2), start, commit, told, steps));
      }
      TransactionHistoryBuilder builder = TransactionHistory.builder();
      long[] ends = new long[2];
      for (int number = 0; number < all.size(); number++) {
        One one = all.get(number);
        write(builder, number, one);
        long invoke = ends[one.session] + 1 + random.nextInt(4);
        ends[one.session] = invoke + random.nextInt(6);
        long commit = one.told ? one.commit : TransactionHistory.UNRECORDED;
        builder.end(one.session, Outcome.OK, invoke, ends[one.session], 0, one.start, commit);
      }
      return builder.build();
    }

    private void write(TransactionHistoryBuilder builder, int number, One one) {
      List<Step> done = new ArrayList<>();
      for (Step step : one.steps) {
        if (step.append) {
          builder.append(Value.of(step.key), value(number, done.size()));
        } else {
          builder.readList(Value.of(step.key), seen(number, one, step.key, done), false);
        }
        done.add(step);
      }
    }

    private static Value value(int transaction, int step) {
      return Value.of(10L * transaction + step);
    }

    private List<Value> seen(int number, One one, int key, List<Step> done) {
      List<Value> seen = new ArrayList<>();
      all.stream()
          .filter(other -> other != one)
          .filter(
              other -> (serial && one.told) ? other.commit < one.commit : other.commit <= one.start)
          .sorted(Comparator.comparingLong(One::commit))
          .forEach(other -> append(seen, numberOf(other), key, other.steps));
      append(seen, number, key, done);
      return seen;
    }

    /// Records of equal transactions are equal.
    private int numberOf(One one) {
      int number = 0;
      while (all.get(number) != one) {
        number++;
      }
      return number;
    }

    private static void append(List<Value> to, int transaction, int key, List<Step> steps) {
      for (int step = 0; step < steps.size(); step++) {
        if (steps.get(step).append && steps.get(step).key == key) {
          to.add(value(transaction, step));
        }
      }
    }
  }
}
