package dev.nucleusdb.linearizability.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.verify.CycleVerifier;
import dev.nucleusdb.linearizability.isolation.verify.ProofVerifier;
import dev.nucleusdb.linearizability.isolation.verify.ReadVerifier;
import dev.nucleusdb.linearizability.isolation.verify.SerialOrderVerifier;
import java.util.Arrays;
import java.util.function.BiFunction;

/// Asks of a verdict that it can be checked without the judge.
final class Proofs {
  private Proofs() {}

  /// Every violation is checked again, and nothing is held against it or against an order.
  static void requireAll(
      IsolationVerdict verdict,
      BiFunction<IsolationVerdict, IsolationLevel, ProofVerifier.Report> verifier) {
    for (IsolationLevel level : IsolationLevel.values()) {
      ProofVerifier.Report report = verifier.apply(verdict, level);
      assertThat(report.flaw())
          .as("%s: %s of%s", level, verdict.standing(level), inWords(verdict.history()))
          .isEmpty();
      assertThat(report.checked() || !(verdict.standing(level) instanceof Standing.Violated))
          .as("%s: %s", level, verdict.standing(level))
          .isTrue();
    }
  }

  private static String inWords(TransactionHistory history) {
    return TransactionDifferentialTest.Histories.inWords(history);
  }

  static void require(IsolationVerdict verdict) {
    for (IsolationLevel level : IsolationLevel.values()) {
      assertThat(ProofVerifier.verifyLists(verdict, level).flaw()).isEmpty();
      if (verdict.standing(level) instanceof Standing.Violated(Finding finding)) {
        if (finding.isCycle()) {
          assertThat(CycleVerifier.objection(verdict.history(), finding, level))
              .as("%s by %s", level, finding)
              .isEmpty();
        } else {
          assertThat(finding.anomaly().breaks(level)).isTrue();
          assertThat(ReadVerifier.objection(verdict.history(), finding))
              .as("%s by %s", level, finding)
              .isEmpty();
        }
      }
    }
    boolean serializable = verdict.holds(IsolationLevel.SERIALIZABLE);
    assertThat(verdict.serialOrder().isPresent()).isEqualTo(serializable);
    verdict
        .serialOrder()
        .ifPresent(order ->
            assertThat(SerialOrderVerifier.objection(verdict.history(), order, verdict.orderKept()))
                .as("order %s", Arrays.toString(order))
                .isEmpty());
    if (serializable) {
      assertThat(verdict.orderKept())
          .isEqualTo(
              verdict.holds(IsolationLevel.STRICT_SERIALIZABLE)
                  ? IsolationLevel.STRICT_SERIALIZABLE.order()
                  : verdict.holds(IsolationLevel.STRONG_SESSION_SERIALIZABLE)
                      ? IsolationLevel.STRONG_SESSION_SERIALIZABLE.order()
                      : IsolationLevel.SERIALIZABLE.order());
    }
  }
}
