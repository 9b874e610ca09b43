package dev.nucleusdb.linearizability.search;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Operations of which each names those that must come before it, ready for [PartialOrderSearch].
/// Time plays no part.
///
/// What has been placed is a set that holds, with every operation, all that must come before it. To
/// tell such sets in few bits, the operations are divided into *chains*, in each of which every
/// operation names the one before it; then a set is a place in every chain. With the order of k
/// clients there are k chains, however long the history is.
///
/// ```
///   client 1:  a ──► b ──► c           chain 0: a b c      {a, b, d} is  2 | 1
///                     ╲
///   client 2:  d ──► e ◄╯              chain 1: d e
/// ```
///
/// Operations that need not happen stand in no chain: they are counted by *class*, and nothing may
/// name them.
public final class PartialOrder {
  /// The chain of an operation that need not happen.
  static final int NO_CHAIN = -1;

  /// What an operation is to whoever looks for an order.
  public enum Part {
    /// It must be placed, where it is legal.
    REQUIRED,
    /// It must be placed for the order's sake; what it saw is nobody's concern, and it changes
    /// nothing.
    SILENT,
    /// It may be placed, where it is legal.
    OPTIONAL
  }

  final List<Operation> operations;
  final Part[] part;

  /// By operation, those that must be placed before it.
  final int[][] predecessors;

  /// By operation: of two that may both be placed, the one with the smaller number is tried first.
  final int[] preference;

  final int[] chainOf;
  final int[] placeInChain;
  final int[][] chains;
  final int requiredCount;
  private boolean circular;

  /// @param operations what is to be ordered
  /// @param part by operation
  /// @param predecessors by operation, those that must be placed before it, of which none is
  ///   optional
  /// @param preference by operation: of two that may both be placed, the one with the smaller
  ///   number is tried first
  /// @throws IllegalArgumentException if an operation names an optional one
  public PartialOrder(
      List<Operation> operations, Part[] part, int[][] predecessors, int[] preference) {
    this.operations = List.copyOf(operations);
    this.part = part.clone();
    this.predecessors = predecessors.clone();
    this.preference = preference.clone();
    this.chainOf = new int[part.length];
    this.placeInChain = new int[part.length];
    this.chains = divide();
    this.requiredCount = (int) Arrays.stream(part).filter(one -> one != Part.OPTIONAL).count();
  }

  /// Whether operations name each other in a circle, so that there is no order.
  public boolean isCircular() {
    return circular;
  }

  private int[][] divide() {
    List<List<Integer>> divided = new ArrayList<>();
    boolean[] continued = new boolean[part.length];
    for (int operation : byDepth()) {
      if (part[operation] == Part.OPTIONAL) {
        chainOf[operation] = NO_CHAIN;
        continue;
      }
      int chain = divided.size();
      for (int before : predecessors[operation]) {
        if (!continued[before]) {
          continued[before] = true;
          chain = chainOf[before];
          break;
        }
      }
      if (chain == divided.size()) {
        divided.add(new ArrayList<>());
      }
      chainOf[operation] = chain;
      placeInChain[operation] = divided.get(chain).size();
      divided.get(chain).add(operation);
    }
    int[][] made = new int[divided.size()][];
    Arrays.setAll(made, chain -> divided.get(chain).stream().mapToInt(place -> place).toArray());
    return made;
  }

  /// All operations, each after those it names. Where they name each other in a circle, those in
  /// and behind the circle are missing.
  private int[] byDepth() {
    int[] waiting = new int[part.length];
    List<List<Integer>> successors = new ArrayList<>();
    for (int operation = 0; operation < part.length; operation++) {
      successors.add(new ArrayList<>());
    }
    int[] sorted = new int[part.length];
    int count = 0;
    for (int operation = 0; operation < part.length; operation++) {
      for (int before : predecessors[operation]) {
        if (part[before] == Part.OPTIONAL) {
          throw new IllegalArgumentException(
              "nothing may wait for an operation that need not happen, but "
                  + operations.get(operation)
                  + " waits for "
                  + operations.get(before));
        }
        successors.get(before).add(operation);
      }
      waiting[operation] = predecessors[operation].length;
      if (waiting[operation] == 0) {
        sorted[count++] = operation;
      }
    }
    for (int place = 0; place < count; place++) {
      for (int after : successors.get(sorted[place])) {
        if (--waiting[after] == 0) {
          sorted[count++] = after;
        }
      }
    }
    circular = count < part.length;
    return Arrays.copyOf(sorted, count);
  }

  /// The operations that need not happen, by class: those of one action together.
  int[][] classes(Transitions<?> transitions, boolean symmetry) {
    Map<Integer, List<Integer>> classes = new LinkedHashMap<>();
    for (int operation = 0; operation < part.length; operation++) {
      if (part[operation] == Part.OPTIONAL) {
        int name = symmetry ? transitions.numberOf(operations.get(operation).action()) : operation;
        classes.computeIfAbsent(name, _ -> new ArrayList<>()).add(operation);
      }
    }
    return classes.values().stream()
        .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
