package dev.nucleusdb.linearizability.report.page;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.report.part.Label;
import dev.nucleusdb.linearizability.report.part.LaneLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Operations as lanes in SVG: a bar from invocation to return, open at the end if it never
/// returned. [LaneLayout] says where; the classes of the elements are coloured by `drawing.css`.
///
/// ```
///   client 0 ──▌1 put x 1 ▐────────────────
///   client 1 ───────▌✕ get x → 0 ▐─────────    a heavy edge: could not be placed
///   client 2 ──▌2 put x 2 ▐~ ~ ~ ~ ~ ~ ~ ~►    crashed
/// ```
final class OperationsDrawing {
  /// What stands on the operations.
  ///
  /// @param numbers by index of the operation: its place in an order, counted from 1
  /// @param blocked the indices of those that could not be placed
  /// @param sign what stands on those that could not be placed
  /// @param context the indices of those that only show where a value came from
  record Marks(
      Map<Integer, Integer> numbers, Set<Integer> blocked, String sign, Set<Integer> context) {
    String badge(Operation operation) {
      if (blocked.contains(operation.index())) {
        return sign;
      }
      Integer number = numbers.get(operation.index());
      return number == null ? "" : number.toString();
    }
  }

  /// Longest text of a bar, in characters.
  static final int LABEL_LENGTH = 40;

  /// Width of a column, a little more than a character of 12 pixels in any monospaced font.
  private static final double COLUMN = 7.4;

  private static final int ROW_HEIGHT = 34;
  private static final int BAR_HEIGHT = 24;

  /// Where a line of text stands in its row.
  private static final int BASELINE = 21;

  private static final int LANE_GAP = 6;
  private static final int MARGIN = 14;
  private static final int AXIS_HEIGHT = 26;
  private static final String AXIS_WORDS = "time; only the order of events is to scale";

  private final Marks marks;
  private final Kinds kinds;
  private final LaneLayout layout;
  private final List<LaneLayout.Lane> lanes;
  private final double left;

  OperationsDrawing(List<Operation> operations, Marks marks, Kinds kinds) {
    this.marks = marks;
    this.kinds = kinds;
    this.layout = new LaneLayout(operations, this::columnsOf);
    this.lanes = layout.lanes();
    int longest = lanes.stream().mapToInt(lane -> name(lane).length()).max().orElse(0);
    this.left = MARGIN + (longest + 2) * COLUMN;
  }

  /// In pixels.
  int width() {
    double columns = Math.max(layout.width(), AXIS_WORDS.length());
    return (int) Math.ceil(left + columns * COLUMN + 2 * MARGIN);
  }

  /// In pixels.
  int height() {
    int rows = lanes.stream().mapToInt(lane -> lane.rows().size()).sum();
    return rows * ROW_HEIGHT + lanes.size() * LANE_GAP + AXIS_HEIGHT;
  }

  /// The elements, below each other from a height on.
  String body(int top) {
    Svg svg = new Svg();
    double right = width() - MARGIN;
    int y = top;
    for (LaneLayout.Lane lane : lanes) {
      svg.open("lane", "list", name(lane));
      svg.text("client", MARGIN, y + BASELINE, name(lane));
      for (List<LaneLayout.Placed> row : lane.rows()) {
        svg.path("rail", left, y + ROW_HEIGHT / 2.0, "H" + Svg.number(right));
        for (LaneLayout.Placed placed : row) {
          operation(svg, placed, y + (ROW_HEIGHT - BAR_HEIGHT) / 2);
        }
        y += ROW_HEIGHT;
      }
      svg.close();
      y += LANE_GAP;
      svg.path("divide", MARGIN, y - LANE_GAP / 2.0, "H" + Svg.number(right));
    }
    svg.path("axis", left, y + 6, "H" + Svg.number(right) + "m-6 -4l6 4l-6 4");
    svg.text("note", left, y + 22, AXIS_WORDS);
    return svg.toString();
  }

  private void operation(Svg svg, LaneLayout.Placed placed, int y) {
    Operation operation = placed.operation();
    double x = left + placed.start() * COLUMN;
    double width = (placed.end() - placed.start() + 1) * COLUMN;
    svg.openOperation(style(placed), operation.index(), described(operation));
    if (placed.returned()) {
      svg.rectangle("bar", x, y, width, BAR_HEIGHT, 4);
    } else {
      String end = Svg.number(x + width);
      svg.path("bar", x + width, y, "H" + Svg.number(x) + "v" + BAR_HEIGHT + "H" + end);
      svg.path("arrow", x + width, y + 4, "l7 8l-7 8");
    }
    svg.path("edge", x + 2, y + 2, "v" + (BAR_HEIGHT - 4));
    String badge = marks.badge(operation);
    double textX = x + COLUMN;
    if (!badge.isEmpty()) {
      double badgeWidth = (badge.length() + 1) * COLUMN;
      svg.rectangle("badge", textX, y + 4, badgeWidth, 16, 8);
      svg.text("number", textX + badgeWidth / 2, y + 16, badge);
      textX += badgeWidth + COLUMN / 2;
    }
    svg.text("label", textX, y + 16, label(operation));
    svg.close();
  }

  private String style(LaneLayout.Placed placed) {
    Operation operation = placed.operation();
    return "kind-"
        + kinds.of(operation)
        + (marks.blocked().contains(operation.index()) ? " blocked" : "")
        + (marks.context().contains(operation.index()) ? " context" : "")
        + (placed.returned() ? "" : " crashed")
        + (operation.outcome() == Outcome.FAILED ? " failed" : "");
  }

  private int columnsOf(Operation operation) {
    String badge = marks.badge(operation);
    int badgeColumns = badge.isEmpty() ? 0 : badge.length() + 2;
    return Label.columns(label(operation)) + badgeColumns + 2;
  }

  private static String label(Operation operation) {
    return Label.arrowed(operation.action(), LABEL_LENGTH);
  }

  private static String name(LaneLayout.Lane lane) {
    return "client " + lane.process();
  }

  /// An operation in one line, with its times.
  static String described(Operation operation) {
    String line = operation.line() > 0 ? ", line " + operation.line() : "";
    String end =
        operation.outcome() == Outcome.UNKNOWN
            ? "not returned by then"
            : operation.outcome() == Outcome.FAILED
                ? "failed at " + operation.returnTime()
                : "returned at " + operation.returnTime();
    return Label.arrowed(operation.action(), 1000)
        + ", client "
        + operation.process()
        + line
        + ", invoked at "
        + operation.invokeTime()
        + ", "
        + end;
  }
}
