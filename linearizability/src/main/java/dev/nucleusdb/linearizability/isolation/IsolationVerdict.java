package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What was found out about a history.
///
/// @param history what was judged
/// @param standings by level; all levels are there
/// @param findings what is wrong: the first few of each anomaly that needs no cycle, and a shortest
///   cycle for each level that a cycle breaks
/// @param counts how many there are of each anomaly that needs no cycle
/// @param serialOrder if the history is serializable: the transactions that happened in an order
///   that explains everything
/// @param orderKept what else that order agrees with
/// @param defect what makes the history unfit to be judged, if anything does; then all levels are
///   unknown
public record IsolationVerdict(
    TransactionHistory history,
    Map<IsolationLevel, Standing> standings,
    List<Finding> findings,
    Map<Anomaly, Integer> counts,
    Optional<int[]> serialOrder,
    OrderKept orderKept,
    Optional<String> defect) {
  /// Copies the findings.
  public IsolationVerdict {
    findings = List.copyOf(findings);
  }

  /// What was found out about a level.
  public Standing standing(IsolationLevel level) {
    return Objects.requireNonNull(standings.get(level));
  }

  /// Whether a level certainly holds.
  public boolean holds(IsolationLevel level) {
    return standing(level) instanceof Standing.Holds;
  }

  /// Of the levels that hold, those that no other one implies.
  public List<IsolationLevel> strongest() {
    List<IsolationLevel> holding = new ArrayList<>();
    for (IsolationLevel level : IsolationLevel.values()) {
      if (holds(level)) {
        holding.add(level);
      }
    }
    return IsolationLevel.strongest(holding);
  }
}
