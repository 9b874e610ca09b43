package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Draws operations as lanes, one for each process: `|-…-|` from invocation to return, `|-…~~>` if
/// it never returned.
///
/// Only the order of events is to scale, for gaps of time say nothing about order. Two operations
/// overlap in the drawing exactly if they are concurrent.
///
/// ```
///   process 0  |-put x 1-|
///   process 1           |-get x -> 0-|
///                       ▲ columns are events; each is as far right as the labels before it need
/// ```
final class LaneDrawing {
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
  private final TreeMap<Tick, Integer> columns = new TreeMap<>();
  private int width;

  LaneDrawing(List<Operation> operations) {
    this.operations = operations;
    layOut();
  }

  /// The drawing, one string a line, with an arrow of time below.
  List<String> lines() {
    TreeMap<Long, List<StringBuilder>> lanes = new TreeMap<>();
    for (Operation operation : operations) {
      List<StringBuilder> rows = lanes.computeIfAbsent(operation.process(), _ -> new ArrayList<>());
      draw(operation, freeRow(rows, start(operation)));
    }
    int nameWidth =
        lanes.keySet().stream().mapToInt(process -> name(process).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lanes.forEach((process, rows) -> {
      String name = name(process);
      for (StringBuilder row : rows) {
        lines.add(name + " ".repeat(nameWidth - name.length() + 2) + row);
        name = "";
      }
    });
    lines.add(" ".repeat(nameWidth + 2) + "─".repeat(width) + "► time");
    return lines;
  }

  private static String name(long process) {
    return "process " + process;
  }

  private static String label(Operation operation) {
    return Label.of(operation.action());
  }

  private static Tick invocation(Operation operation) {
    return new Tick(operation.invokeTime(), false);
  }

  private int start(Operation operation) {
    return columns.getOrDefault(invocation(operation), 0);
  }

  /// Gives each tick the least column that leaves room for the labels of all operations that end
  /// there.
  private void layOut() {
    TreeSet<Tick> ticks = new TreeSet<>();
    TreeMap<Tick, List<Operation>> ending = new TreeMap<>();
    for (Operation operation : operations) {
      ticks.add(invocation(operation));
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
        column = Math.max(column, start(operation) + label(operation).length() + 3);
      }
      columns.put(tick, column++);
      afterReturn = tick.isReturn();
    }
    width = column;
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.UNKNOWN) {
        width = Math.max(width, start(operation) + label(operation).length() + 3 + TAIL);
      }
    }
  }

  /// A row of the lane that is free from a column on; an operation that never returned keeps its
  /// row for ever.
  private static StringBuilder freeRow(List<StringBuilder> rows, int column) {
    for (StringBuilder row : rows) {
      if (row.length() <= column && row.indexOf(">", Math.max(0, row.length() - 1)) < 0) {
        return row;
      }
    }
    rows.add(new StringBuilder());
    return rows.getLast();
  }

  private void draw(Operation operation, StringBuilder row) {
    boolean returned = operation.returnTime() != Operation.NEVER;
    int end =
        returned ? columns.getOrDefault(new Tick(operation.returnTime(), true), width) : width - 1;
    row.append(" ".repeat(start(operation) - row.length()));
    row.append("|-").append(label(operation));
    row.append((returned ? "-" : "~").repeat(end - row.length()));
    row.append(returned ? '|' : '>');
  }
}
