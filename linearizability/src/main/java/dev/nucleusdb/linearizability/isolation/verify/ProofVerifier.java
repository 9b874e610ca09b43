package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Optional;

/// Checks what was said of a level without the judge, where there is a proof: a cycle edge by edge,
/// a wrong read by itself, a serial order by replaying it.
public final class ProofVerifier {
  private static final Report NO_PROOF = new Report(Optional.empty(), false);

  private ProofVerifier() {}

  /// What came of it.
  ///
  /// @param flaw why the proof does not hold, or empty if nothing was found
  /// @param checked whether there was a proof to look at
  public record Report(Optional<String> flaw, boolean checked) {}

  /// Checks a verdict on lists.
  public static Report verifyLists(IsolationVerdict verdict, IsolationLevel level) {
    return switch (verdict.standing(level)) {
      case Standing.Violated(Finding finding) ->
          new Report(
              finding.isCycle()
                  ? CycleVerifier.objection(verdict.history(), finding, level)
                  : ReadVerifier.objection(verdict.history(), finding),
              true);
      case Standing.Holds _ -> replayed(verdict, level);
      case Standing.Unknown _ -> NO_PROOF;
    };
  }

  /// Checks a verdict on registers. A cycle in a history of more than 400 transactions is checked
  /// if those around it show it.
  public static Report verifyRegisters(IsolationVerdict verdict, IsolationLevel level) {
    return switch (verdict.standing(level)) {
      case Standing.Violated(Finding finding) -> registers(verdict.history(), finding, level);
      case Standing.Holds _ -> replayed(verdict, level);
      case Standing.Unknown _ -> NO_PROOF;
    };
  }

  private static Report registers(
      TransactionHistory history, Finding finding, IsolationLevel level) {
    if (finding.isCycle()) {
      return InferenceVerifier.report(history, finding, level);
    }
    return finding.anomaly() == Anomaly.NO_SERIAL_ORDER
        ? OrderVerifier.report(history, level)
        : new Report(
            unbroken(finding, level).or(() -> RegisterVerifier.objection(history, finding)), true);
  }

  /// Whether a level allows what was found without any cycle.
  private static Optional<String> unbroken(Finding finding, IsolationLevel level) {
    return finding.anomaly().breaks(level)
        ? Optional.empty()
        : Optional.of(level + " allows " + finding.anomaly());
  }

  /// Checks a verdict on known timestamps.
  public static Report verifyTimestamps(IsolationVerdict verdict, IsolationLevel level) {
    return switch (verdict.standing(level)) {
      case Standing.Violated(Finding finding) ->
          new Report(TimestampVerifier.objection(verdict.history(), finding, level), true);
      case Standing.Holds _, Standing.Unknown _ -> NO_PROOF;
    };
  }

  /// A serial order proves every level that serializability implies, with what the order agrees
  /// with.
  private static Report replayed(IsolationVerdict verdict, IsolationLevel level) {
    Optional<int[]> order = verdict.serialOrder();
    boolean proves =
        IsolationLevel.STRICT_SERIALIZABLE.base().implies(level.base())
            && verdict.orderKept().implies(level.order());
    return order.isEmpty() || !proves
        ? NO_PROOF
        : new Report(
            SerialOrderVerifier.objection(verdict.history(), order.get(), level.order()), true);
  }
}
