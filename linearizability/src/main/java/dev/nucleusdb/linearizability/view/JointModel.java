package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All objects of a history as one object, for levels that do not follow from those of each.
///
/// @param each what each of them does
/// @param places by object, its place in the state
public record JointModel<S>(Model<S> each, Map<Value, Integer> places) implements Model<List<S>> {
  /// The objects that operations concern, as one.
  public static <S> JointModel<S> of(Model<S> each, List<Operation> operations) {
    Map<Value, Integer> places = new LinkedHashMap<>();
    for (Operation operation : operations) {
      places.putIfAbsent(each.partition(operation.action()), places.size());
    }
    return new JointModel<>(each, places);
  }

  @Override
  public String name() {
    return each.name();
  }

  @Override
  public List<S> initial() {
    return Collections.nCopies(places.size(), each.initial());
  }

  @Override
  public @Nullable List<S> step(List<S> state, Action action) {
    int place = placeOf(action);
    S before = state.get(place);
    @Nullable S after = each.step(before, action);
    if (after == null) {
      return null;
    }
    if (after.equals(before)) {
      return state;
    }
    List<S> changed = new ArrayList<>(state);
    changed.set(place, after);
    return changed;
  }

  @Override
  public boolean observesOnly(Action action) {
    return each.observesOnly(action);
  }

  /// A state in words: that of each object behind its name, or that of the only one.
  public String words(List<S> state) {
    if (places.size() == 1) {
      return state.getFirst().toString();
    }
    return places.entrySet().stream()
        .map(entry -> entry.getKey() + " " + state.get(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// The place of an action's object in the state.
  ///
  /// @throws IllegalArgumentException if it is none of these objects
  int placeOf(Action action) {
    Integer place = places.get(each.partition(action));
    if (place == null) {
      throw new IllegalArgumentException("of none of the objects: " + action);
    }
    return place;
  }
}
