package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.VerdictVerifier;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelChecker;
import dev.nucleusdb.linearizability.level.LevelReport;
import dev.nucleusdb.linearizability.level.LevelVerdict;
import dev.nucleusdb.linearizability.level.View;
import dev.nucleusdb.linearizability.level.ViewVerifier;
import dev.nucleusdb.linearizability.model.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says which levels of consistency a history is at.
///
/// @param input the history
/// @param modelName the model as it was asked for
/// @param model the model
/// @param limits for each search
/// @param json whether one line of JSON ends the output
record LevelsCheck(
    HistoryInput input, String modelName, Model<?> model, Limits limits, boolean json) {
  /// Judges, prints what was found, and gives the exit code.
  ///
  /// @param picture where a page or a drawing is written, or null
  int run(Level required, @Nullable Path picture) {
    ReportFile file = picture == null ? null : new ReportFile(picture);
    History history = input.read(model);
    LevelReport report = LevelChecker.check(history, model, limits);
    Optional<String> flaw = flaw(history, report);
    if (flaw.isPresent()) {
      System.err.println(
          "nucleus: the judge found levels, but a proof does not hold: "
              + flaw.get()
              + "; this is a defect of the judge, please report it with the history");
      return ExitCode.UNDECIDED;
    }
    if (file != null) {
      file.write(input.source(), history, model, report, required);
    }
    ObjectLevels found = new ObjectLevels(report, required);
    (json ? System.err : System.out)
        .print(
            found.text() + "\nOrders and counterexamples were checked by independent verifiers.\n");
    if (json) {
      System.out.println(found.line(input.file().toString(), modelName));
    }
    return found.exitCode();
  }

  /// Why a proof does not hold, or empty if nothing was found.
  private Optional<String> flaw(History history, LevelReport report) {
    Optional<String> flaw = VerdictVerifier.verify(history, model, report.linearizability()).flaw();
    ViewVerifier<?> verifier = new ViewVerifier<>(model, history.operations());
    for (LevelVerdict verdict : report.levels().values()) {
      if (flaw.isEmpty()
          && verdict instanceof LevelVerdict.Holds(Level shownBy, List<View> views)
          && !views.isEmpty()) {
        flaw = verifier.findFlaw(shownBy, views);
      }
    }
    return flaw;
  }
}
