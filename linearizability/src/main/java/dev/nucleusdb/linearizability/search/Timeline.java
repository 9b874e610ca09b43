package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import java.util.Arrays;
import java.util.List;

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

  /// By number, in order of invocation.
  final Operation[] operations;

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
    Kept kept = new Kept(required.size() + others.size());
    for (Operation operation : required) {
      if (operation.outcome() != Outcome.FAILED) {
        int number = transitions.numberOf(operation.action());
        boolean observing = transitions.observesOnly(number);
        if (!observing || operation.outcome() != Outcome.UNKNOWN) {
          kept.add(operation, number, options.greedy() && observing, false);
        }
      }
    }
    for (Operation operation : others) {
      if (operation.outcome() != Outcome.FAILED) {
        int number = transitions.numberOf(operation.action());
        if (!transitions.observesOnly(number)) {
          kept.add(operation, number, false, true);
        }
      }
    }
    int count = kept.count;
    int[] order = kept.byInvocation();
    operations = new Operation[count];
    action = new int[count];
    observesOnly = new boolean[count];
    optional = new boolean[count];
    for (int number = 0; number < count; number++) {
      operations[number] = kept.operations[order[number]];
      action[number] = kept.action[order[number]];
      observesOnly[number] = kept.observesOnly[order[number]];
      optional[number] = kept.optional[order[number]];
    }
    int[] returns = returnsInOrder();
    returnCount = returns.length;
    returnRank = new int[count];
    for (int rank = 0; rank < returnCount; rank++) {
      returnRank[returns[rank]] = rank;
    }
    events = merge(operations, returns);
    slot = new int[count];
    slotCount = assignSlots();
    classOf = new int[count];
    members = assignClasses(options.symmetry());
  }

  /// The operations that take part, as they were given.
  private static final class Kept {
    final Operation[] operations;
    final int[] action;
    final boolean[] observesOnly;
    final boolean[] optional;
    int count;

    Kept(int capacity) {
      operations = new Operation[capacity];
      action = new int[capacity];
      observesOnly = new boolean[capacity];
      optional = new boolean[capacity];
    }

    void add(Operation operation, int actionNumber, boolean observing, boolean mayBeSkipped) {
      operations[count] = operation;
      action[count] = actionNumber;
      observesOnly[count] = observing;
      optional[count++] = mayBeSkipped;
    }

    /// Their places, by time of invocation and then by index.
    int[] byInvocation() {
      int[] order = new int[count];
      long[] times = new long[count];
      for (int place = 0; place < count; place++) {
        order[place] = place;
        times[place] = operations[place].invokeTime();
      }
      sort(order, times, operations);
      return order;
    }
  }

  private static void sort(int[] numbers, long[] times, Operation[] operations) {
    long[] indices = new long[times.length];
    for (int number : numbers) {
      indices[number] = operations[number].index();
    }
    TimeOrder.sort(numbers, indices);
    TimeOrder.sort(numbers, times);
  }

  static boolean isReturn(int event) {
    return (event & 1) == 1;
  }

  static int operationOf(int event) {
    return event >> 1;
  }

  private int[] returnsInOrder() {
    int[] returns = new int[operations.length];
    long[] times = new long[operations.length];
    int count = 0;
    for (int number = 0; number < operations.length; number++) {
      if (operations[number].outcome() == Outcome.OK) {
        returns[count++] = number;
        times[number] = operations[number].returnTime();
      }
    }
    int[] sorted = Arrays.copyOf(returns, count);
    sort(sorted, times, operations);
    return sorted;
  }

  private static int[] merge(Operation[] operations, int[] returns) {
    int[] events = new int[operations.length + returns.length];
    int invoked = 0;
    int returned = 0;
    while (invoked < operations.length || returned < returns.length) {
      boolean invocationNext =
          returned == returns.length
              || (invoked < operations.length
                  && operations[invoked].invokeTime()
                      <= operations[returns[returned]].returnTime());
      events[invoked + returned] = invocationNext ? 2 * invoked : 2 * returns[returned] + 1;
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
      } else if (operations[operation].outcome() == Outcome.UNKNOWN) {
        slot[operation] = NO_SLOT;
      } else {
        slot[operation] = freeCount > 0 ? free[--freeCount] : slots++;
      }
    }
    return slots;
  }

  private int[][] assignClasses(boolean symmetry) {
    int[] classOfName = new int[symmetry ? 1 + Arrays.stream(action).max().orElse(0) : 0];
    Arrays.fill(classOfName, NO_SLOT);
    int[] sizes = new int[operations.length];
    int classes = 0;
    for (int number = 0; number < operations.length; number++) {
      if (slot[number] == NO_SLOT) {
        int known = symmetry ? classOfName[action[number]] : NO_SLOT;
        classOf[number] = known == NO_SLOT ? classes++ : known;
        if (symmetry) {
          classOfName[action[number]] = classOf[number];
        }
        sizes[classOf[number]]++;
      }
    }
    int[][] grouped = new int[classes][];
    for (int number = operations.length - 1; number >= 0; number--) {
      if (slot[number] == NO_SLOT) {
        int name = classOf[number];
        if (grouped[name] == null) {
          grouped[name] = new int[sizes[name]];
        }
        grouped[name][--sizes[name]] = number;
      }
    }
    return grouped;
  }
}
