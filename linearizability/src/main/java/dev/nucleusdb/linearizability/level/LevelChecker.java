package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.io.IOException;
import java.nio.file.Path;

/// Finds out which levels a history is at. The bounds on configurations and memory hold for each
/// search; of the time that is left, each takes half at most.
public final class LevelChecker {
  private LevelChecker() {}

  /// Judges a history that is at hand, in the calling thread.
  ///
  /// @throws IllegalArgumentException if the model cannot judge an operation, as one of an unknown
  ///   function
  public static LevelReport check(History history, Model<?> model, Limits limits) {
    return check(history, model, limits, SearchOptions.DEFAULT);
  }

  /// Reads a file and judges it.
  ///
  /// @throws MalformedHistoryException if the file cannot be understood, or the model cannot judge
  ///   one of its operations
  /// @throws IOException if the file cannot be read
  public static LevelReport checkFile(Path file, ReadOptions options, Model<?> model, Limits limits)
      throws IOException, MalformedHistoryException {
    return check(HistoryReader.read(file, options.judgedBy(model::objectionTo)), model, limits);
  }

  static LevelReport check(History history, Model<?> model, Limits limits, SearchOptions options) {
    Verdict verdict = LinearizabilityChecker.check(history, model, limits.withinHalf());
    return new Ladder<>(model.fittedTo(history.operations()), history, limits, options)
        .climb(verdict);
  }
}
