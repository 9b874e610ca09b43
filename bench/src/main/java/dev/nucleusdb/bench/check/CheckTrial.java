package dev.nucleusdb.bench.check;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.IsolationVerdict;
import dev.nucleusdb.linearizability.isolation.TransactionChecker;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One way to judge one history, which can be taken any number of times.
public interface CheckTrial {
  /// What one judgement says.
  ///
  /// @param verdict `valid`, `invalid` or `unknown`
  /// @param configurations how many configurations the search visited
  /// @param steps how often the model was asked
  record Answer(String verdict, long configurations, long steps) {}

  /// What is judged.
  String name();

  /// How many operations or transactions there are.
  int operations();

  /// Judges once.
  Answer judge();

  /// Whether a history is linearizable, without shrinking a counterexample.
  static CheckTrial linearizable(String name, History history, Model<?> model, Limits limits) {
    return of(
        name,
        history.operations().size(),
        () -> answer(LinearizabilityChecker.check(history, model, limits)));
  }

  /// Whether a history is linearizable, told event by event.
  static CheckTrial streamed(String name, History history, Model<?> model, Limits limits) {
    long[] events = eventsOf(history);
    return of(name, history.operations().size(), () -> stream(history, events, model, limits));
  }

  /// Whether transactions on lists are strictly serializable, which decides all levels.
  static CheckTrial lists(String name, TransactionHistory history) {
    return of(
        name,
        history.size(),
        () -> answer(TransactionChecker.checkLists(history, Patience.endless())));
  }

  /// Whether transactions with known timestamps are strictly serializable.
  static CheckTrial timestamps(String name, TransactionHistory history) {
    return of(
        name,
        history.size(),
        () -> answer(TransactionChecker.checkTimestamps(history, Patience.endless())));
  }

  private static Answer answer(IsolationVerdict verdict) {
    String word =
        switch (verdict.standing(IsolationLevel.STRICT_SERIALIZABLE)) {
          case Standing.Holds _ -> "valid";
          case Standing.Violated _ -> "invalid";
          case Standing.Unknown _ -> "unknown";
        };
    return new Answer(word, 0, 0);
  }

  private static CheckTrial of(
      String name, int operations, java.util.function.Supplier<Answer> judge) {
    return new CheckTrial() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int operations() {
        return operations;
      }

      @Override
      public Answer judge() {
        return judge.get();
      }
    };
  }

  /// Takes all trials in turn, round by round.
  ///
  /// @param warmUps rounds before those that count
  static List<CheckFigure> run(List<CheckTrial> trials, int warmUps, int rounds) {
    long[][] nanos = new long[trials.size()][rounds];
    Answer[] answers = new Answer[trials.size()];
    for (int round = -warmUps; round < rounds; round++) {
      for (int place = 0; place < trials.size(); place++) {
        long start = System.nanoTime();
        answers[place] = trials.get(place).judge();
        if (round >= 0) {
          nanos[place][round] = System.nanoTime() - start;
        }
      }
    }
    List<CheckFigure> figures = new ArrayList<>();
    for (int place = 0; place < trials.size(); place++) {
      CheckTrial trial = trials.get(place);
      Answer answer = answers[place];
      figures.add(
          new CheckFigure(
              trial.name(),
              trial.operations(),
              answer.verdict(),
              answer.configurations(),
              answer.steps(),
              nanos[place]));
    }
    return figures;
  }

  /// In numbers and words.
  static Answer answer(Verdict verdict) {
    String word =
        switch (verdict) {
          case Verdict.Valid _ -> "valid";
          case Verdict.Invalid _ -> "invalid";
          case Verdict.Unknown _ -> "unknown";
        };
    return new Answer(word, verdict.effort().configurations(), verdict.effort().steps());
  }

  /// The place of an operation times two, plus one for its end, in order of time; invocations come
  /// first.
  private static long[] eventsOf(History history) {
    List<Operation> operations = history.operations();
    long[] keyed = new long[2 * operations.size()];
    int count = 0;
    for (int place = 0; place < operations.size(); place++) {
      Operation operation = operations.get(place);
      boolean crashed = operation.outcome() == Outcome.UNKNOWN;
      long end = crashed ? operation.invokeTime() + 1 : operation.returnTime();
      keyed[count++] = operation.invokeTime() << 32 | 2L * place;
      keyed[count++] = end << 32 | 1L << 31 | 2L * place + 1;
    }
    Arrays.sort(keyed);
    return Arrays.stream(keyed).map(key -> key & 0x7FFF_FFFFL).toArray();
  }

  private static Answer stream(History history, long[] events, Model<?> model, Limits limits) {
    StreamingChecker<?> checker =
        new StreamingChecker<>(model, limits, StreamOptions.DEFAULT, _ -> {});
    for (long event : events) {
      Operation operation = history.operations().get((int) (event / 2));
      if (event % 2 == 0) {
        checker.invokeAtLine(
            0,
            operation.index(),
            operation.action().function(),
            operation.action().key(),
            operation.action().arguments(),
            operation.invokeTime());
      } else {
        checker.complete(
            operation.index(),
            operation.action().result(),
            operation.returnTime(),
            operation.outcome());
      }
    }
    List<StreamVerdict> verdicts = checker.finish();
    boolean violated = verdicts.stream().anyMatch(StreamVerdict.Violated.class::isInstance);
    boolean undecided = verdicts.stream().anyMatch(StreamVerdict.Undecided.class::isInstance);
    return new Answer(
        violated ? "invalid" : undecided ? "unknown" : "valid", checker.configurations(), 0);
  }
}
