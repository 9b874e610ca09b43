package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What known timestamps say about a history.
///
/// Snapshot isolation asks of each transaction that it reads what was committed at or before its
/// start (`EXT`), sees its own writes (`INT`), and that no other one that wrote one of its keys
/// committed between its start and its commit (`NOCONFLICT`). Serializability asks that it reads
/// what was committed before its own commit, and that none of those that committed at the same
/// timestamp read what another one wrote, unless it wrote nothing itself. With session order, a
/// transaction's timestamp is not before the last commit of its session; in real time, not before
/// any commit that had returned.
///
/// @param defect what makes the history unfit to be judged, if anything does
/// @param standings by level. The levels of snapshot isolation and serializability are judged each
///   by itself; others hold if one of these implies them, and are unknown if none does
/// @param findings what is wrong
/// @param counts how many there are of each anomaly
public record TimestampAnalysis(
    Optional<String> defect,
    Map<IsolationLevel, Standing> standings,
    List<Finding> findings,
    Map<Anomaly, Integer> counts) {
  /// What a transaction takes: two timestamps, and its places in three orders.
  private static final long BYTES_OF_TRANSACTION = 44;

  /// Analyses a history. Each transaction that committed needs a start or a commit timestamp, or
  /// both; one alone stands for both. A transaction of unknown fate committed if it has a commit
  /// timestamp.
  ///
  /// @throws EndOfPatience if patience ends before anything is compared; what is open when it ends
  ///   later stays unknown
  public static TimestampAnalysis of(TransactionHistory history, Patience patience) {
    patience.take(BYTES_OF_TRANSACTION * history.size());
    Timestamps timestamps = new Timestamps(history);
    if (timestamps.defect().isPresent()) {
      return new TimestampAnalysis(
          timestamps.defect(),
          new EnumMap<>(IsolationLevel.class),
          List.of(),
          new EnumMap<>(Anomaly.class));
    }
    TimestampFindings findings = new TimestampFindings();
    Standing otherwise = sweep(history, timestamps, findings, patience);
    Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
    for (OrderKept order : OrderKept.values()) {
      for (BaseLevel base : List.of(BaseLevel.SNAPSHOT, BaseLevel.SERIALIZABLE)) {
        IsolationLevel level = IsolationLevel.of(base, order);
        @Nullable Finding finding = findings.against(level);
        standings.put(level, finding == null ? otherwise : new Standing.Violated(finding));
      }
    }
    for (IsolationLevel level : IsolationLevel.values()) {
      standings.putIfAbsent(level, implied(level, standings));
    }
    return new TimestampAnalysis(
        Optional.empty(), standings, findings.all().findings(), findings.all().counts());
  }

  /// Compares all, and gives what is to be said of a level that nothing was found against.
  private static Standing sweep(
      TransactionHistory history,
      Timestamps timestamps,
      TimestampFindings findings,
      Patience patience) {
    try {
      TiedCommits tied = new VersionSweep(history, timestamps, findings, patience).run();
      new OrderSweep(history, timestamps, tied, findings, patience).run();
      return new Standing.Holds();
    } catch (EndOfPatience end) {
      return end.standing();
    }
  }

  private static Standing implied(IsolationLevel level, Map<IsolationLevel, Standing> standings) {
    boolean holds =
        standings.entrySet().stream()
            .anyMatch(entry ->
                entry.getValue() instanceof Standing.Holds && entry.getKey().implies(level));
    return holds
        ? new Standing.Holds()
        : new Standing.Unknown("timestamps tell of snapshot isolation and serializability alone");
  }
}
