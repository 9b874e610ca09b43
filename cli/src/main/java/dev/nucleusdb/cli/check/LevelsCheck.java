package dev.nucleusdb.cli.check;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.level.LevelChecker;
import dev.nucleusdb.linearizability.model.Model;

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
  int run(Level required) {
    ObjectLevels found =
        new ObjectLevels(LevelChecker.check(input.read(model), model, limits), required);
    (json ? System.err : System.out).print(found.text());
    if (json) {
      System.out.println(found.line(input.file().toString(), modelName));
    }
    return found.exitCode();
  }
}
