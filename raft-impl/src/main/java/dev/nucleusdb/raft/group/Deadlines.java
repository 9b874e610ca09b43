package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.time.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The moments that the groups of a node wait for, behind one timer.
///
/// Deadlines are put off far more often than they come: a later one leaves what is armed as it is,
/// and the group is asked then what it waits for now. So an awake group costs the heap one change
/// per election timeout or heartbeat, not per message; a group that waits for nothing is not in it
/// once its last moment has passed.
final class Deadlines {
  private record Armed(long atNanos, long number, Seat seat) {
    /// Whether the group has not asked for an earlier moment since.
    boolean isValid() {
      return seat.armedNanos == atNanos && !seat.left;
    }
  }

  private static final Comparator<Armed> SOONEST =
      Comparator.comparingLong(Armed::atNanos).thenComparingLong(Armed::number);

  private final Timers timers;
  private final Consumer<List<Seat>> onDue;
  private final PriorityQueue<Armed> queue = new PriorityQueue<>(SOONEST);
  private long lastNumber;
  private Timers.@Nullable Timer timer;
  private long timerNanos = Seat.NEVER;

  /// Whether groups have their turn, which ask for moments one after the other: the timer is armed
  /// once, when all have asked.
  private boolean firing;

  /// @param onDue takes the groups whose moment has come
  Deadlines(Timers timers, Consumer<List<Seat>> onDue) {
    this.timers = timers;
    this.onDue = onDue;
  }

  /// A group waits for a moment.
  void arm(Seat seat, long deadlineNanos) {
    if (seat.armedNanos <= deadlineNanos) {
      return;
    }
    seat.armedNanos = deadlineNanos;
    queue.add(new Armed(deadlineNanos, ++lastNumber, seat));
    if (!firing) {
      armTimer();
    }
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
