package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.Model;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tests are tested: checkers with the classic mistakes must each give a wrong verdict on the
/// catalogue.
final class MutantsTest {
  /// A mistake, made by handing the correct checker the history that the mistaken one would see.
  record Mistake(String name, Function<Operation, Stream<Operation>> view) {
    boolean judges(History history, Model<?> model) {
      List<Operation> seen = history.operations().stream().flatMap(view).toList();
      return LinearizabilityChecker.check(new History(seen), model, Limits.defaults())
          instanceof Verdict.Valid;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake("drops crashed operations", op -> crashed(op) ? Stream.of() : Stream.of(op)),
        new Mistake(
            "ends crashed operations soon",
            op ->
                crashed(op)
                    ? with(op, op.invokeTime(), op.invokeTime() + 1, Outcome.OK)
                    : Stream.of(op)),
        new Mistake(
            "lets failed operations happen",
            op ->
                op.outcome() == Outcome.FAILED
                    ? with(op, op.invokeTime(), Operation.NEVER, Outcome.UNKNOWN)
                    : Stream.of(op)),
        new Mistake("has half-open intervals", MutantsTest::halfOpen),
        new Mistake(
            "ignores real time",
            op -> with(op, 0, crashed(op) ? Operation.NEVER : 1, op.outcome())),
        new Mistake(
            "drops refused swaps",
            op -> op.action().result().equals(Value.FALSE) ? Stream.of() : Stream.of(op)),
        new Mistake(
            "takes the invocation for the effect",
            op ->
                crashed(op)
                    ? Stream.of(op)
                    : with(op, op.invokeTime(), op.invokeTime(), op.outcome())),
        new Mistake(
            "forgets the keys",
            op ->
                Stream.of(
                    new Operation(
                        op.index(),
                        0,
                        op.process(),
                        withoutKey(op.action()),
                        op.invokeTime(),
                        op.returnTime(),
                        op.outcome()))));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void the_catalogue_catches_the_mistake(Mistake mistake) {
    assertThat(Catalogue.rows())
        .anyMatch(row -> mistake.judges(row.history(), row.model()) != row.linearizable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "write", "cas"})
  void a_careless_model_is_caught_too(String careless) {
    Model<Value> model = new Careless(careless, new CasRegister(Value.of(0)));
    assertThat(Catalogue.rows().stream().filter(row -> row.modelName().equals("cas-register:0")))
        .anyMatch(row ->
            (LinearizabilityChecker.check(row.history(), model, Limits.defaults())
                    instanceof Verdict.Valid)
                != row.linearizable());
  }

  /// A register that allows one function always, and lets it change nothing.
  record Careless(String function, Model<Value> right) implements Model<Value> {
    @Override
    public String name() {
      return "careless";
    }

    @Override
    public Value initial() {
      return right.initial();
    }

    @Override
    public @Nullable Value step(Value state, Action action) {
      return action.function().equals(function) ? state : right.step(state, action);
    }
  }

  private static boolean crashed(Operation operation) {
    return operation.outcome() == Outcome.UNKNOWN;
  }

  /// Times are doubled, and what would only touch is torn apart.
  private static Stream<Operation> halfOpen(Operation operation) {
    long invoke = 2 * operation.invokeTime() + 1;
    return crashed(operation)
        ? with(operation, invoke, Operation.NEVER, Outcome.UNKNOWN)
        : with(
            operation, invoke, Math.max(invoke, 2 * operation.returnTime()), operation.outcome());
  }

  private static Stream<Operation> with(
      Operation operation, long invoke, long end, Outcome outcome) {
    return Stream.of(
        new Operation(
            operation.index(), 0, operation.process(), operation.action(), invoke, end, outcome));
  }

  private static Action withoutKey(Action action) {
    boolean keyed = !action.key().equals(Value.UNRECORDED);
    return keyed
        ? new Action(action.function(), Value.of("one"), action.arguments(), action.result())
        : action;
  }
}
