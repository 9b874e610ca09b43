package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// The search for an order of operations that contains a [PartialOrder], over configurations, each
/// visited once.
///
/// ```
///   row of longs:  | placed, state | place in each chain … | UsedCounts of optional classes … |
/// ```
///
/// The reductions of [Search] hold here too, "open" meaning that all that must come before has been
/// placed. An operation that only observes is placed as soon as it is legal, for nothing that must
/// come before it is missing, and it changes no state. Optional operations of one action are
/// counted: nothing waits for them, so those that are ready can be exchanged, and what is ready
/// once stays so. Of two configurations that differ in optional operations alone, the one that used
/// fewer can do all that the other can.
public final class PartialOrderSearch<S> {
  /// What else is to be asked before an operation is placed. It must depend on its arguments alone,
  /// and refuse nothing without which there is no order.
  ///
  /// @param <S> the type of the states
  public interface Guard<S> {
    /// Whether an operation may be placed.
    ///
    /// @param state the state before it
    /// @param operation its number in the partial order
    /// @param placed the configuration that it would be added to
    boolean allows(S state, int operation, Placed placed);
  }

  /// What a configuration has placed.
  public interface Placed {
    /// Whether it has placed an operation that is not optional.
    boolean contains(int operation);
  }

  /// How many chains are looked at between two looks at the clock.
  private static final int CLOCK_INTERVAL = 16_384;

  private static final int INITIAL_CAPACITY = 64;
  private static final int NO_ROW = -1;

  private final PartialOrder partial;
  private final Transitions<S> transitions;
  private final Guard<S> guard;
  private final boolean greedy;
  private final UsedCounts chainCounts;
  private final UsedCounts usedCounts;
  private final int usedOffset;
  private final int[][] classes;
  private final int[] action;
  private final boolean[] observesOnly;
  private final VisitedConfigurations visited;
  private final Grant grant;
  private final Agenda agenda = new Agenda(Agenda.Order.DEEPEST_FIRST);

  /// The configuration that is being made.
  private final long[] current;

  private int currentState;
  private int placedCount;

  /// By row of `visited`: the next choice to try.
  private int[] nextChoice = new int[INITIAL_CAPACITY];

  private final List<Operation> order = new ArrayList<>();

  /// Whether operations are noted in `order` as they are placed.
  private boolean noting;

  /// While noting: the optional operations that are in `order`.
  private final BitSet notedOptional = new BitSet();

  private Search.Result result = Search.Result.EXHAUSTED;
  private long configurations;
  private long steps;

  private PartialOrderSearch(
      PartialOrder partial, Transitions<S> transitions, Guard<S> guard, SearchOptions options) {
    this.partial = partial;
    this.transitions = transitions;
    this.guard = guard;
    this.greedy = options.greedy();
    this.classes = partial.classes(transitions, options.symmetry());
    this.chainCounts = new UsedCounts(partial.chains);
    this.usedCounts = new UsedCounts(classes);
    this.usedOffset = 1 + chainCounts.wordCount();
    this.visited = new VisitedConfigurations(usedOffset, usedCounts, options.dominance());
    this.grant = new Grant(visited);
    this.current = new long[usedOffset + usedCounts.wordCount()];
    this.action = new int[partial.operations.size()];
    this.observesOnly = new boolean[action.length];
    for (int operation = 0; operation < action.length; operation++) {
      action[operation] = transitions.numberOf(partial.operations.get(operation).action());
      observesOnly[operation] = transitions.observesOnly(action[operation]);
    }
  }

  /// Searches for an order.
  ///
  /// @param options its greedy, dominance and symmetry are used
  public static <S> PartialOrderSearch<S> run(
      PartialOrder partial,
      Transitions<S> transitions,
      Guard<S> guard,
      SearchOptions options,
      Budget budget) {
    PartialOrderSearch<S> search = new PartialOrderSearch<>(partial, transitions, guard, options);
    search.result = search.search(budget);
    return search;
  }

  public Search.Result result() {
    return result;
  }

  public long configurations() {
    return configurations;
  }

  /// How often a step of the model was asked for, answers that were known included.
  public long steps() {
    return steps;
  }

  /// After [Search.Result#FOUND]: the operations in the order found, silent ones left out.
  public List<Operation> order() {
    return order;
  }

  private Search.Result search(Budget budget) {
    if (partial.isCircular()) {
      return Search.Result.EXHAUSTED;
    }
    currentState = Transitions.INITIAL_STATE;
    placeObservers();
    if (isComplete()) {
      noteOrder(NO_ROW, NO_ROW);
      return Search.Result.FOUND;
    }
    if (!grant.take(budget)) {
      return Search.Result.OUT_OF_MEMORY;
    }
    add(NO_ROW, NO_ROW);
    Search.Result ended = goOn(budget);
    grant.giveBack(budget);
    return ended;
  }

  private Search.Result goOn(Budget budget) {
    int ticks = 0;
    while (!agenda.isEmpty()) {
      if (configurations >= budget.maxConfigurations()) {
        return Search.Result.OUT_OF_CONFIGURATIONS;
      }
      if (!grant.hasRoom(budget)) {
        return Search.Result.OUT_OF_MEMORY;
      }
      ticks += 1 + partial.chains.length + classes.length;
      if (ticks >= CLOCK_INTERVAL) {
        ticks = 0;
        if (budget.deadlinePassed()) {
          return Search.Result.OUT_OF_TIME;
        }
      }
      int row = agenda.first();
      int choice = visited.isSuperseded(row) ? NO_ROW : placeNextChoice(row);
      if (choice == NO_ROW) {
        agenda.removeFirst();
      } else if (isComplete()) {
        noteOrder(row, choice);
        return Search.Result.FOUND;
      } else {
        add(row, choice);
      }
    }
    return Search.Result.EXHAUSTED;
  }

  private boolean isComplete() {
    return placedCount == partial.requiredCount;
  }

  private void add(int parent, int choice) {
    current[0] = ((long) placedCount << Integer.SIZE) | currentState;
    int row = visited.add(current, parent, choice);
    if (row == VisitedConfigurations.COVERED) {
      return;
    }
    configurations++;
    if (row == nextChoice.length) {
      nextChoice = Arrays.copyOf(nextChoice, 2 * row);
    }
    agenda.add(placedCount, usedCounts.sum(current, usedOffset), row);
  }

  private void restore(int row) {
    visited.copyTo(current, row);
    placedCount = (int) (current[0] >>> Integer.SIZE);
    currentState = (int) current[0];
  }

  /// Goes to a configuration and makes its next choice, which is returned; [#NO_ROW] if there is
  /// none left.
  private int placeNextChoice(int row) {
    int choices = partial.chains.length + classes.length;
    if (nextChoice[row] == choices) {
      return NO_ROW;
    }
    restore(row);
    int[] preferred = preferredChains();
    while (nextChoice[row] < choices) {
      int choice = nextChoice[row]++;
      if (placeChoice(choice, preferred)) {
        return choice;
      }
    }
    return NO_ROW;
  }

  /// Choices are numbered: first the chains, the one whose next operation is preferred before the
  /// others, then the optional classes. False if the choice is not open.
  private boolean placeChoice(int choice, int[] preferred) {
    if (choice >= partial.chains.length) {
      return placeOptional(choice - partial.chains.length);
    }
    return choice < preferred.length && placeNext(preferred[choice]);
  }

  /// The chains that are not at their end, by their next operation's preference.
  private int[] preferredChains() {
    long[] keys = new long[partial.chains.length];
    int count = 0;
    for (int chain = 0; chain < partial.chains.length; chain++) {
      int operation = nextIn(chain);
      if (operation != NO_ROW) {
        keys[count++] = ((long) partial.preference[operation] << Integer.SIZE) | chain;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] preferred = new int[count];
    Arrays.setAll(preferred, place -> (int) keys[place]);
    return preferred;
  }

  private int nextIn(int chain) {
    int place = chainCounts.get(current, 1, chain);
    return place == partial.chains[chain].length ? NO_ROW : partial.chains[chain][place];
  }

  private boolean placeNext(int chain) {
    int operation = nextIn(chain);
    if (!isReady(operation)) {
      return false;
    }
    int next = stepOf(operation);
    if (next == Transitions.ILLEGAL || !isAllowed(operation)) {
      return false;
    }
    place(operation, chain);
    currentState = next;
    placeObservers();
    return true;
  }

  /// An optional operation that changes nothing now might as well not have happened, so it is no
  /// choice.
  private boolean placeOptional(int classNumber) {
    int used = usedCounts.get(current, usedOffset, classNumber);
    int ready = 0;
    int member = NO_ROW;
    for (int operation : classes[classNumber]) {
      if (isReady(operation)) {
        ready++;
        member = notedOptional.get(operation) ? member : operation;
      }
    }
    if (used >= ready) {
      return false;
    }
    int next = stepOf(member);
    if (next == Transitions.ILLEGAL || next == currentState || !isAllowed(member)) {
      return false;
    }
    usedCounts.increment(current, usedOffset, classNumber);
    if (noting) {
      notedOptional.set(member);
      order.add(partial.operations.get(member));
    }
    currentState = next;
    placeObservers();
    return true;
  }

  /// Places whatever is ready, legal, and changes nothing, until there is no more of it.
  private void placeObservers() {
    boolean placed = true;
    while (placed) {
      placed = false;
      for (int chain = 0; chain < partial.chains.length; chain++) {
        int operation = nextIn(chain);
        while (operation != NO_ROW && isPlacedAtOnce(operation)) {
          place(operation, chain);
          placed = true;
          operation = nextIn(chain);
        }
      }
    }
  }

  private boolean isPlacedAtOnce(int operation) {
    boolean silent = partial.part[operation] == PartialOrder.Part.SILENT;
    return (silent || (greedy && observesOnly[operation]))
        && isReady(operation)
        && (silent || stepOf(operation) != Transitions.ILLEGAL);
  }

  private boolean isReady(int operation) {
    for (int before : partial.predecessors[operation]) {
      if (!isPlaced(before)) {
        return false;
      }
    }
    return true;
  }

  private boolean isPlaced(int operation) {
    return chainCounts.get(current, 1, partial.chainOf[operation])
        > partial.placeInChain[operation];
  }

  private boolean isAllowed(int operation) {
    return guard.allows(transitions.state(currentState), operation, this::isPlaced);
  }

  private int stepOf(int operation) {
    steps++;
    return transitions.step(currentState, action[operation]);
  }

  private void place(int operation, int chain) {
    chainCounts.increment(current, 1, chain);
    placedCount++;
    if (noting && partial.part[operation] != PartialOrder.Part.SILENT) {
      order.add(partial.operations.get(operation));
    }
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
    placedCount = 0;
    currentState = Transitions.INITIAL_STATE;
    placeObservers();
    for (int choice : choices) {
      if (choice != NO_ROW) {
        placeChoice(choice, preferredChains());
      }
    }
    noting = false;
  }
}
