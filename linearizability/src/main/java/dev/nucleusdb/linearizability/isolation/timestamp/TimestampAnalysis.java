package dev.nucleusdb.linearizability.isolation.timestamp;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
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
/// what was committed before its own commit. With session order, a transaction's timestamp is not
/// before the last commit of its session; in real time, not before any commit that had returned.
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
  /// Analyses a history. Each transaction that committed needs a start or a commit timestamp, or
  /// both; one alone stands for both. A transaction of unknown fate committed if it has a commit
  /// timestamp.
  public static TimestampAnalysis of(TransactionHistory history) {
    Timestamps timestamps = new Timestamps(history);
    if (timestamps.defect().isPresent()) {
      return new TimestampAnalysis(
          timestamps.defect(),
          new EnumMap<>(IsolationLevel.class),
          List.of(),
          new EnumMap<>(Anomaly.class));
    }
    TimestampFindings findings = new TimestampFindings();
    new VersionSweep(history, timestamps, findings).run();
    new OrderSweep(history, timestamps, findings).run();
    Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
    for (OrderKept order : OrderKept.values()) {
      judge(IsolationLevel.of(BaseLevel.SNAPSHOT, order), findings, standings);
      judge(IsolationLevel.of(BaseLevel.SERIALIZABLE, order), findings, standings);
    }
    for (IsolationLevel level : IsolationLevel.values()) {
      standings.putIfAbsent(level, implied(level, standings));
    }
    return new TimestampAnalysis(
        Optional.empty(), standings, findings.all().findings(), findings.all().counts());
  }

  private static void judge(
      IsolationLevel level, TimestampFindings findings, Map<IsolationLevel, Standing> standings) {
    @Nullable Finding finding = findings.against(level);
    standings.put(level, finding == null ? new Standing.Holds() : new Standing.Violated(finding));
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
