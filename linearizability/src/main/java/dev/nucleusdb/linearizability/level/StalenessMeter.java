package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import dev.nucleusdb.linearizability.view.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Measures how far the reads of one object that is not linearizable are behind. Both measures are
/// found by halving: what is linearizable stays so if reads may be older.
final class StalenessMeter {
  private final Model<?> model;
  private final List<Operation> operations;
  private final Limits limits;

  /// Whether something was seen that no update explains, however old.
  private final boolean unexplained;

  /// @param model the model, fitted to the history
  /// @param operations those of one object, which are not linearizable
  StalenessMeter(Model<?> model, List<Operation> operations, Limits limits) {
    this.model = model;
    Program<?> program = new Program<>(model, operations);
    this.operations = program.operations;
    this.unexplained = program.hasThinAir();
    this.limits = limits.withoutShrinking();
  }

  Staleness measure(Value key) {
    return new Staleness(key, time(), versions());
  }

  private Measure time() {
    long most = 0;
    for (Operation operation : operations) {
      most = isRead(operation) ? Math.max(most, operation.invokeTime()) : most;
    }
    return smallest(
        0, most, span -> LinearizabilityChecker.check(lookingBack(span), model, limits));
  }

  private Optional<Measure> versions() {
    Optional<Model<Value>> values =
        switch (model) {
          case Register register -> Optional.of(register);
          case CasRegister register -> Optional.of(register);
          case KeyValue keys -> Optional.of(keys);
          case Model<?> _ -> Optional.empty();
        };
    long updates = operations.stream().filter(operation -> !isRead(operation)).count();
    History history = new History(operations);
    return values.map(each ->
        smallest(
            1,
            updates + 1,
            k ->
                LinearizabilityChecker.check(
                    history, new StaleReads(each, Math.toIntExact(k)), limits)));
  }

  private boolean isRead(Operation operation) {
    return model.observesOnly(operation.action());
  }

  /// The history in which every read was invoked earlier by a span.
  private History lookingBack(long span) {
    List<Operation> earlier = new ArrayList<>();
    for (Operation operation : operations) {
      earlier.add(
          isRead(operation)
              ? new Operation(
                  operation.index(),
                  operation.line(),
                  operation.process(),
                  operation.action(),
                  Math.max(0, operation.invokeTime() - span),
                  operation.returnTime(),
                  operation.outcome())
              : operation);
    }
    earlier.sort(
        Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index));
    return new History(earlier);
  }

  /// The smallest number with which there is an order. Numbers are tried that double, then the span
  /// between is halved: large ones cost more.
  ///
  /// @param least a number with which there is none
  /// @param most a number with which there is one if there is with any
  private Measure smallest(long least, long most, LongFunction<Verdict> judge) {
    if (unexplained) {
      return new Measure.Never();
    }
    long without = least;
    long step = 1;
    long with = most;
    boolean found = false;
    while (without < most && (!found || with - without > 1)) {
      long next = found ? without + (with - without) / 2 : Math.min(most, without + step);
      switch (judge.apply(next)) {
        case Verdict.Valid _ -> {
          found = true;
          with = next;
        }
        case Verdict.Invalid _ -> without = next;
        case Verdict.Unknown unknown -> {
          return new Measure.Undecided(without + 1, LevelVerdict.Reason.of(unknown.cause()));
        }
      }
      step *= 2;
    }
    return found ? new Measure.Exactly(with) : new Measure.Never();
  }
}
