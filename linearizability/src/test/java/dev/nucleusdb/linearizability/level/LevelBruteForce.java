package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The definitions of the levels, tried out: every way in which updates may have been seen, every
/// order of every view, no memory, no reduction.
final class LevelBruteForce<S> {
  private static final int NOTHING = -2;
  private static final int INITIAL = -1;

  private final Model<S> model;
  private final Value initialValue;
  private final List<Operation> operations = new ArrayList<>();

  /// By operation, the update that it saw.
  private int[] seen = new int[0];

  LevelBruteForce(Model<S> model, List<Operation> history) {
    this.model = model;
    this.initialValue = model.initial() instanceof Value value ? value : Value.UNRECORDED;
    for (Operation operation : history) {
      boolean crashedRead =
          operation.outcome() == Outcome.UNKNOWN && model.observesOnly(operation.action());
      if (operation.outcome() != Outcome.FAILED && !crashedRead) {
        operations.add(operation);
      }
    }
  }

  /// Whether a level holds, linearizability aside.
  boolean holds(Level level) {
    return holds(List.of(level));
  }

  /// Whether one client has a view, at a level that does not ask who was seen.
  boolean holdsFor(Level level, long process) {
    seen = new int[operations.size()];
    return hasView(List.of(level), process);
  }

  /// Whether several levels hold by the same views.
  boolean holds(Collection<Level> levels) {
    seen = new int[operations.size()];
    boolean asked = levels.contains(Level.CAUSAL) || levels.contains(Level.WRITES_FOLLOW_READS);
    return asked ? holdsForSomeSeen(levels, 0) : allViews(levels);
  }

  private boolean holdsForSomeSeen(Collection<Level> levels, int operation) {
    if (operation == operations.size()) {
      return allViews(levels);
    }
    Action action = operations.get(operation).action();
    Value value = seenBy(action);
    if (operations.get(operation).outcome() != Outcome.OK || value == null) {
      seen[operation] = NOTHING;
      return holdsForSomeSeen(levels, operation + 1);
    }
    for (int writer = INITIAL; writer < operations.size(); writer++) {
      boolean possible =
          writer == INITIAL
              ? value.equals(initialValue)
              : sameObject(writer, operation) && value.equals(writtenBy(writer));
      if (possible) {
        seen[operation] = writer;
        if (holdsForSomeSeen(levels, operation + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Value seenBy(Action action) {
    return switch (action.function()) {
      case "read", "get" -> action.result().equals(Value.UNRECORDED) ? null : action.result();
      case "cas" -> action.result().equals(Value.TRUE) ? action.argument(0) : null;
      default -> null;
    };
  }

  private @Nullable Value writtenBy(int operation) {
    Action action = operations.get(operation).action();
    if (!updates(operation)) {
      return null;
    }
    return switch (action.function()) {
      case "write", "put" -> action.argument(0);
      case "delete" -> Value.ABSENT;
      case "cas" -> action.argument(1);
      default -> null;
    };
  }

  private boolean sameObject(int one, int other) {
    return model
        .partition(operations.get(one).action())
        .equals(model.partition(operations.get(other).action()));
  }

  private boolean updates(int operation) {
    return !model.observesOnly(operations.get(operation).action());
  }

  private boolean observes(int operation) {
    return !operations.get(operation).action().result().equals(Value.UNRECORDED);
  }

  private boolean completed(int operation) {
    return operations.get(operation).outcome() == Outcome.OK;
  }

  private boolean inProgram(int one, int other) {
    Operation first = operations.get(one);
    Operation second = operations.get(other);
    return first.process() == second.process()
        && completed(one)
        && first.returnTime() < second.invokeTime();
  }

  private boolean allViews(Collection<Level> levels) {
    if (levels.contains(Level.SEQUENTIAL)) {
      return hasView(levels, null);
    }
    Set<Long> processes = new LinkedHashSet<>();
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.OK) {
        processes.add(operation.process());
      }
    }
    return processes.stream().allMatch(process -> hasView(levels, process));
  }

  private boolean hasView(Collection<Level> levels, @Nullable Long process) {
    int count = operations.size();
    boolean[][] before = new boolean[count][count];
    for (int one = 0; one < count; one++) {
      for (int other = 0; other < count; other++) {
        for (Level level : levels) {
          before[one][other] |= precedes(level, one, other, process);
        }
      }
    }
    for (int middle = 0; middle < count; middle++) {
      for (int one = 0; one < count; one++) {
        for (int other = 0; other < count; other++) {
          before[one][other] |= before[one][middle] && before[middle][other];
        }
      }
    }
    for (int one = 0; one < count; one++) {
      if (before[one][one]) {
        return false;
      }
    }
    boolean asked = levels.contains(Level.CAUSAL) || levels.contains(Level.WRITES_FOLLOW_READS);
    boolean[] required = new boolean[count];
    boolean[] pending = new boolean[count];
    for (int operation = 0; operation < count; operation++) {
      boolean own = process == null || operations.get(operation).process() == process;
      pending[operation] = own || updates(operation);
      required[operation] = pending[operation] && completed(operation);
    }
    for (int operation = 0; operation < count && asked; operation++) {
      if (seen[operation] >= 0) {
        required[seen[operation]] = true;
      }
    }
    return extend(before, required, pending, new LinkedHashMap<>());
  }

  private boolean precedes(Level level, int one, int other, @Nullable Long process) {
    boolean own =
        process != null
            && operations.get(one).process() == process
            && operations.get(other).process() == process;
    return switch (level) {
      case LINEARIZABLE -> throw new IllegalArgumentException();
      case SEQUENTIAL, PRAM -> inProgram(one, other);
      case CAUSAL -> inProgram(one, other) || seen[other] == one;
      case READ_YOUR_WRITES -> own && inProgram(one, other) && updates(one) && observes(other);
      case MONOTONIC_READS -> own && inProgram(one, other) && observes(one) && observes(other);
      case MONOTONIC_WRITES -> inProgram(one, other) && updates(one) && updates(other);
      case WRITES_FOLLOW_READS -> {
        boolean follows = false;
        for (int reader = 0; reader < operations.size(); reader++) {
          follows |= seen[reader] == one && inProgram(reader, other) && updates(other);
        }
        yield follows;
      }
    };
  }

  private boolean extend(
      boolean[][] before, boolean[] required, boolean[] pending, Map<Value, S> states) {
    boolean complete = true;
    for (int operation = 0; operation < pending.length; operation++) {
      complete &= !(pending[operation] && required[operation]);
    }
    for (int next = 0; next < pending.length && !complete; next++) {
      boolean ready = pending[next];
      for (int earlier = 0; earlier < pending.length; earlier++) {
        ready &= !(pending[earlier] && required[earlier] && before[earlier][next]);
      }
      Value object = model.partition(operations.get(next).action());
      S state = states.getOrDefault(object, model.initial());
      S after = ready ? model.step(state, operations.get(next).action()) : null;
      if (after != null) {
        pending[next] = false;
        Map<Value, S> changed = new LinkedHashMap<>(states);
        changed.put(object, after);
        complete = extend(before, required, pending, changed);
        pending[next] = true;
      }
    }
    return complete;
  }
}
