package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Everything in a recording that can have influenced a row of it: the past of that row under
/// *happens-before* (Lamport, 1978). What is not in it has nothing to do with the matter.
///
/// ```
///   A influences B if                                          followed backwards by
///     both happened to one node, in one incarnation, A first     the rows of the node
///     A is what a node did up to a send, B is the delivery       the time of sending
///     A was durable before a crash, B is after the restart       the last durable row before it
///     A influences something that influences B
/// ```
///
/// What a node kept in memory alone dies with its incarnation. A message that did not arrive
/// influences nothing by itself: it is the fault that did.
public final class CausalSlice {
  private final BitSet rows;

  private CausalSlice(BitSet rows) {
    this.rows = rows;
  }

  /// The past of some nodes and clients.
  ///
  /// @param recording all that happened
  /// @param last the row from which to look back
  /// @param isStart whose past is asked for
  /// @param isDurable which kinds of trace events tell of something that outlives a crash
  public static CausalSlice before(
      Recording recording, int last, Predicate<Actor> isStart, Predicate<TraceKind> isDurable) {
    return new Search(recording, isStart, isDurable).back(last);
  }

  /// Whether a row is in the past.
  public boolean contains(int row) {
    return rows.get(row);
  }

  /// All rows of the past, in order.
  public IntStream rows() {
    return rows.stream();
  }

  /// How many rows are in the past.
  public int count() {
    return rows.cardinality();
  }

  /// One look back, row by row.
  private static final class Search {
    private final Recording recording;
    private final ActorRows actorRows;
    private final Predicate<TraceKind> isDurable;
    private final BitSet found = new BitSet();

    /// Rows that influenced a message which is in the past.
    private final BitSet sent = new BitSet();

    /// By actor: whether its memory at this point is in the past.
    private final Set<Integer> memories = new TreeSet<>();

    /// By actor: whether what its disk holds at this point is in the past.
    private final Set<Integer> disks = new TreeSet<>();

    Search(Recording recording, Predicate<Actor> isStart, Predicate<TraceKind> isDurable) {
      this.recording = recording;
      this.actorRows = new ActorRows(recording);
      this.isDurable = isDurable;
      actorRows.actors().stream().filter(isStart).forEach(actor -> memories.add(actor.index()));
    }

    CausalSlice back(int last) {
      for (int row = Math.min(last, recording.count() - 1); row >= 0; row--) {
        Happening happening = recording.get(row);
        Actor actor = ActorRows.actorOf(happening);
        if (actor != null && isPast(actor.index(), row, happening)) {
          found.set(row);
          follow(actor.index(), happening);
        }
      }
      return new CausalSlice(found);
    }

    private boolean isPast(int actor, int row, Happening happening) {
      if (sent.get(row)) {
        memories.add(actor);
      }
      boolean arrived = !(happening instanceof Happening.Carried carried) || hasArrived(carried);
      if (memories.contains(actor)) {
        return arrived;
      }
      if (!disks.contains(actor)) {
        return false;
      }
      boolean durable =
          happening instanceof Happening.Traced traced && isDurable.test(traced.kind());
      if (durable) {
        disks.remove(actor);
        memories.add(actor);
      }
      return durable || happening instanceof Happening.NodeDown;
    }

    private void follow(int actor, Happening happening) {
      if (happening instanceof Happening.Carried carried) {
        int row = actorRows.lastUntil(carried.from(), carried.sentNanos());
        if (row >= 0) {
          sent.set(row);
        }
      } else if (happening instanceof Happening.NodeUp) {
        memories.remove(actor);
        disks.add(actor);
      }
    }

    private static boolean hasArrived(Happening.Carried carried) {
      return carried.fate() == MessageFate.DELIVERED
          || carried.fate() == MessageFate.DELIVERED_AGAIN;
    }
  }
}
