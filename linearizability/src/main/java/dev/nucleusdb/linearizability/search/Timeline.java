package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The operations of one object as a row of numbered events, ready for the search.
///
/// Operations that must be placed (OK) get a *slot* while they are open, re-used after their
/// return, so that a set of them is a few bits however long the history is. Crashed operations
/// (UNKNOWN) never return and get no slot; they belong to a *class* of one action. An operation may
/// also be *optional*: it has its slot and its return, but the search may skip it. Failed ones are
/// left out, and so are crashed and optional ones that only observe: they bind nothing.
///
/// ```
///   events:  inv a   inv b   ret a   inv c~   inv d   ret b   ret d
///   slot:    a=0     b=1             (class)  d=0
/// ```
///
/// Invocations come before returns of the same time, because intervals are closed.
public final class Timeline {
  /// Slot of an operation that never returns.
  static final int NO_SLOT = -1;

  private static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);
  private static final Comparator<Operation> BY_RETURN =
      Comparator.comparingLong(Operation::returnTime).thenComparingInt(Operation::index);

  /// By number, in order of invocation.
  final List<Operation> operations;

  /// Operation number times two, plus one if it is a return.
  final int[] events;

  /// By operation.
  final int[] action;

  final int[] slot;
  final int[] classOf;
  final boolean[] observesOnly;

  /// By operation: whether it may be skipped although it has a slot.
  final boolean[] optional;

  /// By operation: its rank among the returns, for comparing who returns first.
  final int[] returnRank;

  /// By class: its operations in order of invocation.
  final int[][] members;

  final int slotCount;

  /// How many operations returned.
  public final int returnCount;

  /// @param required operations that happened, or may have if they crashed
  /// @param others more operations, which may all be skipped
  public Timeline(
      List<Operation> required,
      List<Operation> others,
      Transitions<?> transitions,
      SearchOptions options) {
    operations = new ArrayList<>();
    for (Operation operation : required) {
      boolean crashed = operation.outcome() == Outcome.UNKNOWN;
      if (operation.outcome() != Outcome.FAILED && !(crashed && observes(operation, transitions))) {
        operations.add(operation);
      }
    }
    Set<Integer> optionalIndices = new LinkedHashSet<>();
    for (Operation operation : others) {
      if (operation.outcome() != Outcome.FAILED && !observes(operation, transitions)) {
        operations.add(operation);
        optionalIndices.add(operation.index());
      }
    }
    operations.sort(BY_INVOCATION);
    int count = operations.size();
    action = new int[count];
    observesOnly = new boolean[count];
    optional = new boolean[count];
    for (int number = 0; number < count; number++) {
      action[number] = transitions.numberOf(operations.get(number).action());
      optional[number] = optionalIndices.contains(operations.get(number).index());
      observesOnly[number] = options.greedy() && transitions.observesOnly(action[number]);
    }
    List<Integer> returns = returnsInOrder(operations);
    returnCount = returns.size();
    returnRank = new int[count];
    for (int rank = 0; rank < returnCount; rank++) {
      returnRank[returns.get(rank)] = rank;
    }
    events = merge(operations, returns);
    slot = new int[count];
    slotCount = assignSlots();
    classOf = new int[count];
    members = assignClasses(options.symmetry());
  }

  private static boolean observes(Operation operation, Transitions<?> transitions) {
    return transitions.observesOnly(transitions.numberOf(operation.action()));
  }

  static boolean isReturn(int event) {
    return (event & 1) == 1;
  }

  static int operationOf(int event) {
    return event >> 1;
  }

  private static List<Integer> returnsInOrder(List<Operation> operations) {
    List<Integer> returns = new ArrayList<>();
    for (int number = 0; number < operations.size(); number++) {
      if (operations.get(number).outcome() == Outcome.OK) {
        returns.add(number);
      }
    }
    returns.sort((one, other) -> BY_RETURN.compare(operations.get(one), operations.get(other)));
    return returns;
  }

  private static int[] merge(List<Operation> operations, List<Integer> returns) {
    int[] events = new int[operations.size() + returns.size()];
    int invoked = 0;
    int returned = 0;
    while (invoked < operations.size() || returned < returns.size()) {
      boolean invocationNext =
          returned == returns.size()
              || (invoked < operations.size()
                  && operations.get(invoked).invokeTime()
                      <= operations.get(returns.get(returned)).returnTime());
      events[invoked + returned] = invocationNext ? 2 * invoked : 2 * returns.get(returned) + 1;
      if (invocationNext) {
        invoked++;
      } else {
        returned++;
      }
    }
    return events;
  }

  private int assignSlots() {
    int[] free = new int[returnCount];
    int freeCount = 0;
    int slots = 0;
    for (int event : events) {
      int operation = operationOf(event);
      if (isReturn(event)) {
        free[freeCount++] = slot[operation];
      } else if (operations.get(operation).outcome() == Outcome.UNKNOWN) {
        slot[operation] = NO_SLOT;
      } else {
        slot[operation] = freeCount > 0 ? free[--freeCount] : slots++;
      }
    }
    return slots;
  }

  private int[][] assignClasses(boolean symmetry) {
    Map<Integer, List<Integer>> classes = new LinkedHashMap<>();
    for (int number = 0; number < operations.size(); number++) {
      if (slot[number] == NO_SLOT) {
        int name = symmetry ? action[number] : number;
        classes.computeIfAbsent(name, _ -> new ArrayList<>()).add(number);
      }
    }
    int[][] grouped = new int[classes.size()][];
    int next = 0;
    for (List<Integer> group : classes.values()) {
      grouped[next] = group.stream().mapToInt(Integer::intValue).toArray();
      for (int number : grouped[next]) {
        classOf[number] = next;
      }
      next++;
    }
    return grouped;
  }
}
