package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.scenarios.workload.OperationLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The operations that no order explains, as a small picture: one lane for each client, a bar from
/// asking to answering, open to the right if no answer came. Only the order of moments is to scale.
///
/// ```
///   c1  [put k2 c1-7]
///   c4                [get k2 -> c3-2]      bars that overlap were under way at the same time
/// ```
final class CounterexamplePicture {
  private static final int NAME_WIDTH = 46;
  private static final int LETTER_WIDTH = 7;
  private static final int LANE_HEIGHT = 30;
  private static final int BAR_HEIGHT = 22;
  private static final int GAP = 14;
  private static final int LABEL_MAX = 48;

  private final Counterexample counterexample;
  private final List<OperationLog.Entry> shown;
  private final TreeMap<Long, Integer> columns = new TreeMap<>();
  private final Map<Long, Integer> lanes = new TreeMap<>();
  private int width;

  private CounterexamplePicture(Counterexample counterexample, List<OperationLog.Entry> shown) {
    this.counterexample = counterexample;
    this.shown = shown;
    layOut();
  }

  /// The picture as HTML, with a sentence below.
  ///
  /// @param shown the operations that the page shows, in the order of its rows
  static String html(Counterexample counterexample, List<OperationLog.Entry> shown) {
    return new CounterexamplePicture(counterexample, shown).draw();
  }

  /// Moments from left to right, each as far right as the labels that end there need.
  private void layOut() {
    TreeSet<Long> moments = new TreeSet<>();
    for (Operation operation : counterexample.operations()) {
      moments.add(operation.invokeTime());
      if (operation.returnTime() != Operation.NEVER) {
        moments.add(operation.returnTime());
      }
      lanes.putIfAbsent(operation.process(), 0);
    }
    int lane = 0;
    for (Map.Entry<Long, Integer> entry : lanes.entrySet()) {
      entry.setValue(lane++);
    }
    int x = NAME_WIDTH;
    for (long moment : moments) {
      for (Operation operation : counterexample.operations()) {
        if (operation.returnTime() == moment) {
          x = Math.max(x, column(operation.invokeTime()) + labelWidth(operation));
        }
      }
      columns.put(moment, x);
      x += GAP;
    }
    width = x;
    for (Operation operation : counterexample.operations()) {
      if (operation.returnTime() == Operation.NEVER) {
        width = Math.max(width, column(operation.invokeTime()) + labelWidth(operation) + GAP);
      }
    }
  }

  private int column(long moment) {
    return columns.getOrDefault(moment, NAME_WIDTH);
  }

  private static int labelWidth(Operation operation) {
    return label(operation).length() * LETTER_WIDTH + 14;
  }

  private static String label(Operation operation) {
    String text = operation.action().toString().replace(" -> ", " → ");
    return text.length() <= LABEL_MAX ? text : text.substring(0, LABEL_MAX - 1) + "…";
  }

  private String draw() {
    int height = lanes.size() * LANE_HEIGHT + 6;
    StringBuilder html = new StringBuilder();
    html.append(
        String.format(
            Locale.ROOT,
            "<div class=\"scroll\"><svg class=\"counterexample\" role=\"group\" width=\"%d\""
                + " height=\"%d\" viewBox=\"0 0 %d %d\">%n",
            width,
            height,
            width,
            height));
    lanes.forEach((client, lane) ->
        html.append(
            String.format(
                Locale.ROOT,
                "<text class=\"lane\" x=\"4\" y=\"%d\">c%d</text>"
                    + "<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n",
                lane * LANE_HEIGHT + 19,
                client,
                NAME_WIDTH - 8,
                width,
                (lane + 1) * LANE_HEIGHT + 1,
                (lane + 1) * LANE_HEIGHT + 1)));
    counterexample.operations().forEach(operation -> html.append(bar(operation)));
    html.append("</svg></div>\n<p class=\"note plain\">").append(sentence()).append("</p>\n");
    return html.toString();
  }

  private String bar(Operation operation) {
    boolean open = operation.returnTime() == Operation.NEVER;
    int left = column(operation.invokeTime());
    int right = open ? width : column(operation.returnTime());
    int y = lanes.getOrDefault(operation.process(), 0) * LANE_HEIGHT + 4;
    List<String> classes = new ArrayList<>(List.of("operation"));
    if (open) {
      classes.add("open");
    }
    if (operation.index() == counterexample.stuck().index()) {
      classes.add("stuck");
    }
    if (counterexample.context().contains(operation)) {
      classes.add("context");
    }
    return String.format(
        Locale.ROOT,
        "<g class=\"%s\" tabindex=\"0\" role=\"button\" data-operation=\"%d\"><title>%s, from %.6f s"
            + " %s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>"
            + "<text x=\"%d\" y=\"%d\">%s</text></g>%n",
        String.join(" ", classes),
        row(operation),
        escape(operation.action().toString()),
        operation.invokeTime() / 1e9,
        open
            ? "on, never answered"
            : String.format(Locale.ROOT, "to %.6f s", operation.returnTime() / 1e9),
        left,
        y,
        Math.max(8, right - left),
        BAR_HEIGHT,
        left + 6,
        y + 15,
        escape(label(operation)));
  }

  /// The row of an operation on the page, or -1 if it never ended.
  private int row(Operation operation) {
    for (int row = 0; row < shown.size(); row++) {
      OperationLog.Entry entry = shown.get(row);
      if (entry.client() == operation.process() && entry.beginNanos() == operation.invokeTime()) {
        return row;
      }
    }
    return -1;
  }

  private String sentence() {
    String states = String.join(" or ", counterexample.possibleStates());
    String left =
        counterexample.omitted().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " %,d other operations are left out; whether or not each of them happened, this"
                    + " stands.",
                counterexample.omitted().size());
    return escape(
        "No order explains these answers. When “"
            + counterexample.stuck().action()
            + "” (thick) returned, "
            + counterexample.stuck().action().key()
            + " could only be "
            + states
            + "."
            + left);
  }

  private static String escape(String text) {
    return TimelinePage.escape(text);
  }
}
