package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tests are tested: judges of levels with the classic mistakes must each give a wrong verdict
/// on the catalogue.
final class LevelMutantsTest {
  /// A judge that says whether a history is at a level.
  interface Judge {
    boolean holds(History history, Model<?> model, Level level);
  }

  record Mistake(String name, Judge judge) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static boolean correct(History history, Model<?> model, Level level) {
    return LevelChecker.check(history, model, Limits.defaults()).holds(level);
  }

  private static Mistake sees(String name, UnaryOperator<Operation> view) {
    return new Mistake(
        name,
        (history, model, level) -> {
          List<Operation> seen = history.operations().stream().map(view).toList();
          return correct(new History(seen), model, level);
        });
  }

  private static Mistake confuses(Level level, Level... others) {
    return new Mistake(
        "takes " + level + " for " + List.of(others),
        (history, model, asked) ->
            asked == level
                ? Stream.of(others).allMatch(other -> correct(history, model, other))
                : correct(history, model, asked));
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake("judges each key by itself", LevelMutantsTest::keyByKey),
        sees("ignores who did what", operation -> by(operation, operation.index())),
        sees("takes all for one client", operation -> by(operation, 0)),
        sees(
            "lets failed operations happen",
            operation ->
                operation.outcome() == Outcome.FAILED ? operation.withoutReturn() : operation),
        sees(
            "takes crashed operations for done",
            operation ->
                operation.outcome() == Outcome.UNKNOWN
                    ? with(operation, operation.invokeTime() + 1, Outcome.OK)
                    : operation),
        sees(
            "drops crashed operations",
            operation ->
                operation.outcome() == Outcome.UNKNOWN
                    ? with(operation, operation.invokeTime() + 1, Outcome.FAILED)
                    : operation),
        sees("forgets the keys", LevelMutantsTest::withoutKey),
        confuses(Level.SEQUENTIAL, Level.LINEARIZABLE),
        confuses(Level.SEQUENTIAL, Level.CAUSAL),
        confuses(Level.CAUSAL, Level.SEQUENTIAL),
        confuses(Level.CAUSAL, Level.PRAM),
        confuses(Level.PRAM, Level.READ_YOUR_WRITES, Level.MONOTONIC_READS, Level.MONOTONIC_WRITES),
        confuses(Level.PRAM, Level.CAUSAL));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void the_catalogue_catches_the_mistake(Mistake mistake) {
    assertThat(Catalogue.rows()).anyMatch(row -> caughtBy(row, mistake));
  }

  private static boolean caughtBy(Catalogue.Row row, Mistake mistake) {
    return row.expect().entrySet().stream()
        .anyMatch(expected ->
            mistake.judge().holds(row.history(), row.model(), Level.named(expected.getKey()))
                != expected.getValue());
  }

  /// Numbers that are off, as of a judge that compares with the wrong bound.
  static List<UnaryOperator<Staleness>> measures() {
    return List.of(
        right -> new Staleness(right.key(), new Measure.Exactly(0), right.versions()),
        right -> new Staleness(right.key(), more(right.time()), right.versions()),
        right ->
            new Staleness(right.key(), right.time(), right.versions().map(LevelMutantsTest::more)));
  }

  @ParameterizedTest
  @MethodSource("measures")
  void the_catalogue_catches_a_measure_that_is_off(UnaryOperator<Staleness> mistake) {
    assertThat(Catalogue.rows())
        .anyMatch(row -> {
          List<Staleness> staleness =
              LevelChecker.check(row.history(), row.model(), Limits.defaults()).staleness();
          return !staleness.isEmpty() && contradicts(row, mistake.apply(staleness.getFirst()));
        });
  }

  private static boolean contradicts(Catalogue.Row row, Staleness staleness) {
    boolean time =
        row.stale()
            .filter(span -> !staleness.time().equals(new Measure.Exactly(Sketch.UNIT * span)))
            .isPresent();
    boolean versions =
        row.atomicity()
            .filter(k -> !staleness.versions().equals(Optional.of(new Measure.Exactly(k))))
            .isPresent();
    return time || versions;
  }

  private static Measure more(Measure measure) {
    return measure instanceof Measure.Exactly(long value)
        ? new Measure.Exactly(value + 1)
        : measure;
  }

  private static boolean keyByKey(History history, Model<?> model, Level level) {
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      objects.computeIfAbsent(operation.action().key(), _ -> new ArrayList<>()).add(operation);
    }
    return objects.values().stream()
        .allMatch(operations -> correct(new History(operations), model, level));
  }

  private static Operation by(Operation operation, long process) {
    return new Operation(
        operation.index(),
        0,
        process,
        operation.action(),
        operation.invokeTime(),
        operation.returnTime(),
        operation.outcome());
  }

  private static Operation with(Operation operation, long end, Outcome outcome) {
    return new Operation(
        operation.index(),
        0,
        operation.process(),
        operation.action(),
        operation.invokeTime(),
        end,
        outcome);
  }

  private static Operation withoutKey(Operation operation) {
    Action action = operation.action();
    Value one = action.key().equals(Value.UNRECORDED) ? action.key() : Value.of("one");
    return new Operation(
        operation.index(),
        0,
        operation.process(),
        new Action(action.function(), one, action.arguments(), action.result()),
        operation.invokeTime(),
        operation.returnTime(),
        operation.outcome());
  }
}
