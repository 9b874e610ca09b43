package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Transitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A history as the clients' programs: its operations by number, in order of invocation, with what
/// each is to the levels.
///
/// An operation *updates* unless the model says that it changes nothing, and *observes* if an
/// answer was recorded. Left out is what binds nothing: failed operations, those of unknown outcome
/// that only observe, and, where values tell their updates, updates of unknown outcome whose value
/// nobody saw.
public final class Program<S> {
  /// As the update that was seen: what was there at first.
  static final int INITIAL = -1;

  /// As the update that was seen: nobody knows, or none.
  static final int NOTHING = -2;

  private static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);

  /// What binds somebody, in order of invocation.
  public final List<Operation> operations;

  /// Whether it is certain that it happened.
  final boolean[] completed;

  final boolean[] updates;
  final boolean[] observes;

  /// By operation, its client, counted from 0.
  final int[] client;

  /// By client, its operations.
  final int[][] byClient;

  /// By operation, the place of its object.
  final int[] object;

  /// By operation: whether it is known to have seen an update.
  final boolean[] sees;

  /// By operation that sees: the updates that it may have seen, [#INITIAL] among them; those first
  /// that are likely, as one that was invoked just before it returned.
  final int[][] seeable;

  /// By operation, the only update that it can have seen; [#NOTHING] if there are none or several.
  final int[] surelySeen;

  final JointModel<S> model;
  final Transitions<List<S>> transitions;
  final boolean hasCells;

  /// @param each the model of each object
  /// @param history operations of all objects
  public Program(Model<S> each, List<Operation> history) {
    @Nullable Cells cells = Cells.of(each, history).orElse(null);
    this.hasCells = cells != null;
    this.operations = relevant(each, history, cells);
    int count = operations.size();
    this.model = JointModel.of(each, operations);
    this.transitions = new Transitions<>(model, List.of());
    this.completed = new boolean[count];
    this.updates = new boolean[count];
    this.observes = new boolean[count];
    this.object = new int[count];
    this.client = new int[count];
    this.byClient = split();
    for (int number = 0; number < count; number++) {
      Action action = operations.get(number).action();
      completed[number] = operations.get(number).outcome() == Outcome.OK;
      updates[number] = !model.observesOnly(action);
      observes[number] = !action.result().equals(Value.UNRECORDED);
      object[number] = model.placeOf(action);
    }
    this.sees = new boolean[count];
    this.seeable = new int[count][0];
    if (cells != null) {
      findSeeable(cells);
    }
    this.surelySeen = new int[count];
    Arrays.setAll(surelySeen, number -> seeable[number].length == 1 ? seeable[number][0] : NOTHING);
  }

  private static <S> List<Operation> relevant(
      Model<S> each, List<Operation> history, @Nullable Cells cells) {
    Set<List<Value>> seen = new LinkedHashSet<>();
    Set<Value> refused = new LinkedHashSet<>();
    for (Operation operation : history) {
      if (operation.outcome() == Outcome.OK) {
        Value object = each.partition(operation.action());
        Value value = Cells.seen(operation.action());
        if (value != null) {
          seen.add(List.of(object, value));
        } else if (operation.action().result().equals(Value.FALSE)) {
          refused.add(object);
        }
      }
    }
    List<Operation> relevant = new ArrayList<>();
    for (Operation operation : history) {
      Value object = each.partition(operation.action());
      Value written = Cells.written(operation.action());
      boolean unseen =
          cells != null
              && written != null
              && !refused.contains(object)
              && !seen.contains(List.of(object, written));
      boolean binds =
          switch (operation.outcome()) {
            case OK -> true;
            case FAILED -> false;
            case UNKNOWN -> !each.observesOnly(operation.action()) && !unseen;
          };
      if (binds) {
        relevant.add(operation);
      }
    }
    relevant.sort(BY_INVOCATION);
    return List.copyOf(relevant);
  }

  private int[][] split() {
    Map<Long, List<Integer>> clients = new LinkedHashMap<>();
    Map<Long, Integer> numbers = new LinkedHashMap<>();
    for (int number = 0; number < operations.size(); number++) {
      long process = operations.get(number).process();
      numbers.putIfAbsent(process, numbers.size());
      clients.computeIfAbsent(process, _ -> new ArrayList<>()).add(number);
      client[number] = numbers.getOrDefault(process, 0);
    }
    return clients.values().stream()
        .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private void findSeeable(Cells cells) {
    Map<List<Value>, List<Integer>> writers = new LinkedHashMap<>();
    for (int number = 0; number < operations.size(); number++) {
      Action action = operations.get(number).action();
      Value written = Cells.written(action);
      if (written != null) {
        List<Value> place = List.of(model.each().partition(action), written);
        writers.computeIfAbsent(place, _ -> new ArrayList<>()).add(number);
      }
    }
    for (int number = 0; number < operations.size(); number++) {
      Action action = operations.get(number).action();
      Value seen = Cells.seen(action);
      if (completed[number] && seen != null) {
        int reader = number;
        List<Value> place = List.of(model.each().partition(action), seen);
        List<Integer> found = new ArrayList<>(writers.getOrDefault(place, List.of()));
        if (seen.equals(cells.initial())) {
          found.add(INITIAL);
        }
        found.sort(Comparator.comparingLong(writer -> unlikeliness(writer, reader)));
        sees[number] = true;
        seeable[number] = found.stream().mapToInt(Integer::intValue).toArray();
      }
    }
  }

  /// How long before a reader's return an update was invoked; any later one is less likely.
  private long unlikeliness(int writer, int reader) {
    long returned = operations.get(reader).returnTime();
    if (writer == INITIAL) {
      return returned + 1;
    }
    long invoked = operations.get(writer).invokeTime();
    return invoked <= returned ? returned - invoked : Long.MAX_VALUE / 2 + invoked / 2;
  }

  int size() {
    return operations.size();
  }

  /// Whether an operation comes before another in its client's order: it had returned when the
  /// other was invoked. One of unknown outcome, which never returns, comes before none.
  boolean precedes(int one, int other) {
    return client[one] == client[other]
        && operations.get(one).returnTime() < operations.get(other).invokeTime();
  }

  /// Whether nobody may have seen one of several updates.
  boolean isTold() {
    return Arrays.stream(seeable).allMatch(candidates -> candidates.length <= 1);
  }

  /// Whether what some operation saw is explained by no update.
  public boolean hasThinAir() {
    return IntStream.range(0, size()).anyMatch(this::isFromThinAir);
  }

  /// Whether what an operation saw is explained by no update, so that no order at all explains it.
  boolean isFromThinAir(int operation) {
    return sees[operation] && seeable[operation].length == 0;
  }

  /// The process that a client is.
  OptionalLong processOf(int number) {
    return OptionalLong.of(operations.get(byClient[number][0]).process());
  }

  /// The client that a process is, or [ViewGraph#NOBODY] if none of its operations is here.
  int clientOf(long process) {
    for (int number = 0; number < byClient.length; number++) {
      if (operations.get(byClient[number][0]).process() == process) {
        return number;
      }
    }
    return ViewGraph.NOBODY;
  }

  /// The clients of which something is certain to have happened.
  int[] clients() {
    return Arrays.stream(byClient)
        .filter(own -> Arrays.stream(own).anyMatch(number -> completed[number]))
        .mapToInt(own -> client[own[0]])
        .toArray();
  }
}
