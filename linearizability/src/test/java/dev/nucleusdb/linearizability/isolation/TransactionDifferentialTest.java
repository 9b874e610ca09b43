package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import dev.nucleusdb.linearizability.isolation.verify.SerialOrderVerifier;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The judges of lists and registers against the definitions, on random histories.
/// `-Djudges.histories=N` sets how many times four of them, `-Djudges.seed=S` where they begin.
final class TransactionDifferentialTest {
  private static final int HISTORY_COUNT = 4 * Integer.getInteger("judges.histories", 150);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);

  @Test
  void every_level_of_lists_stands_as_brute_force_says() {
    Map<IsolationLevel, Integer> held = new EnumMap<>(IsolationLevel.class);
    Map<IsolationLevel, Integer> unknown = new EnumMap<>(IsolationLevel.class);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      TransactionHistory history = RandomTransactions.of(DataModel.LISTS, seed);
      IsolationVerdict verdict = TransactionChecker.checkLists(history, Patience.endless());
      Proofs.require(verdict);
      compare(seed, verdict, BruteForceLevels.of(DataModel.LISTS, history), held, unknown);
    }
    assertThat(unknown.values()).allMatch(count -> count < 2 + HISTORY_COUNT / 100);
    assertThat(unknown.keySet()).allMatch(TransactionDifferentialTest::isOfSnapshots);
    assertThat(held.values())
        .allMatch(count -> count > HISTORY_COUNT / 20 && count < 99 * HISTORY_COUNT / 100);
  }

  @Test
  void every_level_of_registers_that_is_decided_stands_as_brute_force_says() {
    Map<IsolationLevel, Integer> held = new EnumMap<>(IsolationLevel.class);
    Map<IsolationLevel, Integer> unknown = new EnumMap<>(IsolationLevel.class);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      TransactionHistory history = RandomTransactions.of(DataModel.REGISTERS, seed);
      IsolationVerdict verdict = TransactionChecker.checkRegisters(history, Patience.endless());
      compare(seed, verdict, BruteForceLevels.of(DataModel.REGISTERS, history), held, unknown);
      Proofs.requireAll(verdict, ProofVerifier::verifyRegisters);
      verdict
          .serialOrder()
          .ifPresent(order ->
              assertThat(SerialOrderVerifier.objection(history, order, verdict.orderKept()))
                  .isEmpty());
    }
    assertThat(unknown.keySet())
        .allMatch(level ->
            level.base() == BaseLevel.PARALLEL_SNAPSHOT || level.base() == BaseLevel.SNAPSHOT);
    assertThat(held.values())
        .allMatch(count -> count > HISTORY_COUNT / 20 && count <= HISTORY_COUNT);
  }

  private static boolean isOfSnapshots(IsolationLevel level) {
    return level.base() == BaseLevel.PARALLEL_SNAPSHOT || level.base() == BaseLevel.SNAPSHOT;
  }

  private static void compare(
      int seed,
      IsolationVerdict verdict,
      Set<IsolationLevel> expected,
      Map<IsolationLevel, Integer> held,
      Map<IsolationLevel, Integer> unknown) {
    for (IsolationLevel level : IsolationLevel.values()) {
      if (verdict.standing(level) instanceof Standing.Unknown) {
        unknown.merge(level, 1, Integer::sum);
      } else {
        assertThat(verdict.holds(level))
            .as("%s of seed %d: %s", level, seed, Histories.inWords(verdict.history()))
            .isEqualTo(expected.contains(level));
      }
      held.merge(level, expected.contains(level) ? 1 : 0, Integer::sum);
    }
  }

  static final class Histories {
    static String inWords(TransactionHistory history) {
      StringBuilder text = new StringBuilder();
      for (int transaction = 0; transaction < history.size(); transaction++) {
        text.append('\n')
            .append(history.transaction(transaction).name())
            .append(" s")
            .append(history.session(transaction))
            .append(' ')
            .append(history.outcome(transaction))
            .append(" [")
            .append(history.invokeTime(transaction))
            .append(',')
            .append(history.returnTime(transaction))
            .append("] ")
            .append(history.transaction(transaction));
      }
      return text.toString();
    }
  }
}
