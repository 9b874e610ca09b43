package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cluster of operations that nothing may come between, and when it must have been in force.
final class Zone {
  /// The time of the write that nobody made: what was there at first.
  private static final long BEFORE_ALL = -1;

  /// In the order in which they must have taken effect.
  final List<Operation> operations = new ArrayList<>();

  private final UniqueWrites.Segment root;

  /// The first return.
  long first = Long.MAX_VALUE;

  /// The last invocation.
  long last = BEFORE_ALL;

  private @Nullable Operation firstReturned;
  private @Nullable Operation lastInvoked;

  Zone(UniqueWrites.Segment root) {
    this.root = root;
    if (root.writer == null) {
      first = BEFORE_ALL;
    }
    for (UniqueWrites.Segment segment = root; segment != null; segment = segment.next) {
      if (segment.writer != null) {
        add(segment.writer);
      }
      if (segment.reads.size() > 1) {
        segment.reads.sort(RealTime.BY_INVOCATION);
      }
      for (Operation read : segment.reads) {
        add(read);
      }
    }
  }

  private void add(Operation operation) {
    operations.add(operation);
    if (operation.returnTime() < first) {
      first = operation.returnTime();
      firstReturned = operation;
    }
    if (operation.invokeTime() > last) {
      last = operation.invokeTime();
      lastInvoked = operation;
    }
  }

  /// Whether the value was certainly there for some time.
  boolean isForward() {
    return first < last;
  }

  /// Whether all of this may come before all of another.
  boolean mayPrecede(Zone other) {
    return last <= other.first;
  }

  /// The operations that hold the ends of the zone, with the writers in between.
  Set<Operation> ends() {
    Set<Operation> ends = new LinkedHashSet<>();
    int from = firstReturned == null ? 0 : operations.indexOf(firstReturned);
    int to = lastInvoked == null ? 0 : operations.indexOf(lastInvoked);
    addLinks(ends, Math.min(from, to), Math.max(from, to));
    if (firstReturned != null) {
      ends.add(firstReturned);
    }
    if (lastInvoked != null) {
      ends.add(lastInvoked);
    }
    return ends;
  }

  /// Two operations in the wrong order, with the writers in between.
  List<Operation> around(RealTime.Inversion inversion) {
    Set<Operation> kept = new LinkedHashSet<>();
    addLinks(kept, operations.indexOf(inversion.first()), operations.indexOf(inversion.second()));
    kept.add(inversion.first());
    kept.add(inversion.second());
    return List.copyOf(kept);
  }

  /// Adds the writers of the values of the operations from one place to another.
  private void addLinks(Set<Operation> kept, int from, int to) {
    int place = 0;
    for (UniqueWrites.Segment segment = root; segment != null; segment = segment.next) {
      int end = place + segment.reads.size() + (segment.writer == null ? 0 : 1);
      if (segment.writer != null && place <= to && end > from) {
        kept.add(segment.writer);
      }
      place = end;
    }
  }
}
