package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cluster of operations that nothing may come between, and when it must have been in force.
final class Zone {
  /// The time of the write that nobody made: what was there at first.
  private static final long BEFORE_ALL = -1;

  /// In the order in which they must have taken effect.
  final List<Operation> operations = new ArrayList<>();

  /// By operation, the place of its value's writer among the operations, or -1 for what was there
  /// at first.
  private final List<Integer> writerPlace = new ArrayList<>();

  /// The first return.
  long first = Long.MAX_VALUE;

  /// The last invocation.
  long last = BEFORE_ALL;

  private @Nullable Operation firstReturned;
  private @Nullable Operation lastInvoked;

  Zone(UniqueWrites.Segment root) {
    if (root.writer == null) {
      first = BEFORE_ALL;
    }
    for (UniqueWrites.Segment segment = root; segment != null; segment = segment.next) {
      int writer = segment.writer == null ? -1 : operations.size();
      if (segment.writer != null) {
        add(segment.writer, writer);
      }
      segment.reads.sort(RealTime.BY_INVOCATION);
      for (Operation read : segment.reads) {
        add(read, writer);
      }
    }
  }

  private void add(Operation operation, int writer) {
    operations.add(operation);
    writerPlace.add(writer);
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

  private void addLinks(Set<Operation> kept, int from, int to) {
    for (int place = from; place <= to && place < operations.size(); place++) {
      int writer = writerPlace.get(place);
      if (writer >= 0) {
        kept.add(Objects.requireNonNull(operations.get(writer)));
      }
    }
  }
}
