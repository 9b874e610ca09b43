package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model in numbers: states and actions become ints in order of first appearance, and each step
/// is asked of the model once.
public final class Transitions<S> {
  /// In place of a state: the action may not happen.
  public static final int ILLEGAL = -1;

  static final int INITIAL_STATE = 0;
  private static final int NOT_ASKED = -2;

  private static final int DENSE_ACTIONS = 128;
  private static final int DENSE_STATES = 1024;
  private static final int DENSE_OFFSET = 2;

  private final Model<S> model;
  private final List<S> states = new ArrayList<>();
  private final Map<S, Integer> stateNumbers = new LinkedHashMap<>();
  private final List<Action> actions = new ArrayList<>();
  private final Map<Action, Integer> actionNumbers = new LinkedHashMap<>();

  /// By state and action, the state after plus [#DENSE_OFFSET]; 0 if it was not asked for. Only for
  /// small numbers, which most are.
  private int[][] denseSteps = new int[0][];

  /// The same for the others, without the offset.
  private final LongIntTable steps = new LongIntTable();

  /// By action that may happen in one state alone, that state.
  private final Map<Action, S> statesBefore;

  /// @param operations what the steps will be asked for: what they saw may forbid some, as
  ///   [Model#statesBefore] says
  public Transitions(Model<S> model, Collection<Operation> operations) {
    this.model = model;
    this.statesBefore = model.statesBefore(operations);
    numberOfState(model.initial());
  }

  /// Whether what the operations saw has forbidden steps.
  public boolean isGuarded() {
    return !statesBefore.isEmpty();
  }

  /// The number of an action.
  public int numberOf(Action action) {
    Integer known = actionNumbers.putIfAbsent(action, actions.size());
    if (known != null) {
      return known;
    }
    actions.add(action);
    return actions.size() - 1;
  }

  /// Whether an action leaves every state as it is.
  public boolean observesOnly(int action) {
    return model.observesOnly(actions.get(action));
  }

  /// The state of a number.
  public S state(int number) {
    return states.get(number);
  }

  /// The state after an action, or [#ILLEGAL].
  public int step(int state, int action) {
    if (state < DENSE_STATES && action < DENSE_ACTIONS) {
      return stepDense(state, action);
    }
    long key = ((long) state << 32) | action;
    int known = steps.get(key, NOT_ASKED);
    if (known != NOT_ASKED) {
      return known;
    }
    int number = ask(states.get(state), actions.get(action));
    steps.put(key, number);
    return number;
  }

  private int stepDense(int state, int action) {
    if (state >= denseSteps.length) {
      denseSteps = Arrays.copyOf(denseSteps, Math.max(8, 2 * state));
    }
    int[] row = denseSteps[state];
    if (row == null || action >= row.length) {
      int[] known = row == null ? new int[0] : row;
      row = Arrays.copyOf(known, Math.min(DENSE_ACTIONS, Math.max(action + 1, actions.size())));
      denseSteps[state] = row;
    }
    if (row[action] == 0) {
      row[action] = ask(states.get(state), actions.get(action)) + DENSE_OFFSET;
    }
    return row[action] - DENSE_OFFSET;
  }

  private int ask(S state, Action action) {
    @Nullable S only = statesBefore.get(action);
    if (only != null && !only.equals(state)) {
      return ILLEGAL;
    }
    @Nullable S next = model.step(state, action);
    return next == null ? ILLEGAL : numberOfState(next);
  }

  /// How many states have a number.
  public int stateCount() {
    return states.size();
  }

  /// The number of a state. States have their own way in, for a state may be of any type.
  public int numberOfState(S state) {
    Integer known = stateNumbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    return states.size() - 1;
  }
}
