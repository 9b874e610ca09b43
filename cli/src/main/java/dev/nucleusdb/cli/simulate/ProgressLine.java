package dev.nucleusdb.cli.simulate;

import java.io.Console;

/// One line on a terminal that says how far a campaign is; silent where nobody looks.
final class ProgressLine {
  private static final int WIDTH = 78;

  private final Campaign campaign;
  private final long startNanos;
  private final boolean visible = isTerminal();

  ProgressLine(Campaign campaign, long startNanos) {
    this.campaign = campaign;
    this.startNanos = startNanos;
  }

  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void show() {
    double wall = (System.nanoTime() - startNanos) / 1e9;
    if (visible && wall > 1) {
      String line =
          "  %,d worlds · %,.0f simulated seconds · %.0f s · %,.0f times real time"
              .formatted(
                  campaign.worldCount(),
                  campaign.simulatedSeconds(),
                  wall,
                  campaign.simulatedSeconds() / wall);
      System.err.print("\r" + " ".repeat(WIDTH) + "\r" + line);
    }
  }

  void clear() {
    if (visible) {
      System.err.print("\r" + " ".repeat(WIDTH) + "\r");
    }
  }
}
