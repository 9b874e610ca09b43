package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The moments that the groups of a node wait for, behind one timer.
///
/// Deadlines are put off far more often than they come: a later one leaves what is armed as it is,
/// and the group is asked then what it waits for now. So an awake group costs the heap one change
/// per election timeout or heartbeat, not per message; a group that waits for nothing is not in it
/// once its last moment has passed.
///
/// Where there are several groups, moments are put off to the next whole *slot*, unless they are so
/// near that whoever asks is in a hurry (the next piece of a snapshot). Groups whose moments are
/// near have their turn together then, so that their heartbeats go in one packet to each peer, and
/// come back in one: what a node says for groups that are awake, but have nothing to do, is a
/// number of packets per slot, however many they are.
///
/// ```
///   g1 ──┐    g4 ─┐
///   g2 ─────┐     │
///   g3 ───┐ │     │
///   ──────▼─▼│────▼──│──────►      slots: g1, g2 and g3 in one turn, g4 in the next
/// ```
final class Deadlines {
  private record Armed(long atNanos, long number, Seat seat) {
    /// Whether the group has not asked for an earlier moment since.
    boolean isValid() {
      return seat.armedNanos == atNanos && !seat.left;
    }
  }

  private static final Comparator<Armed> SOONEST =
      Comparator.comparingLong(Armed::atNanos).thenComparingLong(Armed::number);

  private static final int NEAR_SLOTS = 5;

  private final Clock clock;
  private final Timers timers;
  private final long slotNanos;
  private final BooleanSupplier areShared;
  private final Consumer<List<Seat>> onDue;
  private final PriorityQueue<Armed> queue = new PriorityQueue<>(SOONEST);
  private long lastNumber;
  private Timers.@Nullable Timer timer;
  private long timerNanos = Seat.NEVER;

  /// Whether groups have their turn, which ask for moments one after the other: the timer is armed
  /// once, when all have asked.
  private boolean firing;

  /// @param context the clock and the timers
  /// @param slot how long a moment is put off at most
  /// @param areShared whether there are several groups
  /// @param onDue takes the groups whose moment has come
  Deadlines(
      NodeContext context, Duration slot, BooleanSupplier areShared, Consumer<List<Seat>> onDue) {
    this.clock = context.clock();
    this.timers = context.timers();
    this.slotNanos = Math.max(1, slot.toNanos());
    this.areShared = areShared;
    this.onDue = onDue;
  }

  /// A group waits for a moment.
  void arm(Seat seat, long deadlineNanos) {
    if (seat.armedNanos <= deadlineNanos) {
      return;
    }
    long slotEnd = areShared.getAsBoolean() ? slotEnd(deadlineNanos) : deadlineNanos;
    if (seat.armedNanos <= slotEnd) {
      return;
    }
    long at = isNear(deadlineNanos) ? deadlineNanos : slotEnd;
    seat.armedNanos = at;
    queue.add(new Armed(at, ++lastNumber, seat));
    if (!firing) {
      armTimer();
    }
  }

  private long slotEnd(long deadlineNanos) {
    return Math.ceilDiv(deadlineNanos, slotNanos) * slotNanos;
  }

  private boolean isNear(long deadlineNanos) {
    return deadlineNanos - clock.monotonicNanos() < NEAR_SLOTS * slotNanos;
  }

  /// Nobody waits any more.
  void close() {
    if (timer != null) {
      timer.cancel();
    }
    timer = null;
    timerNanos = Seat.NEVER;
    queue.clear();
  }

  private void armTimer() {
    while (!queue.isEmpty() && !queue.peek().isValid()) {
      queue.remove();
    }
    long wanted = queue.isEmpty() ? Seat.NEVER : queue.peek().atNanos();
    if (wanted >= timerNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timerNanos = wanted;
    timer = timers.at(wanted, this::fire);
  }

  private void fire() {
    long now = timerNanos;
    timer = null;
    timerNanos = Seat.NEVER;
    List<Seat> due = new ArrayList<>();
    while (!queue.isEmpty() && queue.peek().atNanos() <= now) {
      Armed next = queue.remove();
      if (next.isValid()) {
        next.seat().armedNanos = Seat.NEVER;
        due.add(next.seat());
      }
    }
    firing = true;
    try {
      onDue.accept(due);
    } finally {
      firing = false;
    }
    armTimer();
  }
}
