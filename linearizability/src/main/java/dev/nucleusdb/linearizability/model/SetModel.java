package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A set.
///
/// | function | arguments | result |
/// |---|---|---|
/// | `add` | element | true if it was not there, false if it was; or not recorded |
/// | `remove` | element | true if it was there, false if not; or not recorded |
/// | `contains` | element | true or false |
/// | `read` | | the elements as a list, in any order |
public record SetModel() implements Model<SetModel.Elements> {
  /// What a set holds.
  ///
  /// @param words the elements by kind and words
  public record Elements(SortedSet<String> words) {
    static final Elements NONE = new Elements(new TreeSet<>());

    /// Nobody may change them.
    public Elements {
      words = Collections.unmodifiableSortedSet(words);
    }

    private Elements with(String word, boolean there) {
      TreeSet<String> changed = new TreeSet<>(words);
      return (there ? changed.add(word) : changed.remove(word)) ? new Elements(changed) : this;
    }

    @Override
    public String toString() {
      return words.toString();
    }
  }

  @Override
  public String name() {
    return "set";
  }

  @Override
  public Elements initial() {
    return Elements.NONE;
  }

  @Override
  public @Nullable Elements step(Elements state, Action action) {
    Value result = action.result();
    String word = UnorderedQueue.nameOf(action.argument(0));
    boolean there = state.words.contains(word);
    return switch (action.function()) {
      case "add" -> Values.answer(result).orElse(!there) != there ? state.with(word, true) : null;
      case "remove" ->
          Values.answer(result).orElse(there) == there ? state.with(word, false) : null;
      case "contains" -> Values.answer(result).orElse(there) == there ? state : null;
      case "read" ->
          Values.isUnseenOr(result, Value.UNRECORDED) || holds(state, result) ? state : null;
      case String _ -> null;
    };
  }

  private static boolean holds(Elements state, Value seen) {
    TreeSet<String> words = new TreeSet<>();
    for (Value element : Values.elements(seen)) {
      words.add(UnorderedQueue.nameOf(element));
    }
    return words.size() == Values.elements(seen).size() && words.equals(state.words);
  }

  @Override
  public boolean observesOnly(Action action) {
    return switch (action.function()) {
      case "read", "contains" -> true;
      case "add", "remove" -> action.result().equals(Value.FALSE);
      case String _ -> false;
    };
  }

  /// Where nobody read the whole set, its elements have nothing to do with each other.
  @Override
  public Model<Elements> fittedTo(Collection<Operation> operations) {
    for (Operation operation : operations) {
      boolean whole = operation.action().function().equals("read");
      if (whole && !operation.action().result().equals(Value.UNRECORDED)) {
        return this;
      }
    }
    return new ByElement();
  }

  @Override
  public Value partition(Action action) {
    return action.key();
  }

  @Override
  public Optional<String> objectionTo(Action action) {
    boolean unreadable =
        action.function().equals("read")
            && !(action.result() instanceof Value.Tuple)
            && !action.result().equals(Value.UNRECORDED);
    return unreadable
        ? Optional.of("a list of elements as the result of read, but found " + action.result())
        : Values.objectionToCount(name(), action, "add 1", "remove 1", "contains 1", "read 0");
  }

  /// The same for histories in which every element can be judged alone.
  private record ByElement() implements Model<Elements> {
    private static final SetModel WHOLE = new SetModel();

    @Override
    public String name() {
      return WHOLE.name();
    }

    @Override
    public Elements initial() {
      return WHOLE.initial();
    }

    @Override
    public @Nullable Elements step(Elements state, Action action) {
      return WHOLE.step(state, action);
    }

    @Override
    public boolean observesOnly(Action action) {
      return WHOLE.observesOnly(action);
    }

    @Override
    public Value partition(Action action) {
      return Values.joined(action.key(), action.argument(0));
    }
  }
}
