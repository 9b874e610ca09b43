package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The search for an order: depth first over configurations, each visited once (Wing and Gong 1993;
/// Lowe 2017), placing operations only when a return forces it.
///
/// A configuration stands at the return of an operation that has not been placed. From there, any
/// open operation may be placed next:
///
/// ```
///   row of longs:  | position, state | slots placed … | UsedCounts … |
///
///   blocked at ret a ─┬─ place a ──► walk on to the next return that blocks
///                     ├─ place b ──► still at ret a, in another state
///                     ├─ place one of a crashed class
///                     └─ skip a, if a is optional
/// ```
///
/// The search succeeds when it walks past the last event. If it fails, the furthest return that
/// ever blocked it ends the shortest bad prefix, for no configuration got past it.
final class Search<S> {
  /// How a search ended.
  enum Result {
    FOUND,
    EXHAUSTED,
    OUT_OF_CONFIGURATIONS,
    OUT_OF_TIME
  }

  private static final int INITIAL_DEPTH = 64;

  /// How many configurations pass between two looks at the clock.
  private static final int CLOCK_INTERVAL = 1024;

  private final Timeline timeline;
  private final Transitions<S> transitions;
  private final boolean symmetry;
  private final OpenOperations open;
  private final UsedCounts usedCounts;
  private final VisitedConfigurations visited;
  private final int usedOffset;
  private final int rowWords;

  /// The configuration that is being made.
  private final long[] current;

  private int currentState;

  /// The stack: for each depth a configuration, the next choice to try, and how many operations
  /// were placed before it.
  private long[] stack;

  private int[] nextChoice = new int[INITIAL_DEPTH];
  private int[] placedBefore = new int[INITIAL_DEPTH];
  private int depth;

  private final int[] placed;
  private int placedCount;
  private long configurations;
  private int furthest = -1;
  private final BitSet furthestStates = new BitSet();

  Search(Timeline timeline, Transitions<S> transitions, Reductions reductions) {
    this.timeline = timeline;
    this.transitions = transitions;
    this.symmetry = reductions.symmetry();
    this.open = new OpenOperations(timeline);
    this.usedCounts = new UsedCounts(timeline.members);
    this.usedOffset = 1 + (timeline.slotCount + Long.SIZE - 1) / Long.SIZE;
    this.rowWords = usedOffset + usedCounts.wordCount();
    this.visited = new VisitedConfigurations(usedOffset, usedCounts, reductions.dominance());
    this.current = new long[rowWords];
    this.stack = new long[INITIAL_DEPTH * rowWords];
    this.placed = new int[timeline.operations.size()];
  }

  /// Searches once.
  Result run(Limits limits) {
    currentState = Transitions.INITIAL_STATE;
    if (walk()) {
      return Result.FOUND;
    }
    push();
    while (depth > 0) {
      if (!placeNextChoice()) {
        depth--;
      } else if (walk()) {
        return Result.FOUND;
      } else if (configurations >= limits.maxConfigurations()) {
        return Result.OUT_OF_CONFIGURATIONS;
      } else if (push() && configurations % CLOCK_INTERVAL == 0 && limits.deadlinePassed()) {
        return Result.OUT_OF_TIME;
      }
    }
    return Result.EXHAUSTED;
  }

  long configurations() {
    return configurations;
  }

  /// After [Result#FOUND]: the operations in the order found.
  List<Operation> order() {
    List<Operation> order = new ArrayList<>();
    for (int place = 0; place < placedCount; place++) {
      order.add(timeline.operations.get(placed[place]));
    }
    return order;
  }

  /// The operation whose return no configuration got past, or null if none ever blocked.
  @Nullable Operation furthestBlocked() {
    return furthest < 0
        ? null
        : timeline.operations.get(Timeline.operationOf(timeline.events[furthest]));
  }

  /// How many returns some configuration got past.
  int passedReturns() {
    return furthest < 0 ? 0 : timeline.returnRank[Timeline.operationOf(timeline.events[furthest])];
  }

  /// The states of the configurations at the furthest return.
  List<S> furthestStates() {
    return furthestStates.stream().mapToObj(transitions::state).toList();
  }

  /// Walks over events until the return of an operation that has not been placed; true if there is
  /// none.
  private boolean walk() {
    while (open.position() < timeline.events.length) {
      int event = timeline.events[open.position()];
      int operation = Timeline.operationOf(event);
      int slot = timeline.slot[operation];
      if (Timeline.isReturn(event)) {
        if (!isPlaced(slot)) {
          return false;
        }
        current[1 + slot / Long.SIZE] &= ~(1L << slot);
      } else if (slot != Timeline.NO_SLOT && observesNow(operation)) {
        place(operation);
      }
      open.forward();
    }
    return true;
  }

  /// Puts the current configuration on the stack, unless it has been visited.
  private boolean push() {
    int position = open.position();
    current[0] = ((long) position << Integer.SIZE) | currentState;
    if (!visited.add(current)) {
      return false;
    }
    configurations++;
    if (position >= furthest) {
      if (position > furthest) {
        furthest = position;
        furthestStates.clear();
      }
      furthestStates.set(currentState);
    }
    if (depth == nextChoice.length) {
      stack = Arrays.copyOf(stack, 2 * stack.length);
      nextChoice = Arrays.copyOf(nextChoice, 2 * depth);
      placedBefore = Arrays.copyOf(placedBefore, 2 * depth);
    }
    System.arraycopy(current, 0, stack, depth * rowWords, rowWords);
    nextChoice[depth] = 0;
    placedBefore[depth] = placedCount;
    depth++;
    return true;
  }

  /// Goes back to the top of the stack and makes its next choice; false if there is none left.
  ///
  /// Choices are numbered: first the operation whose return blocks, then the slots, then the
  /// crashed classes, and last to skip the operation whose return blocks.
  private boolean placeNextChoice() {
    int top = depth - 1;
    int skip = 1 + timeline.slotCount + timeline.members.length;
    int choices = skip + 1;
    if (nextChoice[top] == choices) {
      return false;
    }
    restore(top);
    while (nextChoice[top] < choices) {
      int choice = nextChoice[top]++;
      if (choice == skip) {
        return skipBlocked();
      } else if (choice > timeline.slotCount) {
        if (placeCrashed(choice - 1 - timeline.slotCount)) {
          return true;
        }
      } else if (placeOpen(choice)) {
        return true;
      }
    }
    return false;
  }

  private boolean skipBlocked() {
    int blocked = Timeline.operationOf(timeline.events[open.position()]);
    if (timeline.optional[blocked]) {
      mark(timeline.slot[blocked]);
      return true;
    }
    return false;
  }

  private void restore(int top) {
    System.arraycopy(stack, top * rowWords, current, 0, rowWords);
    open.backTo((int) (current[0] >>> Integer.SIZE));
    currentState = (int) current[0];
    placedCount = placedBefore[top];
  }

  private boolean placeOpen(int choice) {
    int blocked = Timeline.operationOf(timeline.events[open.position()]);
    int operation = choice == 0 ? blocked : open.inSlot(choice - 1);
    if (operation == OpenOperations.NONE
        || (choice > 0 && operation == blocked)
        || timeline.observesOnly[operation]
        || isPlaced(timeline.slot[operation])) {
      return false;
    }
    int next = transitions.step(currentState, timeline.action[operation]);
    if (next == Transitions.ILLEGAL || (symmetry && hasEarlierTwin(operation))) {
      return false;
    }
    place(operation);
    enter(next);
    return true;
  }

  /// Whether an open operation of the same action returns earlier. One that may be skipped is no
  /// twin of one that may not: they could not be exchanged.
  private boolean hasEarlierTwin(int operation) {
    for (int slot = 0; slot < timeline.slotCount; slot++) {
      int other = open.inSlot(slot);
      if (other != OpenOperations.NONE
          && timeline.action[other] == timeline.action[operation]
          && timeline.returnRank[other] < timeline.returnRank[operation]
          && (!timeline.optional[other] || timeline.optional[operation])
          && !isPlaced(slot)) {
        return true;
      }
    }
    return false;
  }

  /// A crashed operation that changes nothing now might as well not have happened, so it is no
  /// choice.
  private boolean placeCrashed(int classNumber) {
    int used = usedCounts.get(current, usedOffset, classNumber);
    if (used == open.crashedCount(classNumber)) {
      return false;
    }
    int operation = timeline.members[classNumber][used];
    int next = transitions.step(currentState, timeline.action[operation]);
    if (next == Transitions.ILLEGAL || next == currentState) {
      return false;
    }
    usedCounts.increment(current, usedOffset, classNumber);
    placed[placedCount++] = operation;
    enter(next);
    return true;
  }

  private void enter(int state) {
    if (state == currentState) {
      return;
    }
    currentState = state;
    for (int slot = 0; slot < timeline.slotCount; slot++) {
      int operation = open.inSlot(slot);
      if (operation != OpenOperations.NONE && !isPlaced(slot) && observesNow(operation)) {
        place(operation);
      }
    }
  }

  private boolean observesNow(int operation) {
    return timeline.observesOnly[operation]
        && transitions.step(currentState, timeline.action[operation]) != Transitions.ILLEGAL;
  }

  private void place(int operation) {
    mark(timeline.slot[operation]);
    placed[placedCount++] = operation;
  }

  private void mark(int slot) {
    current[1 + slot / Long.SIZE] |= 1L << slot;
  }

  private boolean isPlaced(int slot) {
    return (current[1 + slot / Long.SIZE] & (1L << slot)) != 0;
  }
}
