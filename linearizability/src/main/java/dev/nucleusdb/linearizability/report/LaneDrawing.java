package dev.nucleusdb.linearizability.report;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.LaneLayout;
import java.util.ArrayList;
import java.util.List;

/// Draws operations as lanes of text, one for each process: `|-…-|` from invocation to return,
/// `|-…~~>` if it never returned. [LaneLayout] says where.
final class LaneDrawing {
  private final LaneLayout layout;

  LaneDrawing(List<Operation> operations) {
    this.layout = new LaneLayout(operations, operation -> label(operation).length() + 3);
  }

  /// The drawing, one string a line, with an arrow of time below.
  List<String> lines() {
    List<LaneLayout.Lane> lanes = layout.lanes();
    int nameWidth = lanes.stream().mapToInt(lane -> name(lane).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (LaneLayout.Lane lane : lanes) {
      String name = name(lane);
      for (List<LaneLayout.Placed> row : lane.rows()) {
        lines.add(name + " ".repeat(nameWidth - name.length() + 2) + text(row));
        name = "";
      }
    }
    lines.add(" ".repeat(nameWidth + 2) + "─".repeat(layout.width()) + "► time");
    return lines;
  }

  private static String name(LaneLayout.Lane lane) {
    return "process " + lane.process();
  }

  private static String label(Operation operation) {
    return Label.of(operation.action());
  }

  private static String text(List<LaneLayout.Placed> row) {
    StringBuilder text = new StringBuilder();
    for (LaneLayout.Placed placed : row) {
      text.append(" ".repeat(placed.start() - text.length()));
      text.append("|-").append(label(placed.operation()));
      text.append((placed.returned() ? "-" : "~").repeat(placed.end() - text.length()));
      text.append(placed.returned() ? '|' : '>');
    }
    return text.toString();
  }
}
