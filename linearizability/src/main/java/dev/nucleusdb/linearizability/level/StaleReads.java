package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object whose reads may return any of its latest values (k-atomicity, Aiyer, Alvisi, Bazzi
/// 2005). Updates act on the latest one.
///
/// @param each the object with reads that return the latest value
/// @param versions how many values a read may choose from; 1 gives the same object
record StaleReads(Model<Value> each, int versions) implements Model<List<Value>> {
  @Override
  public String name() {
    return each.name();
  }

  /// The values that a read may return, the latest first.
  @Override
  public List<Value> initial() {
    return List.of(each.initial());
  }

  @Override
  public @Nullable List<Value> step(List<Value> latest, Action action) {
    if (observesOnly(action)) {
      boolean sees = latest.stream().anyMatch(value -> each.step(value, action) != null);
      return sees ? latest : null;
    }
    @Nullable Value after = each.step(latest.getFirst(), action);
    if (after == null) {
      return null;
    }
    List<Value> next = new ArrayList<>();
    next.add(after);
    next.addAll(latest.subList(0, Math.min(latest.size(), versions - 1)));
    return next;
  }

  @Override
  public boolean observesOnly(Action action) {
    return each.observesOnly(action);
  }

  @Override
  public Value partition(Action action) {
    return each.partition(action);
  }
}
