package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The search for an order over configurations, each visited once (Wing and Gong 1993; Lowe 2017),
/// placing operations only when a return forces it.
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
public final class Search<S> {
  /// How a search ended.
  public enum Result {
    FOUND,
    EXHAUSTED,
    OUT_OF_CONFIGURATIONS,
    OUT_OF_MEMORY,
    OUT_OF_TIME
  }

  /// How many choices pass between two looks at the clock.
  private static final int CLOCK_INTERVAL = 1024;

  /// How many configurations a search gets at least before the other's turn.
  private static final long LEAST_SLICE = 1_000;

  private static final int INITIAL_CAPACITY = 64;
  private static final int NO_ROW = -1;

  private final Timeline timeline;
  private final Transitions<S> transitions;
  private final boolean symmetry;
  private final OpenOperations open;
  private final UsedCounts usedCounts;
  private final VisitedConfigurations visited;
  private final Grant grant;
  private final int usedOffset;

  /// The configuration that is being made.
  private final long[] current;

  private int currentState;

  /// By row of `visited`: the next choice to try.
  private int[] nextChoice = new int[INITIAL_CAPACITY];

  private final Agenda agenda;
  private final List<Operation> order = new ArrayList<>();

  /// Whether operations are noted in `order` as they are placed.
  private boolean noting;

  private Result result = Result.EXHAUSTED;
  private boolean begun;

  private long configurations;
  private long steps;
  private int ticks;
  private int furthest = -1;
  private final BitSet furthestStates = new BitSet();

  private Search(
      Timeline timeline,
      Transitions<S> transitions,
      SearchOptions options,
      Agenda.Order agendaOrder) {
    this.timeline = timeline;
    this.transitions = transitions;
    this.symmetry = options.symmetry();
    this.open = new OpenOperations(timeline);
    this.usedCounts = new UsedCounts(timeline.members);
    this.usedOffset = 1 + (timeline.slotCount + Long.SIZE - 1) / Long.SIZE;
    this.visited = new VisitedConfigurations(usedOffset, usedCounts, options.dominance());
    this.grant = new Grant(visited);
    this.current = new long[usedOffset + usedCounts.wordCount()];
    this.agenda = new Agenda(agendaOrder);
  }

  /// Searches for an order and for a proof that there is none, by turns: a search that goes deepest
  /// first finds an order soon where there is one, and one that goes shallowest first is soon
  /// through with all of them where there is none. Whichever ends first decides.
  public static <S> Search<S> run(
      Timeline timeline, Transitions<S> transitions, SearchOptions options, Budget budget) {
    Search<S> deep = new Search<>(timeline, transitions, options, Agenda.Order.DEEPEST_FIRST);
    long slice = options.deepestFirstConfigurations();
    deep.searchOn(Math.min(budget.maxConfigurations(), slice), budget);
    if (deep.result != Result.OUT_OF_CONFIGURATIONS || budget.maxConfigurations() <= slice) {
      return deep;
    }
    Search<S> shallow = new Search<>(timeline, transitions, options, Agenda.Order.SHALLOWEST_FIRST);
    Search<S> turn = shallow;
    Search<S> other = deep;
    while (true) {
      slice = Math.max(2 * slice, LEAST_SLICE);
      long left = budget.maxConfigurations() - other.configurations;
      turn.searchOn(Math.min(left, turn.configurations + slice), budget);
      if (turn.result != Result.OUT_OF_CONFIGURATIONS
          || turn.configurations + other.configurations >= budget.maxConfigurations()) {
        turn.configurations += other.configurations;
        turn.steps += other.steps;
        return turn.furthest >= other.furthest || turn.isDecided() ? turn : other.after(turn);
      }
      if (options.deepestFirstConfigurations() > 0) {
        Search<S> next = other;
        other = turn;
        turn = next;
      }
    }
  }

  /// This search, which came further, as the one that tells of another's end.
  private Search<S> after(Search<S> ended) {
    result = ended.result;
    configurations = ended.configurations;
    steps = ended.steps;
    return this;
  }

  private boolean isDecided() {
    return result == Result.FOUND || result == Result.EXHAUSTED;
  }

  /// Goes on until there are so many configurations, or the search ends.
  private void searchOn(long maxConfigurations, Budget budget) {
    result = begun ? goOn(maxConfigurations, budget) : begin(maxConfigurations, budget);
  }

  private Result begin(long maxConfigurations, Budget budget) {
    begun = true;
    currentState = Transitions.INITIAL_STATE;
    if (walk()) {
      noteOrder(NO_ROW, NO_ROW);
      return Result.FOUND;
    }
    if (!grant.take(budget)) {
      return Result.OUT_OF_MEMORY;
    }
    add(NO_ROW, NO_ROW);
    return goOn(maxConfigurations, budget);
  }

  private Result goOn(long maxConfigurations, Budget budget) {
    while (!agenda.isEmpty()) {
      if (configurations >= maxConfigurations) {
        return Result.OUT_OF_CONFIGURATIONS;
      }
      if (!grant.hasRoom(budget)) {
        return Result.OUT_OF_MEMORY;
      }
      if (++ticks % CLOCK_INTERVAL == 0 && budget.deadlinePassed()) {
        return Result.OUT_OF_TIME;
      }
      int row = agenda.first();
      int choice = visited.isSuperseded(row) ? NO_ROW : placeNextChoice(row);
      if (choice == NO_ROW) {
        agenda.removeFirst();
      } else if (walk()) {
        noteOrder(row, choice);
        return Result.FOUND;
      } else {
        add(row, choice);
      }
    }
    return Result.EXHAUSTED;
  }

  public Result result() {
    return result;
  }

  public long configurations() {
    return configurations;
  }

  /// How often a step of the model was asked for, answers that were known included.
  public long steps() {
    return steps;
  }

  /// After [Result#FOUND]: the operations in the order found.
  public List<Operation> order() {
    return order;
  }

  /// The operation whose return no configuration got past, or null if none ever blocked.
  public @Nullable Operation furthestBlocked() {
    return furthest < 0
        ? null
        : timeline.operations[Timeline.operationOf(timeline.events[furthest])];
  }

  /// How many returns some configuration got past.
  public int passedReturns() {
    return furthest < 0 ? 0 : timeline.returnRank[Timeline.operationOf(timeline.events[furthest])];
  }

  /// The states of the configurations at the furthest return.
  public List<S> furthestStates() {
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

  /// Puts the current configuration on the agenda, unless it has been visited.
  private void add(int parent, int choice) {
    int position = open.position();
    current[0] = ((long) position << Integer.SIZE) | currentState;
    int row = visited.add(current, parent, choice);
    if (row == VisitedConfigurations.COVERED) {
      return;
    }
    configurations++;
    if (position >= furthest) {
      if (position > furthest) {
        furthest = position;
        furthestStates.clear();
      }
      furthestStates.set(currentState);
    }
    if (row == nextChoice.length) {
      nextChoice = Arrays.copyOf(nextChoice, 2 * row);
    }
    agenda.add(position, usedCounts.sum(current, usedOffset), row);
  }

  /// Goes to a configuration and makes its next choice, which is returned; [#NO_ROW] if there is
  /// none left.
  private int placeNextChoice(int row) {
    int choices = 2 + timeline.slotCount + timeline.members.length;
    if (nextChoice[row] == choices) {
      return NO_ROW;
    }
    restore(row);
    while (nextChoice[row] < choices) {
      int choice = nextChoice[row]++;
      if (placeChoice(choice)) {
        return choice;
      }
    }
    return NO_ROW;
  }

  /// Choices are numbered: first the operation whose return blocks, then the slots, then the
  /// crashed classes, and last to skip the operation whose return blocks. False if the choice is
  /// not open.
  private boolean placeChoice(int choice) {
    int classNumber = choice - 1 - timeline.slotCount;
    if (classNumber < 0) {
      return placeOpen(choice);
    }
    return classNumber < timeline.members.length ? placeCrashed(classNumber) : skipBlocked();
  }

  private void restore(int row) {
    visited.copyTo(current, row);
    open.moveTo((int) (current[0] >>> Integer.SIZE));
    currentState = (int) current[0];
  }

  /// Makes the choices that led to a row once more, and one more there, and notes what is placed.
  private void noteOrder(int lastRow, int lastChoice) {
    Deque<Integer> choices = new ArrayDeque<>();
    choices.push(lastChoice);
    for (int row = lastRow; row != NO_ROW; row = visited.parentOf(row)) {
      choices.push(visited.choiceOf(row));
    }
    noting = true;
    Arrays.fill(current, 0);
    open.moveTo(0);
    currentState = Transitions.INITIAL_STATE;
    for (int choice : choices) {
      if (choice != NO_ROW) {
        placeChoice(choice);
      }
      walk();
    }
    noting = false;
  }

  private boolean skipBlocked() {
    int blocked = Timeline.operationOf(timeline.events[open.position()]);
    if (timeline.optional[blocked]) {
      mark(timeline.slot[blocked]);
      return true;
    }
    return false;
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
    int next = step(currentState, timeline.action[operation]);
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
    int next = step(currentState, timeline.action[operation]);
    if (next == Transitions.ILLEGAL || next == currentState) {
      return false;
    }
    usedCounts.increment(current, usedOffset, classNumber);
    note(operation);
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
        && step(currentState, timeline.action[operation]) != Transitions.ILLEGAL;
  }

  private int step(int state, int action) {
    steps++;
    return transitions.step(state, action);
  }

  private void place(int operation) {
    mark(timeline.slot[operation]);
    note(operation);
  }

  private void note(int operation) {
    if (noting) {
      order.add(timeline.operations[operation]);
    }
  }

  private void mark(int slot) {
    current[1 + slot / Long.SIZE] |= 1L << slot;
  }

  private boolean isPlaced(int slot) {
    return (current[1 + slot / Long.SIZE] & (1L << slot)) != 0;
  }
}
