package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A register to which every value is written once (Gibbons and Korach 1997, zones; also Golab, Li,
/// Shah 2011).
///
/// A write and all reads of its value are a *cluster*: nothing of another cluster may come between
/// them. A `cas` that swapped follows the cluster of the value that it expected at once, so chains
/// of them are one cluster. A cluster has a zone between its first return f and its last invocation
/// s, and one cluster may precede another exactly if it is not invoked after the other's return:
///
/// ```
///   f < s: forward    the value was there from f to s      no two of them may overlap
///   s <= f: backward  all could have happened at once      none may lie inside a forward one
/// ```
///
/// A crashed write that nobody read never happened; one that was read has no return of its own. So
/// what is unknown costs nothing here.
final class UniqueWrites implements SpecialCase {
  private static final Proposal NOTHING = new Proposal.Nothing();

  private final Value initial;

  UniqueWrites(Value initial) {
    this.initial = initial;
  }

  @Override
  public Proposal propose(List<Operation> operations) {
    Clusters clusters = new Clusters(initial);
    for (Operation operation : operations) {
      if (operation.outcome() != Outcome.FAILED && !clusters.takesWrite(operation)) {
        return NOTHING;
      }
    }
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.OK && isRead(operation.action())) {
        if (operation.action().result().equals(Value.UNRECORDED)) {
          return NOTHING;
        }
        if (!clusters.takesRead(operation)) {
          return new Proposal.Conflict(List.of(operation));
        }
      }
    }
    return clusters.propose();
  }

  private static boolean isRead(Action action) {
    return action.function().equals("read") || action.function().equals("get");
  }

  /// The operations by the value that they wrote or saw.
  private static final class Clusters {
    private final Map<Value, Segment> byValue = new LinkedHashMap<>();

    Clusters(Value initial) {
      byValue.put(initial, new Segment(null));
    }

    /// False if the special case does not apply.
    boolean takesWrite(Operation operation) {
      Action action = operation.action();
      return switch (action.function()) {
        case "write", "put" -> isFirst(action.argument(0), operation);
        case "cas" -> {
          boolean refused = action.result().equals(Value.FALSE);
          boolean changes = !action.argument(0).equals(action.argument(1));
          yield !refused && changes && isFirst(action.argument(1), operation);
        }
        case "read", "get" -> true;
        case String _ -> false;
      };
    }

    private boolean isFirst(Value value, Operation writer) {
      return byValue.putIfAbsent(value, new Segment(writer)) == null;
    }

    boolean takesRead(Operation read) {
      Segment segment = byValue.get(read.action().result());
      if (segment == null) {
        return false;
      }
      segment.reads = Segment.with(segment.reads, read);
      return true;
    }

    Proposal propose() {
      @Nullable Proposal flaw = linkSwaps();
      if (flaw != null) {
        return flaw;
      }
      List<Zone> zones = new ArrayList<>();
      for (Segment segment : byValue.values()) {
        if (segment.previous == null && segment.isNeeded()) {
          Zone zone = new Zone(segment);
          RealTime.@Nullable Inversion inversion = RealTime.firstIn(zone.operations);
          if (inversion != null) {
            return new Proposal.Conflict(zone.around(inversion));
          }
          zones.add(zone);
        }
      }
      return Zones.arrange(zones);
    }

    /// Hangs every swap that took effect behind the value that it expected.
    private @Nullable Proposal linkSwaps() {
      for (Segment segment : byValue.values()) {
        Operation writer = segment.writer;
        if (writer != null && writer.action().function().equals("cas")) {
          Segment before = byValue.get(writer.action().argument(0));
          if (before == null) {
            return writer.outcome() == Outcome.OK
                ? new Proposal.Conflict(List.of(writer))
                : NOTHING;
          }
          segment.previous = before;
          before.swaps = Segment.with(before.swaps, segment);
        }
      }
      return Segment.chooseSwaps(byValue.values());
    }
  }

  /// One value's part of a cluster.
  static final class Segment {
    final @Nullable Operation writer;

    /// Most values are read once at most and swapped by nobody: then no list is made.
    List<Operation> reads = List.of();

    List<Segment> swaps = List.of();
    @Nullable Segment previous;

    /// The swap that took this value away, if one did.
    @Nullable Segment next;

    private int decidedSwaps;

    Segment(@Nullable Operation writer) {
      this.writer = writer;
    }

    private static <T> List<T> with(List<T> some, T one) {
      if (some.isEmpty()) {
        return List.of(one);
      }
      List<T> more = some.size() == 1 ? new ArrayList<>(some) : some;
      more.add(one);
      return more;
    }

    /// Whether it is certain that the value was there, now that `next` is known.
    boolean isNeeded() {
      return writer == null || writer.outcome() == Outcome.OK || !reads.isEmpty() || next != null;
    }

    /// Chooses for all segments the swap that followed, from the ends of the chains backwards; a
    /// crashed swap whose value nobody saw did not happen.
    static @Nullable Proposal chooseSwaps(Iterable<Segment> segments) {
      List<Segment> ends = new ArrayList<>();
      for (Segment segment : segments) {
        if (segment.swaps.isEmpty()) {
          ends.add(segment);
        }
      }
      for (int place = 0; place < ends.size(); place++) {
        Segment segment = ends.get(place);
        Segment before = segment.previous;
        if (before == null) {
          continue;
        }
        if (segment.isNeeded()) {
          if (before.next != null) {
            return twice(before, before.next, segment);
          }
          before.next = segment;
        }
        if (++before.decidedSwaps == before.swaps.size()) {
          ends.add(before);
        }
      }
      return null;
    }

    private static Proposal twice(Segment before, Segment one, Segment other) {
      List<Operation> kept = new ArrayList<>();
      for (Segment segment : List.of(before, one, other)) {
        if (segment.writer != null) {
          kept.add(segment.writer);
        }
      }
      for (Segment segment : List.of(one, other)) {
        Operation writer = segment.writer;
        boolean sure = writer != null && writer.outcome() == Outcome.OK;
        if (!sure && segment.reads.isEmpty()) {
          return NOTHING;
        }
        if (!sure) {
          kept.add(segment.reads.getFirst());
        }
      }
      return new Proposal.Conflict(kept);
    }
  }
}
