package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The judge of lists against the definitions, on random histories. `-Djudges.histories=N` sets how
/// many hundreds of them, `-Djudges.seed=S` where they begin.
final class TransactionDifferentialTest {
  private static final int HISTORY_COUNT = 20 * Integer.getInteger("judges.histories", 150);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);

  @Test
  void every_level_stands_as_brute_force_says() {
    Map<IsolationLevel, Integer> held = new EnumMap<>(IsolationLevel.class);
    int unknown = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      TransactionHistory history = RandomTransactions.of(seed);
      Set<IsolationLevel> expected = BruteForceLevels.of(history);
      IsolationVerdict verdict = TransactionChecker.checkLists(history, Patience.endless());
      Proofs.require(verdict);
      for (IsolationLevel level : IsolationLevel.values()) {
        if (verdict.standing(level) instanceof Standing.Unknown) {
          unknown++;
        } else {
          assertThat(verdict.holds(level))
              .as("%s of seed %d: %s", level, seed, Histories.inWords(history))
              .isEqualTo(expected.contains(level));
        }
        held.merge(level, expected.contains(level) ? 1 : 0, Integer::sum);
      }
    }
    assertThat(unknown).isLessThan(HISTORY_COUNT / 100);
    assertThat(held.values())
        .allMatch(count -> count > HISTORY_COUNT / 20 && count < 99 * HISTORY_COUNT / 100);
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
