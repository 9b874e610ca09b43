package dev.nucleusdb.linearizability.report.part;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/// Where operations stand in a drawing: a lane for each process, columns for events.
///
/// Only the order of events is to scale, for gaps of time say nothing about order. Two operations
/// overlap in the drawing exactly if they are concurrent.
///
/// ```
///   process 0  |-put x 1-|
///   process 1           |-get x -> 0-|
///                       ▲ columns are events; each is as far right as the labels before it need
/// ```
public final class LaneLayout {
  /// An operation with its place.
  ///
  /// @param start the column of its invocation
  /// @param end the column of its return, or the last column if it never returned
  public record Placed(Operation operation, int start, int end) {
    /// Whether it returned.
    public boolean returned() {
      return operation.returnTime() != Operation.NEVER;
    }
  }

  /// One process, with its operations in rows so that those of one row do not overlap.
  public record Lane(long process, List<List<Placed>> rows) {}

  /// A moment of the drawing. At equal times invocations come first, because intervals are closed.
  private record Tick(long time, boolean isReturn) implements Comparable<Tick> {
    private static final Comparator<Tick> ORDER =
        Comparator.comparingLong(Tick::time).thenComparing(Tick::isReturn);

    @Override
    public int compareTo(Tick other) {
      return ORDER.compare(this, other);
    }
  }

  /// Blanks between two operations of one lane.
  private static final int GAP = 1;

  /// How far operations that never returned are drawn beyond the last event.
  private static final int TAIL = 3;

  private final List<Operation> operations;
  private final ToIntFunction<Operation> lengths;
  private final TreeMap<Tick, Integer> columns = new TreeMap<>();
  private int width;

  /// @param lengths how many columns an operation takes at least, from its first to its last
  public LaneLayout(List<Operation> operations, ToIntFunction<Operation> lengths) {
    this.operations = operations;
    this.lengths = lengths;
    layOut();
  }

  /// How many columns there are.
  public int width() {
    return width;
  }

  /// The lanes, ordered by process.
  public List<Lane> lanes() {
    TreeMap<Long, List<List<Placed>>> lanes = new TreeMap<>();
    for (Operation operation : operations) {
      List<List<Placed>> rows = lanes.computeIfAbsent(operation.process(), _ -> new ArrayList<>());
      int start = start(operation);
      int end =
          operation.returnTime() == Operation.NEVER
              ? width - 1
              : columns.getOrDefault(new Tick(operation.returnTime(), true), width);
      freeRow(rows, start).add(new Placed(operation, start, end));
    }
    List<Lane> ordered = new ArrayList<>();
    lanes.forEach((process, rows) -> ordered.add(new Lane(process, rows)));
    return ordered;
  }

  private int start(Operation operation) {
    return columns.getOrDefault(new Tick(operation.invokeTime(), false), 0);
  }

  /// Gives each tick the least column that leaves room for the labels of all operations that end
  /// there.
  private void layOut() {
    TreeSet<Tick> ticks = new TreeSet<>();
    TreeMap<Tick, List<Operation>> ending = new TreeMap<>();
    for (Operation operation : operations) {
      ticks.add(new Tick(operation.invokeTime(), false));
      if (operation.returnTime() != Operation.NEVER) {
        Tick end = new Tick(operation.returnTime(), true);
        ticks.add(end);
        ending.computeIfAbsent(end, _ -> new ArrayList<>()).add(operation);
      }
    }
    int column = 0;
    boolean afterReturn = false;
    for (Tick tick : ticks) {
      column += afterReturn && !tick.isReturn() ? GAP : 0;
      for (Operation operation : ending.getOrDefault(tick, List.of())) {
        column = Math.max(column, start(operation) + lengths.applyAsInt(operation));
      }
      columns.put(tick, column++);
      afterReturn = tick.isReturn();
    }
    width = column;
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.UNKNOWN) {
        width = Math.max(width, start(operation) + lengths.applyAsInt(operation) + TAIL);
      }
    }
  }

  /// A row of the lane that is free from a column on; an operation that never returned keeps its
  /// row for ever.
  private static List<Placed> freeRow(List<List<Placed>> rows, int column) {
    for (List<Placed> row : rows) {
      if (row.getLast().returned() && row.getLast().end() < column) {
        return row;
      }
    }
    rows.add(new ArrayList<>());
    return rows.getLast();
  }
}
