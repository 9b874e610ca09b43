package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The judge. Splits a history by object, searches an order for each, and collects the answers.
public final class LinearizabilityChecker {
  private LinearizabilityChecker() {}

  /// Judges a history that is at hand.
  ///
  /// @throws IllegalArgumentException if the model cannot judge an operation, as one of an unknown
  ///   function
  public static Verdict check(History history, Model<?> model, Limits limits) {
    return check(history, model, limits, SearchOptions.DEFAULT);
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
    return new Run<>(model, limits, options).judge(history);
  }

  /// One run over all objects of one history.
  private static final class Run<S> {
    private final Model<S> model;
    private final Limits limits;
    private final SearchOptions options;
    private final List<Verdict.Witness> witnesses = new ArrayList<>();
    private final List<Value> invalidKeys = new ArrayList<>();
    private @Nullable Counterexample counterexample;
    private Verdict.@Nullable Unknown unknown;
    private long configurations;

    Run(Model<S> model, Limits limits, SearchOptions options) {
      this.model = model;
      this.limits = limits;
      this.options = options;
    }

    Verdict judge(History history) {
      Map<Value, List<Operation>> objects = split(history);
      objects.forEach((key, operations) -> judgeObject(key, operations, objects.size()));
      if (counterexample != null) {
        return new Verdict.Invalid(invalidKeys, counterexample, configurations);
      }
      if (unknown != null) {
        return new Verdict.Unknown(
            unknown.cause(),
            unknown.key(),
            witnesses.size(),
            objects.size(),
            unknown.passedCount(),
            unknown.returnCount(),
            unknown.deepest(),
            configurations);
      }
      return new Verdict.Valid(witnesses, configurations);
    }

    private Map<Value, List<Operation>> split(History history) {
      Map<Value, List<Operation>> objects = new LinkedHashMap<>();
      for (Operation operation : history.operations()) {
        Optional<String> objection = model.objectionTo(operation.action());
        if (objection.isPresent()) {
          throw new IllegalArgumentException(
              "event " + operation.index() + ": expected " + objection.get());
        }
        Value key = model.partition(operation.action());
        objects.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
      }
      return objects;
    }

    private void judgeObject(Value key, List<Operation> operations, int objectCount) {
      Transitions<S> transitions = new Transitions<>(model);
      Timeline timeline = new Timeline(operations, List.of(), transitions, options);
      Search<S> search = Search.run(timeline, transitions, options, limits);
      configurations += search.configurations();
      switch (search.result()) {
        case FOUND -> witnesses.add(new Verdict.Witness(key, search.order()));
        case EXHAUSTED -> {
          invalidKeys.add(key);
          @Nullable Operation stuck = search.furthestBlocked();
          if (counterexample == null && stuck != null) {
            counterexample =
                new Minimizer<>(transitions, options, limits)
                    .minimize(operations, stuck, search.furthestStates());
          }
        }
        case OUT_OF_CONFIGURATIONS ->
            undecided(Verdict.Cause.CONFIGURATIONS, key, timeline, search, objectCount);
        case OUT_OF_TIME -> undecided(Verdict.Cause.DEADLINE, key, timeline, search, objectCount);
      }
    }

    private void undecided(
        Verdict.Cause cause, Value key, Timeline timeline, Search<S> search, int objectCount) {
      if (unknown == null) {
        unknown =
            new Verdict.Unknown(
                cause,
                key,
                witnesses.size(),
                objectCount,
                search.passedReturns(),
                timeline.returnCount,
                search.furthestBlocked(),
                configurations);
      }
    }
  }
}
