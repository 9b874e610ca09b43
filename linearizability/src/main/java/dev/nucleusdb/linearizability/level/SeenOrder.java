package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must come before what because it was seen, where a value tells who wrote it, and whether a
/// view is true to it.
///
/// ```
///   causal               writer ─► who saw it ─► what its client did next     and so on
///   writes follow reads  writer ────────────────► what the client updated next
///
///   with the view's own order as edges, a circle is a contradiction
/// ```
///
/// A client's order is passed on through one more node for each return, which stands for all that
/// had returned by then; so there are few edges.
final class SeenOrder {
  private static final Comparator<Operation> BY_RETURN =
      Comparator.comparingLong(Operation::returnTime).thenComparingInt(Operation::index);

  private final Model<?> model;
  private final List<Operation> operations;
  private final Map<List<Value>, Set<Integer>> writers = new LinkedHashMap<>();
  private final @Nullable Value initial;

  /// By node, those that come after it. Operations come first, then returns.
  private List<List<Integer>> after = List.of();

  /// @param model the model, fitted to the history
  SeenOrder(Model<?> model, List<Operation> history) {
    this.model = model;
    this.operations =
        history.stream().filter(operation -> operation.outcome() != Outcome.FAILED).toList();
    boolean appends = operations.stream().anyMatch(one -> one.action().function().equals("append"));
    this.initial = appends ? null : initialOf(model);
    for (int number = 0; number < operations.size(); number++) {
      Value written = written(operations.get(number).action());
      if (written != null) {
        writers.computeIfAbsent(place(number, written), _ -> new LinkedHashSet<>()).add(number);
      }
    }
  }

  /// What objects of single values hold at first, or null for others.
  private static @Nullable Value initialOf(Model<?> model) {
    return switch (model) {
      case Register register -> register.initial();
      case CasRegister register -> register.initial();
      case KeyValue keys -> keys.initial();
      case Model<?> _ -> null;
    };
  }

  private List<Value> place(int number, Value value) {
    return List.of(model.partition(operations.get(number).action()), value);
  }

  private static @Nullable Value written(Action action) {
    return switch (action.function()) {
      case "write", "put" -> action.argument(0);
      case "delete" -> Value.ABSENT;
      case "cas" ->
          action.result().equals(Value.FALSE) || action.argument(0).equals(action.argument(1))
              ? null
              : action.argument(1);
      case String _ -> null;
    };
  }

  private static @Nullable Value shown(Operation operation) {
    Action action = operation.action();
    if (operation.outcome() != Outcome.OK) {
      return null;
    }
    return switch (action.function()) {
      case "read", "get" -> action.result().equals(Value.UNRECORDED) ? null : action.result();
      case "cas" -> action.result().equals(Value.TRUE) ? action.argument(0) : null;
      case String _ -> null;
    };
  }

  /// The only operation that can have written what an operation saw, if that is known.
  private Optional<Integer> seenBy(int number) {
    Value shown = shown(operations.get(number));
    if (initial == null || shown == null || shown.equals(initial)) {
      return Optional.empty();
    }
    Set<Integer> candidates = writers.get(place(number, shown));
    return candidates != null && candidates.size() == 1
        ? candidates.stream().findFirst()
        : Optional.empty();
  }

  /// What is wrong with a view, or empty if it is true to what was seen. Levels that do not ask who
  /// was seen have no flaw here.
  Optional<String> findFlaw(Level level, View view) {
    boolean causal = level == Level.CAUSAL;
    if (initial == null || (!causal && level != Level.WRITES_FOLLOW_READS)) {
      return Optional.empty();
    }
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    operations.forEach(operation -> numbers.put(operation.index(), numbers.size()));
    Set<Integer> inView = new LinkedHashSet<>();
    view.order().forEach(operation -> inView.add(numbers.getOrDefault(operation.index(), -1)));
    for (int number = 0; number < operations.size(); number++) {
      Optional<Integer> seen = seenBy(number);
      if (seen.isPresent() && !inView.contains(seen.get())) {
        return Optional.of(
            "missing, though it was seen by "
                + operations.get(number)
                + ": "
                + operations.get(seen.get()));
      }
    }
    link(causal);
    int before = -1;
    for (int number : inView) {
      if (before >= 0) {
        after.get(before).add(number);
      }
      before = number;
    }
    return circle();
  }

  private void link(boolean causal) {
    after = new ArrayList<>();
    operations.forEach(_ -> after.add(new ArrayList<>()));
    Map<Long, List<Integer>> byClient = new LinkedHashMap<>();
    for (int number = 0; number < operations.size(); number++) {
      int here = number;
      byClient
          .computeIfAbsent(operations.get(number).process(), _ -> new ArrayList<>())
          .add(number);
      if (causal) {
        seenBy(number).ifPresent(writer -> after.get(writer).add(here));
      }
    }
    byClient.values().forEach(own -> linkClient(own, causal));
  }

  private void linkClient(List<Integer> own, boolean causal) {
    List<Integer> returned = new ArrayList<>(own);
    returned.removeIf(number -> operations.get(number).outcome() != Outcome.OK);
    returned.sort(Comparator.comparing(operations::get, BY_RETURN));
    int first = after.size();
    for (int rank = 0; rank < returned.size(); rank++) {
      after.add(new ArrayList<>());
      if (rank > 0) {
        after.get(first + rank - 1).add(first + rank);
      }
      Optional<Integer> source =
          causal ? Optional.of(returned.get(rank)) : seenBy(returned.get(rank));
      int node = first + rank;
      source.ifPresent(from -> after.get(from).add(node));
    }
    List<Integer> invoked = new ArrayList<>(own);
    invoked.sort(Comparator.comparingLong(number -> operations.get(number).invokeTime()));
    int rank = -1;
    for (int number : invoked) {
      Operation operation = operations.get(number);
      boolean follows = causal || !model.observesOnly(operation.action());
      while (rank + 1 < returned.size()
          && operations.get(returned.get(rank + 1)).returnTime() < operation.invokeTime()) {
        rank++;
      }
      if (follows && rank >= 0) {
        after.get(first + rank).add(number);
      }
    }
  }

  /// An operation that lies on a circle, or behind one.
  private Optional<String> circle() {
    int[] waitsFor = new int[after.size()];
    after.forEach(targets -> targets.forEach(target -> waitsFor[target]++));
    List<Integer> free = new ArrayList<>();
    for (int node = 0; node < waitsFor.length; node++) {
      if (waitsFor[node] == 0) {
        free.add(node);
      }
    }
    for (int done = 0; done < free.size(); done++) {
      for (int target : after.get(free.get(done))) {
        if (--waitsFor[target] == 0) {
          free.add(target);
        }
      }
    }
    for (int number = 0; number < operations.size(); number++) {
      if (waitsFor[number] > 0) {
        return Optional.of("comes before what it must have seen: " + operations.get(number));
      }
    }
    return Optional.empty();
  }
}
