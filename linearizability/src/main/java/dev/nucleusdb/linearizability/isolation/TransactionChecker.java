package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.isolation.append.AppendAnalysis;
import dev.nucleusdb.linearizability.isolation.append.AppendReasons;
import dev.nucleusdb.linearizability.isolation.cycle.CycleJudge;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.register.RegisterJudge;
import dev.nucleusdb.linearizability.isolation.timestamp.TimestampAnalysis;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges histories of transactions.
public final class TransactionChecker {
  private TransactionChecker() {}

  /// Judges a history of lists on all levels.
  ///
  /// @param patience when to leave undecided what is not decided yet
  public static IsolationVerdict checkLists(TransactionHistory history, Patience patience) {
    FindingList findings = new FindingList();
    try {
      AppendAnalysis analysis = AppendAnalysis.of(history, findings, patience);
      if (analysis.defect().isPresent()) {
        return unfit(history, analysis.defect().get());
      }
      CycleJudge.Judgement judgement =
          CycleJudge.judge(
              history, analysis.graph(), analysis.versions(), new AppendReasons(history));
      return merged(history, findings, judgement.standings(), judgement.order(), judgement.kept());
    } catch (EndOfPatience end) {
      return merged(history, findings, open(end.standing()), Optional.empty(), OrderKept.NONE);
    }
  }

  /// Judges a history of registers on all levels, some of which may stay unknown.
  ///
  /// @param patience when to leave undecided what is not decided yet
  public static IsolationVerdict checkRegisters(TransactionHistory history, Patience patience) {
    RegisterJudge.Judgement judgement;
    try {
      judgement = RegisterJudge.judge(history, patience);
    } catch (EndOfPatience end) {
      return merged(
          history, new FindingList(), open(end.standing()), Optional.empty(), OrderKept.NONE);
    }
    return judgement.defect().isPresent()
        ? unfit(history, judgement.defect().get())
        : merged(
            history,
            judgement.findings(),
            judgement.standings(),
            judgement.order(),
            judgement.orderKept());
  }

  /// Judges a history whose timestamps are known, of lists or registers. Each level is judged by
  /// itself: whether the timestamps prove it.
  ///
  /// @param patience when to leave undecided what is not decided yet
  public static IsolationVerdict checkTimestamps(TransactionHistory history, Patience patience) {
    TimestampAnalysis analysis;
    try {
      analysis = TimestampAnalysis.of(history, patience);
    } catch (EndOfPatience end) {
      return merged(
          history, new FindingList(), open(end.standing()), Optional.empty(), OrderKept.NONE);
    }
    return analysis.defect().isPresent()
        ? unfit(history, analysis.defect().get())
        : new IsolationVerdict(
            history,
            analysis.standings(),
            analysis.findings(),
            analysis.counts(),
            Optional.empty(),
            OrderKept.NONE,
            Optional.empty());
  }

  private static IsolationVerdict unfit(TransactionHistory history, String defect) {
    return new IsolationVerdict(
        history,
        open(new Standing.Unknown(defect)),
        List.of(),
        new EnumMap<>(Anomaly.class),
        Optional.empty(),
        OrderKept.NONE,
        Optional.of(defect));
  }

  /// Nothing is known of any level.
  private static Map<IsolationLevel, Standing> open(Standing.Unknown unknown) {
    Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
    for (IsolationLevel level : IsolationLevel.values()) {
      standings.put(level, unknown);
    }
    return standings;
  }

  /// What cycles say, and what single reads say beside.
  private static IsolationVerdict merged(
      TransactionHistory history,
      FindingList findings,
      Map<IsolationLevel, Standing> judged,
      Optional<int[]> order,
      OrderKept kept) {
    List<Finding> local = findings.findings();
    List<Finding> all = new ArrayList<>(local);
    Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
    judged.forEach((level, standing) -> {
      Optional<Finding> broken =
          local.stream().filter(finding -> finding.anomaly().breaks(level)).findFirst();
      standings.put(level, broken.isPresent() ? new Standing.Violated(broken.get()) : standing);
      if (standing instanceof Standing.Violated(Finding finding) && !all.contains(finding)) {
        all.add(finding);
      }
    });
    IsolationLevel serializable = IsolationLevel.of(IsolationLevel.SERIALIZABLE.base(), kept);
    boolean serial = standings.get(serializable) instanceof Standing.Holds;
    return new IsolationVerdict(
        history,
        standings,
        all,
        findings.counts(),
        serial ? order : Optional.empty(),
        kept,
        Optional.empty());
  }
}
