package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.search.PartialOrderSearch;
import dev.nucleusdb.linearizability.search.PartialOrderSearch.Placed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps a value in its cell until all have seen it that must: if only one update can be what they
/// saw, the value does not come back.
final class ViewGuard<S> implements PartialOrderSearch.Guard<List<S>> {
  private final Program<S> program;
  private final ViewGraph graph;

  /// By object, by value, the numbers of those that must see it.
  private final Map<Integer, Map<Value, List<Integer>>> readers = new LinkedHashMap<>();

  ViewGuard(Program<S> program, ViewGraph graph) {
    this.program = program;
    this.graph = graph;
    for (int number = 0; number < graph.size(); number++) {
      int operation = graph.operations[number];
      Value seen = Cells.seen(program.operations.get(operation).action());
      if (graph.mustSee(number) && seen != null) {
        readers
            .computeIfAbsent(program.object[operation], _ -> new LinkedHashMap<>())
            .computeIfAbsent(seen, _ -> new ArrayList<>())
            .add(number);
      }
    }
  }

  @Override
  public boolean allows(List<S> state, int number, Placed placed) {
    int operation = graph.operations[number];
    Map<Value, List<Integer>> ofObject = readers.get(program.object[operation]);
    if (ofObject == null
        || !program.updates[operation]
        || !(state.get(program.object[operation]) instanceof Value value)) {
      return true;
    }
    for (int reader : ofObject.getOrDefault(value, List.of())) {
      if (reader != number && !placed.contains(reader)) {
        return false;
      }
    }
    return true;
  }
}
