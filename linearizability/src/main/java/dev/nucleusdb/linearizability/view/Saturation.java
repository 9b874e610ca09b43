package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.search.PartialOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What follows for a view once it is known which update each operation saw: another update of the
/// same cell that comes before who saw comes before the one that was seen (Bouajjani, Enea,
/// Guerraoui, Hamza 2017, the happened-before of causal memory).
///
/// ```
///   seen ───────────► who saw        other ──► who saw      =>   other ──► seen
///   other ─ ─ ─ ─ ─ ─ ► (not between)
/// ```
///
/// The rule is applied until it yields no more. If the operations then name each other in a circle,
/// or an update comes before who saw what was there at first, there is no view. If what the client
/// saw has an order, and updates see nothing, there is one otherwise (theorem 5 there); in all
/// other cases the search has less to try.
final class Saturation {
  private final Program<?> program;
  private final ViewGraph graph;

  /// By object, its updates that happened.
  private final Map<Integer, BitSet> updates = new LinkedHashMap<>();

  /// By number, all that must come before.
  private final BitSet[] before;

  private boolean contradicted;

  private Saturation(Program<?> program, ViewGraph graph) {
    this.program = program;
    this.graph = graph;
    this.before = new BitSet[graph.size()];
    for (int number = 0; number < graph.size(); number++) {
      int operation = graph.operations[number];
      if (program.updates[operation] && graph.part[number] == PartialOrder.Part.REQUIRED) {
        updates.computeIfAbsent(program.object[operation], _ -> new BitSet()).set(number);
      }
    }
  }

  /// How many bytes it takes to saturate a view.
  static long bytes(ViewGraph graph) {
    return (long) graph.size() * graph.size() / Byte.SIZE;
  }

  /// Adds to a view what follows; false if there is no such view.
  static boolean isPossible(Program<?> program, ViewGraph graph) {
    return new Saturation(program, graph).saturate();
  }

  private boolean saturate() {
    linkSeen();
    boolean changed = true;
    while (changed && !contradicted) {
      changed = close() && deriveAll();
    }
    return !contradicted;
  }

  /// An update comes before who saw it; and who saw it, before another one that saw it and replaced
  /// it.
  private void linkSeen() {
    Map<List<Integer>, List<Integer>> readers = new LinkedHashMap<>();
    for (int number = 0; number < graph.size(); number++) {
      if (graph.mustSee(number)) {
        int seen = graph.seenBy(number);
        if (seen >= 0) {
          graph.predecessors.get(number).add(seen);
        }
        List<Integer> cell = List.of(program.object[graph.operations[number]], seen);
        readers.computeIfAbsent(cell, _ -> new ArrayList<>()).add(number);
      }
    }
    for (List<Integer> same : readers.values()) {
      for (int replacing : same) {
        if (program.updates[graph.operations[replacing]]) {
          for (int other : same) {
            if (other != replacing) {
              graph.predecessors.get(replacing).add(other);
            }
          }
        }
      }
    }
  }

  /// Finds all that comes before each; false if there is a circle.
  private boolean close() {
    List<List<Integer>> successors = new ArrayList<>();
    int[] waiting = new int[graph.size()];
    List<Integer> ready = new ArrayList<>();
    for (int number = 0; number < graph.size(); number++) {
      successors.add(new ArrayList<>());
      before[number] = new BitSet();
      waiting[number] = graph.predecessors.get(number).size();
      if (waiting[number] == 0) {
        ready.add(number);
      }
    }
    for (int number = 0; number < graph.size(); number++) {
      for (int predecessor : graph.predecessors.get(number)) {
        successors.get(predecessor).add(number);
      }
    }
    for (int place = 0; place < ready.size(); place++) {
      int number = ready.get(place);
      for (int successor : successors.get(number)) {
        before[successor].or(before[number]);
        before[successor].set(number);
        if (--waiting[successor] == 0) {
          ready.add(successor);
        }
      }
    }
    contradicted = ready.size() < graph.size();
    return !contradicted;
  }

  private boolean deriveAll() {
    boolean changed = false;
    for (int number = 0; number < graph.size(); number++) {
      if (graph.mustSee(number)) {
        changed |= derive(number, graph.seenBy(number));
      }
    }
    return changed;
  }

  private boolean derive(int number, int seen) {
    BitSet others = updates.get(program.object[graph.operations[number]]);
    if (others == null) {
      return false;
    }
    BitSet earlier = (BitSet) others.clone();
    earlier.and(before[number]);
    if (seen < 0) {
      contradicted |= !earlier.isEmpty();
      return false;
    }
    earlier.andNot(before[seen]);
    earlier.clear(seen);
    for (int other = earlier.nextSetBit(0); other >= 0; other = earlier.nextSetBit(other + 1)) {
      graph.predecessors.get(seen).add(other);
      before[seen].set(other);
    }
    return !earlier.isEmpty();
  }
}
