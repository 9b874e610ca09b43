package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import java.util.Optional;

/// Checks the proof of a verdict without the judge: orders are replayed by [WitnessVerifier],
/// counterexamples judged again by [ContradictionVerifier].
public final class VerdictVerifier {
  private VerdictVerifier() {}

  /// What came of it.
  ///
  /// @param flaw why the proof does not hold, or empty if nothing was found
  /// @param whole whether all of the proof was looked at; a counterexample, or what it leaves out,
  ///   may be too large
  public record Report(Optional<String> flaw, boolean whole) {}

  /// Checks a verdict. There is nothing to check in [Verdict.Unknown].
  public static Report verify(History history, Model<?> model, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid ->
          new Report(WitnessVerifier.findFlaw(history, model, valid.witnesses()), true);
      case Verdict.Invalid invalid -> contradictions(history, model, invalid);
      case Verdict.Unknown _ -> new Report(Optional.empty(), false);
    };
  }

  private static Report contradictions(History history, Model<?> model, Verdict.Invalid invalid) {
    Model<?> fitted = model.fittedTo(history.operations());
    boolean whole = true;
    for (Counterexample counterexample : invalid.counterexamples()) {
      switch (ContradictionVerifier.verify(fitted, history.operations(), counterexample)) {
        case CONFIRMED -> {}
        case CONFIRMED_ALONE, TOO_LARGE -> whole = false;
        case REFUTED -> {
          return new Report(
              Optional.of("a counterexample has an order: " + counterexample.operations()), true);
        }
      }
    }
    return new Report(Optional.empty(), whole);
  }
}
