package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.VerdictVerifier;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.VerdictReport;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Judges whether a history is linearizable, has the verdict verified, draws it, and asks another
/// judge, as far as that is wanted.
///
/// @param input the history
/// @param modelName the model as it was asked for
/// @param model the model
/// @param limits for each search
/// @param json whether one line of JSON ends the output
record LinearizabilityCheck(
    HistoryInput input, String modelName, Model<?> model, Limits limits, boolean json) {
  /// Judges, prints what was found, and gives the exit code.
  ///
  /// @param report where a page or a drawing is written, or null
  /// @param secondOpinion whether another judge is asked
  /// @param timeout the most time that the other judge may take
  int run(@Nullable Path report, SecondOpinion secondOpinion, Duration timeout) {
    secondOpinion.check();
    ReportFile picture = report == null ? null : new ReportFile(report);
    History history = input.read(model);
    Verdict verdict = LinearizabilityChecker.check(history, model, limits);
    if (picture != null) {
      picture.write(input.source(), history, model, verdict);
    }
    VerdictVerifier.Report proof = VerdictVerifier.verify(history, model, verdict);
    if (proof.flaw().isPresent()) {
      return distrust(verdict, proof.flaw().get());
    }
    print(VerdictReport.text(verdict) + said(verdict, proof));
    SecondOpinion.@Nullable Outcome second = null;
    if (secondOpinion.isAsked()) {
      second = secondOpinion.on(history, model, verdict, timeout);
      print(second.line() + "\n");
    }
    if (json) {
      System.out.println(line(verdict, proof, second));
    }
    if (second != null && second.disagrees()) {
      return ExitCode.VIOLATION;
    }
    return switch (verdict) {
      case Verdict.Valid _ -> ExitCode.OK;
      case Verdict.Invalid _ -> ExitCode.VIOLATION;
      case Verdict.Unknown _ -> ExitCode.UNDECIDED;
    };
  }

  private static int distrust(Verdict verdict, String flaw) {
    System.err.println(
        "nucleus: the judge said "
            + word(verdict)
            + ", but the proof does not hold: "
            + flaw
            + "; this is a defect of the judge, please report it with the history");
    return ExitCode.UNDECIDED;
  }

  private void print(String text) {
    (json ? System.err : System.out).print(text);
  }

  private static String said(Verdict verdict, VerdictVerifier.Report proof) {
    return switch (verdict) {
      case Verdict.Valid _ -> "The order was replayed by an independent verifier.\n";
      case Verdict.Invalid _ when proof.whole() ->
          "The counterexample was judged again by an independent verifier.\n";
      case Verdict.Invalid _ ->
          "The counterexample was judged again, alone, by an independent verifier: what it leaves"
              + " out is too much for that.\n";
      case Verdict.Unknown _ -> "";
    };
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid _ -> "valid";
      case Verdict.Invalid _ -> "invalid";
      case Verdict.Unknown _ -> "unknown";
    };
  }

  private String line(
      Verdict verdict, VerdictVerifier.Report proof, SecondOpinion.@Nullable Outcome second) {
    return "{\"file\":%s,\"model\":%s,\"verdict\":\"%s\",\"verified\":%b,\"configurations\":%d%s}"
        .formatted(
            Json.quoted(input.file().toString()),
            Json.quoted(modelName),
            word(verdict),
            proof.whole(),
            verdict.configurations(),
            second == null ? "" : ",\"secondOpinion\":" + second.json());
  }
}
