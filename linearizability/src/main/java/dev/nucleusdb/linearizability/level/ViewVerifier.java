package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Replays views against the definition of their level, pair by pair. It shares no code with what
/// found them, so that a bug there cannot hide here.
public final class ViewVerifier<S> {
  private final Model<S> each;
  private final List<Operation> history;
  private final SeenOrder seenOrder;

  /// @param model the model of the history's objects
  public ViewVerifier(Model<S> model, List<Operation> history) {
    this.each = model.fittedTo(history);
    this.history = List.copyOf(history);
    this.seenOrder = new SeenOrder(each, history);
  }

  /// Looks for a flaw in views that should prove a level: a client without one, an operation
  /// missing, doubled or foreign, a step that the model forbids, or two operations against the
  /// level's order. Empty if there is none.
  ///
  /// Causal memory and writes that follow reads ask who was seen. That is looked at where a value
  /// tells, as of registers whose values were written once; of the rest, only what holds whichever
  /// update was seen.
  public Optional<String> findFlaw(Level level, List<View> views) {
    Set<Long> unseen = new LinkedHashSet<>();
    for (Operation operation : history) {
      if (operation.outcome() == Outcome.OK) {
        unseen.add(operation.process());
      }
    }
    for (View view : views) {
      Optional<String> flaw =
          flawOfParts(view)
              .or(() -> replay(view.order()))
              .or(() -> flawOfOrder(level, view))
              .or(() -> seenOrder.findFlaw(level, view));
      if (flaw.isPresent()) {
        return flaw;
      }
      view.process().ifPresentOrElse(unseen::remove, unseen::clear);
    }
    return unseen.stream().findFirst().map(process -> "process " + process + " has no view");
  }

  private boolean updates(Operation operation) {
    return !each.observesOnly(operation.action());
  }

  private static boolean isOwn(View view, Operation operation) {
    return view.process().isEmpty() || view.process().getAsLong() == operation.process();
  }

  private Optional<String> flawOfParts(View view) {
    TreeMap<Integer, Operation> missing = new TreeMap<>();
    history.forEach(operation -> missing.put(operation.index(), operation));
    for (Operation operation : view.order()) {
      if (!operation.equals(missing.remove(operation.index()))) {
        return Optional.of("doubled or foreign: " + operation);
      }
      if (operation.outcome() == Outcome.FAILED) {
        return Optional.of("failed, and yet placed: " + operation);
      }
      if (!updates(operation) && !isOwn(view, operation)) {
        return Optional.of("of no concern to this client: " + operation);
      }
    }
    for (Operation operation : missing.values()) {
      boolean needed = updates(operation) || isOwn(view, operation);
      if (operation.outcome() == Outcome.OK && needed) {
        return Optional.of("missing: " + operation);
      }
    }
    return Optional.empty();
  }

  private Optional<String> replay(List<Operation> order) {
    Map<Value, S> states = new LinkedHashMap<>();
    for (Operation operation : order) {
      Value object = each.partition(operation.action());
      S before = states.getOrDefault(object, each.initial());
      @Nullable S after = each.step(before, operation.action());
      if (after == null) {
        return Optional.of("not legal in state " + before + ": " + operation);
      }
      states.put(object, after);
    }
    return Optional.empty();
  }

  /// Along the order, the latest invocation of each client's operations that something must come
  /// before: whatever must, and returned before that invocation, comes too late.
  private Optional<String> flawOfOrder(Level level, View view) {
    Map<Long, Operation> latest = new LinkedHashMap<>();
    for (Operation operation : view.order()) {
      if (concernsOwn(level) && !isOwn(view, operation)) {
        continue;
      }
      Operation behind = latest.get(operation.process());
      boolean late = behind != null && operation.returnTime() < behind.invokeTime();
      if (late && comesFirst(level, operation)) {
        return Optional.of("must come before " + behind + " and comes later: " + operation);
      }
      boolean later = behind == null || behind.invokeTime() < operation.invokeTime();
      if (later && comesSecond(level, operation)) {
        latest.put(operation.process(), operation);
      }
    }
    return Optional.empty();
  }

  /// Whether a level orders a client's operations in its own view alone.
  private static boolean concernsOwn(Level level) {
    return level == Level.READ_YOUR_WRITES || level == Level.MONOTONIC_READS;
  }

  private boolean comesFirst(Level level, Operation operation) {
    return switch (level) {
      case LINEARIZABLE, SEQUENTIAL, CAUSAL, PRAM -> true;
      case READ_YOUR_WRITES, MONOTONIC_WRITES -> updates(operation);
      case MONOTONIC_READS -> observes(operation);
      case WRITES_FOLLOW_READS -> false;
    };
  }

  private boolean comesSecond(Level level, Operation operation) {
    return switch (level) {
      case LINEARIZABLE, SEQUENTIAL, CAUSAL, PRAM -> true;
      case MONOTONIC_WRITES -> updates(operation);
      case MONOTONIC_READS, READ_YOUR_WRITES -> observes(operation);
      case WRITES_FOLLOW_READS -> false;
    };
  }

  private static boolean observes(Operation operation) {
    return !operation.action().result().equals(Value.UNRECORDED);
  }
}
