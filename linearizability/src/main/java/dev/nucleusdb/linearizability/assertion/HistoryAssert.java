package dev.nucleusdb.linearizability.assertion;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.VerdictReport;

/// What a test asserts of a history. Not decided within the limits is not asserted either.
///
/// ```
///   import static dev.nucleusdb.linearizability.assertion.HistoryAssert.assertThat;
///
///   assertThat(recorder.history()).isLinearizable(new CasRegister(Value.of(0)));
/// ```
public final class HistoryAssert {
  private final History history;
  private final Limits limits;

  private HistoryAssert(History history, Limits limits) {
    this.history = history;
    this.limits = limits;
  }

  /// Begins an assertion, with [Limits#defaults]. Goes well beside the `assertThat` of other
  /// libraries.
  public static HistoryAssert assertThat(History history) {
    return new HistoryAssert(history, Limits.defaults());
  }

  /// The same within other limits.
  public HistoryAssert within(Limits otherLimits) {
    return new HistoryAssert(history, otherLimits);
  }

  /// There is one order of operations that explains all that was seen.
  ///
  /// @throws AssertionError if there is none, with a minimal counterexample, or if that was not
  ///   decided
  /// @throws IllegalArgumentException if the model cannot judge an operation
  public HistoryAssert isLinearizable(Model<?> model) {
    Verdict verdict = judge(model);
    if (!(verdict instanceof Verdict.Valid)) {
      throw new AssertionError("expected a history that is linearizable\n" + words(verdict));
    }
    return this;
  }

  /// There is no such order: for tests that a fault is found. Gives the counterexample, which may
  /// be asserted in turn.
  ///
  /// @throws AssertionError if there is one, or if that was not decided
  /// @throws IllegalArgumentException if the model cannot judge an operation
  public Counterexample isNotLinearizable(Model<?> model) {
    Verdict verdict = judge(model);
    if (verdict instanceof Verdict.Invalid invalid) {
      return invalid.counterexample();
    }
    throw new AssertionError("expected a history that is not linearizable\n" + words(verdict));
  }

  private Verdict judge(Model<?> model) {
    return LinearizabilityChecker.check(history, model, limits);
  }

  private static String words(Verdict verdict) {
    return VerdictReport.text(verdict);
  }
}
