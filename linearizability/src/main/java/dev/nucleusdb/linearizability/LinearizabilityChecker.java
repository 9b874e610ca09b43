package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/// The judge. Splits a history by object, searches an order for each, and collects the answers.
public final class LinearizabilityChecker {
  private LinearizabilityChecker() {}

  /// Judges a history that is at hand, in the calling thread.
  ///
  /// @throws IllegalArgumentException if the model cannot judge an operation, as one of an unknown
  ///   function
  public static Verdict check(History history, Model<?> model, Limits limits) {
    return check(history, model, limits, SearchOptions.DEFAULT);
  }

  /// Judges a history that is at hand, its objects in parallel, the one with the most operations
  /// first. The verdict is that of the calling thread alone, unless a deadline comes first.
  ///
  /// @param threads runs the judgements; each of its threads may hold [Limits#maxBytes]
  /// @throws IllegalArgumentException if the model cannot judge an operation
  public static Verdict check(
      History history, Model<?> model, Limits limits, ExecutorService threads) {
    return new HistoryJudge<>(model, limits, SearchOptions.DEFAULT).judge(history, threads);
  }

  /// Reads a file and judges it.
  ///
  /// @throws MalformedHistoryException if the file cannot be understood, or the model cannot judge
  ///   one of its operations
  /// @throws IOException if the file cannot be read
  public static Verdict checkFile(Path file, ReadOptions options, Model<?> model, Limits limits)
      throws IOException, MalformedHistoryException {
    History history = HistoryReader.read(file, options.judgedBy(model::objectionTo));
    return check(history, model, limits);
  }

  static Verdict check(History history, Model<?> model, Limits limits, SearchOptions options) {
    return new HistoryJudge<>(model, limits, options).judge(history);
  }
}
