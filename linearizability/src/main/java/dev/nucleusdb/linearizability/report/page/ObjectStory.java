package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.ObjectVerdict;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One object of a verdict, with all that a picture shows of it.
///
/// @param name what it is called in a list; empty if it is alone
/// @param words what is said of it, in one sentence
/// @param verdict what is said of it
/// @param operations its operations, failed ones too, in order of invocation
/// @param total how many operations it has, of which some may be forgotten
/// @param attempt the longest order of the counterexample, or null if there is none or it was not
///   looked for
record ObjectStory(
    String name,
    String words,
    ObjectVerdict verdict,
    List<Operation> operations,
    long total,
    @Nullable LongestOrder attempt) {
  /// For how many objects of a history the longest order is looked for: so many counterexamples are
  /// drawn.
  static final int MAX_ATTEMPTS = 50;

  static final Comparator<Operation> BY_INVOCATION =
      Comparator.comparingLong(Operation::invokeTime).thenComparingInt(Operation::index);

  /// An object of which all operations are at hand.
  ObjectStory(ObjectVerdict verdict, List<Operation> operations, @Nullable LongestOrder attempt) {
    this(nameOf(verdict.key()), Words.of(verdict), verdict, operations, operations.size(), attempt);
  }

  /// What an object is called in a list.
  static String nameOf(Value key) {
    return key.equals(Value.UNRECORDED) ? "" : Label.of(key);
  }

  /// The objects of a history, those first that are wrong, then those that are undecided.
  ///
  /// @param history what was judged
  /// @param model by which it was judged
  /// @param verdict what was said of it
  static <S> List<ObjectStory> of(History history, Model<S> model, Verdict verdict) {
    Model<S> fitted = model.fittedTo(history.operations());
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      Value key = fitted.partition(operation.action());
      objects.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
    }
    objects.values().forEach(operations -> operations.sort(BY_INVOCATION));
    List<ObjectVerdict> gravestFirst = new ArrayList<>(verdict.objects());
    gravestFirst.sort(Comparator.comparingInt(ObjectStory::gravity));
    List<ObjectStory> stories = new ArrayList<>();
    for (ObjectVerdict object : gravestFirst) {
      stories.add(
          new ObjectStory(
              object,
              objects.getOrDefault(object.key(), List.of()),
              stories.size() < MAX_ATTEMPTS ? attempt(fitted, object) : null));
    }
    return stories;
  }

  private static @Nullable LongestOrder attempt(Model<?> model, ObjectVerdict verdict) {
    return verdict instanceof ObjectVerdict.Contradicted(Value _, Counterexample counterexample)
        ? LongestOrder.attempt(model, counterexample.operations()).orElse(null)
        : null;
  }

  static int gravity(ObjectVerdict verdict) {
    return switch (verdict) {
      case ObjectVerdict.Contradicted _ -> 0;
      case ObjectVerdict.Undecided _ -> 1;
      case ObjectVerdict.Explained _ -> 2;
    };
  }

  /// What stands on the operations of a drawing: places in the order that explains them or in the
  /// longest that could be found, and which could not be placed.
  OperationsDrawing.Marks marks() {
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    Set<Integer> blocked = new LinkedHashSet<>();
    Set<Integer> context = new LinkedHashSet<>();
    switch (verdict) {
      case ObjectVerdict.Explained(Value _, List<Operation> order) ->
          order.forEach(operation -> numbers.put(operation.index(), numbers.size() + 1));
      case ObjectVerdict.Contradicted(Value _, Counterexample counterexample) -> {
        if (attempt != null) {
          attempt
              .steps()
              .forEach(step -> numbers.put(step.operation().index(), numbers.size() + 1));
          attempt.blocked().forEach(operation -> blocked.add(operation.index()));
        } else {
          blocked.add(counterexample.stuck().index());
        }
        counterexample.context().forEach(operation -> context.add(operation.index()));
      }
      case ObjectVerdict.Undecided undecided -> {
        Operation deepest = undecided.deepest();
        if (deepest != null) {
          blocked.add(deepest.index());
        }
      }
    }
    return new OperationsDrawing.Marks(numbers, blocked, Mood.of(verdict).mark(), context);
  }
}
