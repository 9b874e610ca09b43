package dev.nucleusdb.linearizability.stream;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Transitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configurations that one object may be in, carried from return to return (just-in-time
/// linearization, Lowe 2017). An operation takes effect no earlier than a return asks for it:
///
/// ```
///   at the return of a:   a has been placed ──────────────────────────► stays
///                         not yet ─┬─ place a ────────────────────────► stays
///                                  └─ place b or a crashed one, then a ► stays
///                         no way to place a ──────────────────────────► is dropped
/// ```
///
/// Operations that only observe are placed as soon as they may be, and crashed operations of one
/// action are interchangeable; of two configurations that differ in the crashed operations that
/// they used, the more frugal one stays.
final class Frontier<S> {
  private static final int FREE = -1;
  private static final int CLOCK_INTERVAL = 256;

  /// From how many states on the numbers of states and steps are made anew.
  private static final int RENUMBER_FROM = 4_096;

  private final Model<S> model;
  private final Limits limits;
  private Transitions<S> transitions;
  private int renumberAt = RENUMBER_FROM;

  private Operation[] inSlot = new Operation[Long.SIZE];
  private int[] actionInSlot = free(Long.SIZE);
  private boolean[] observes = new boolean[Long.SIZE];
  private int slotEnd;
  private int words = 1;

  /// By number of an action, its class. Never iterated.
  private final Map<Integer, Integer> classOfAction = new LinkedHashMap<>();

  /// By class, the crashed operations that may still take effect and the number of their action.
  private final List<Deque<Operation>> crashed = new ArrayList<>();

  private final List<Integer> actionOfClass = new ArrayList<>();

  private List<Configuration> configurations = new ArrayList<>();
  private long expanded;
  private Verdict.@Nullable Cause limit;

  Frontier(Model<S> model, Limits limits) {
    this.model = model;
    this.limits = limits;
    this.transitions = new Transitions<>(model, List.of());
    configurations.add(Configuration.initial(transitions.numberOfState(model.initial())));
  }

  /// How many configurations there are.
  int size() {
    return configurations.size();
  }

  /// How many have been made so far.
  long expanded() {
    return expanded;
  }

  /// The limit that stopped it, if one did.
  Verdict.@Nullable Cause limit() {
    return limit;
  }

  /// The states that the object may be in.
  List<S> states() {
    return configurations.stream().map(one -> transitions.state(one.state)).distinct().toList();
  }

  /// An operation begins of which it is known by now how it will end.
  void invoke(Operation operation) {
    int action = transitions.numberOf(operation.action());
    boolean observing = transitions.observesOnly(action);
    if (operation.outcome() == Outcome.UNKNOWN) {
      if (!observing) {
        crashed.get(classOf(action)).add(operation);
      }
      return;
    }
    int slot = freeSlot();
    inSlot[slot] = operation;
    actionInSlot[slot] = action;
    observes[slot] = observing;
    if (observing) {
      configurations.replaceAll(one ->
          transitions.step(one.state, action) == Transitions.ILLEGAL
              ? one
              : one.placing(slot, one.state));
    }
  }

  /// An operation returns. False if no configuration is left or a limit was reached; then the
  /// frontier stays as it was.
  boolean complete(Operation operation) {
    int slot = slotOf(operation);
    Configurations next = new Configurations();
    Configurations seen = new Configurations();
    Deque<Configuration> todo = new ArrayDeque<>();
    for (Configuration one : configurations) {
      if (one.hasPlaced(slot)) {
        next.add(one.without(slot));
      } else if (seen.add(one)) {
        todo.add(one);
      }
    }
    while (!todo.isEmpty()) {
      expand(todo.removeLast(), slot, next, seen, todo);
      if (isOverLimit(next, seen)) {
        return false;
      }
    }
    if (next.size() == 0) {
      return false;
    }
    configurations = next.list();
    actionInSlot[slot] = FREE;
    if (transitions.stateCount() > renumberAt) {
      renumber();
    }
    return true;
  }

  private void expand(
      Configuration from,
      int wanted,
      Configurations next,
      Configurations seen,
      Deque<Configuration> todo) {
    for (int slot = 0; slot < slotEnd; slot++) {
      if (actionInSlot[slot] != FREE && !from.hasPlaced(slot)) {
        int state = transitions.step(from.state, actionInSlot[slot]);
        if (state != Transitions.ILLEGAL) {
          reach(observing(from.placing(slot, state)), wanted, next, seen, todo);
        }
      }
    }
    for (int number = 0; number < actionOfClass.size(); number++) {
      if (from.usedOf(number) < crashed.get(number).size()) {
        int state = transitions.step(from.state, actionOfClass.get(number));
        if (state != Transitions.ILLEGAL && state != from.state) {
          reach(observing(from.using(number, state)), wanted, next, seen, todo);
        }
      }
    }
  }

  private void reach(
      Configuration reached,
      int wanted,
      Configurations next,
      Configurations seen,
      Deque<Configuration> todo) {
    expanded++;
    if (reached.hasPlaced(wanted)) {
      next.add(reached.without(wanted));
    } else if (seen.add(reached)) {
      todo.add(reached);
    }
  }

  /// The same with all open operations placed that only observe and may be.
  private Configuration observing(Configuration from) {
    Configuration reached = from;
    for (int slot = 0; slot < slotEnd; slot++) {
      if (observes[slot]
          && actionInSlot[slot] != FREE
          && !reached.hasPlaced(slot)
          && transitions.step(reached.state, actionInSlot[slot]) != Transitions.ILLEGAL) {
        reached = reached.placing(slot, reached.state);
      }
    }
    return reached;
  }

  private boolean isOverLimit(Configurations next, Configurations seen) {
    if ((long) next.size() + seen.size() > limits.maxConfigurations()) {
      limit = Verdict.Cause.CONFIGURATIONS;
    } else if (next.bytes() + seen.bytes() > limits.maxBytes()) {
      limit = Verdict.Cause.MEMORY;
    } else if (expanded % CLOCK_INTERVAL == 0 && limits.deadlinePassed()) {
      limit = Verdict.Cause.DEADLINE;
    }
    return limit != null;
  }

  /// What is left of the past if there is one configuration alone: its state, and the operations
  /// that are open and have not taken effect. Crashed operations that have are dropped.
  Settled<S> settle() {
    Configuration only = configurations.getFirst();
    List<Operation> open = new ArrayList<>();
    for (int number = 0; number < crashed.size(); number++) {
      for (int used = only.usedOf(number); used > 0; used--) {
        crashed.get(number).removeFirst();
      }
      open.addAll(crashed.get(number));
    }
    crashed.removeIf(Deque::isEmpty);
    actionOfClass.subList(crashed.size(), actionOfClass.size()).clear();
    configurations.set(0, only.settled());
    for (int slot = 0; slot < slotEnd; slot++) {
      if (actionInSlot[slot] != FREE && !only.hasPlaced(slot)) {
        open.add(inSlot[slot]);
      }
    }
    renumber();
    return new Settled<>(transitions.state(configurations.getFirst().state), open);
  }

  /// How many operations a settled past would keep at most.
  int openCount() {
    int count = slotEnd;
    for (Deque<Operation> alike : crashed) {
      count += alike.size();
    }
    return count;
  }

  /// What is left of a past.
  ///
  /// @param state the state that the object is in
  /// @param open operations that have not taken effect, and may or must
  record Settled<S>(S state, List<Operation> open) {}

  /// Forgets the states and steps that nobody is in or will take.
  private void renumber() {
    Transitions<S> fewer = new Transitions<>(model, List.of());
    configurations.replaceAll(
        one -> one.renumbered(fewer.numberOfState(transitions.state(one.state))));
    for (int slot = 0; slot < slotEnd; slot++) {
      if (actionInSlot[slot] != FREE) {
        actionInSlot[slot] = fewer.numberOf(inSlot[slot].action());
      }
    }
    classOfAction.clear();
    for (int number = 0; number < crashed.size(); number++) {
      int action = fewer.numberOf(crashed.get(number).getFirst().action());
      actionOfClass.set(number, action);
      classOfAction.put(action, number);
    }
    transitions = fewer;
    renumberAt = Math.max(RENUMBER_FROM, 2 * fewer.stateCount());
  }

  private int classOf(int action) {
    Integer known = classOfAction.putIfAbsent(action, crashed.size());
    if (known != null) {
      return known;
    }
    crashed.add(new ArrayDeque<>());
    actionOfClass.add(action);
    return crashed.size() - 1;
  }

  private int slotOf(Operation operation) {
    for (int slot = 0; slot < slotEnd; slot++) {
      if (actionInSlot[slot] != FREE && inSlot[slot].index() == operation.index()) {
        return slot;
      }
    }
    throw new IllegalStateException("not open: " + operation);
  }

  private int freeSlot() {
    for (int slot = 0; slot < slotEnd; slot++) {
      if (actionInSlot[slot] == FREE) {
        return slot;
      }
    }
    if (slotEnd == actionInSlot.length) {
      words *= 2;
      inSlot = Arrays.copyOf(inSlot, words * Long.SIZE);
      actionInSlot = Arrays.copyOf(actionInSlot, words * Long.SIZE);
      observes = Arrays.copyOf(observes, words * Long.SIZE);
      configurations.replaceAll(one -> one.widened(words));
    }
    return slotEnd++;
  }

  private static int[] free(int count) {
    int[] free = new int[count];
    Arrays.fill(free, FREE);
    return free;
  }
}
