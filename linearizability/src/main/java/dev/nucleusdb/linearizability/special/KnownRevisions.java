package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A key whose operations say at which revision they took effect: that is their order, and all that
/// is left to do is to look whether it is true to real time.
///
/// ```
///   revision:   0           3                   5
///   block:      gets -> ∅   put a, gets -> a    put b, gets -> b
/// ```
final class KnownRevisions implements SpecialCase {
  private static final Proposal NOTHING = new Proposal.Nothing();

  /// The revision of a key that was never written.
  private static final long NEVER_WRITTEN = 0;

  @Override
  public Proposal propose(List<Operation> operations) {
    return new Blocks().propose(operations);
  }

  private static final class Blocks {
    private final TreeMap<Long, List<Operation>> blocks = new TreeMap<>();
    private final Map<Value, Operation> crashedByValue = new LinkedHashMap<>();
    private boolean deletes;

    Proposal propose(List<Operation> operations) {
      List<Operation> reads = new ArrayList<>();
      for (Operation operation : operations) {
        if (operation.outcome() == Outcome.FAILED) {
          continue;
        }
        if (operation.action().function().equals("get")) {
          if (operation.outcome() == Outcome.OK) {
            reads.add(operation);
          }
        } else if (!takesWrite(operation)) {
          return NOTHING;
        }
      }
      reads.sort(RealTime.BY_INVOCATION);
      for (Operation read : reads) {
        if (!takesRead(read)) {
          return NOTHING;
        }
      }
      List<Operation> order = new ArrayList<>();
      blocks.values().forEach(order::addAll);
      RealTime.@Nullable Inversion inversion = RealTime.firstIn(order);
      return inversion == null ? new Proposal.Order(order) : conflict(inversion);
    }

    private boolean takesWrite(Operation operation) {
      Action action = operation.action();
      deletes |= action.function().equals("delete");
      if (action.result() instanceof Value.Whole(long revision)) {
        List<Operation> block = new ArrayList<>(List.of(operation));
        return blocks.putIfAbsent(revision, block) == null;
      }
      boolean crashedPut =
          operation.outcome() == Outcome.UNKNOWN && action.function().equals("put");
      return crashedPut && crashedByValue.put(action.argument(0), operation) == null;
    }

    /// A read of a revision that no completed write had shows when a crashed one took effect.
    private boolean takesRead(Operation read) {
      Value result = read.action().result();
      if (result.equals(Value.ABSENT) && !deletes) {
        blocks.computeIfAbsent(NEVER_WRITTEN, _ -> new ArrayList<>()).add(read);
        return true;
      }
      if (!(result instanceof Value.Tuple(List<Value> seen))
          || !(seen.get(1) instanceof Value.Whole(long revision))) {
        return false;
      }
      @Nullable List<Operation> block = blocks.get(revision);
      if (block == null) {
        @Nullable Operation writer = crashedByValue.remove(seen.get(0));
        if (writer == null) {
          return false;
        }
        block = new ArrayList<>(List.of(writer));
        blocks.put(revision, block);
      }
      block.add(read);
      return block.getFirst().action().argument(valuePlace(block.getFirst())).equals(seen.get(0));
    }

    /// Where a write says what it writes; a deletion says nothing, and a `cas` says it second.
    private static int valuePlace(Operation write) {
      return write.action().function().equals("cas") ? 1 : 0;
    }

    private Proposal conflict(RealTime.Inversion inversion) {
      List<Operation> kept = new ArrayList<>();
      for (List<Operation> block : blocks.values()) {
        if (block.contains(inversion.first()) || block.contains(inversion.second())) {
          kept.add(block.getFirst());
        }
      }
      for (Operation operation : List.of(inversion.first(), inversion.second())) {
        if (!kept.contains(operation)) {
          kept.add(operation);
        }
      }
      return new Proposal.Conflict(kept);
    }
  }
}
