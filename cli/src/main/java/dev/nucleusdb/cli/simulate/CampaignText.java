package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.invariant.Invariants;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import java.io.PrintStream;

/// A campaign's figures for people.
final class CampaignText {
  private final PrintStream out;

  CampaignText(PrintStream out) {
    this.out = out;
  }

  void print(Campaign campaign, ScenarioOptions options, double wallSeconds) {
    OperationCounts operations = campaign.operations();
    out.printf("worlds        %,d in %.1f s%n", campaign.worldCount(), wallSeconds);
    out.printf(
        "simulated     %,.0f s, %,.0f simulated seconds per wall second%n",
        campaign.simulatedSeconds(), campaign.simulatedSeconds() / wallSeconds);
    out.printf(
        "events        %,d, %,.0f per wall second%n",
        campaign.eventCount(), campaign.eventCount() / wallSeconds);
    out.printf(
        "operations    %,d ok, %,d failed, %,d unknown%n",
        operations.ok(), operations.failed(), operations.unknown());
    StringBuilder faults = new StringBuilder();
    campaign
        .faults()
        .toMap()
        .forEach((family, count) -> {
          if (options.families().contains(family)) {
            faults.append(faults.isEmpty() ? "" : " · ");
            faults.append(family.label()).append(' ').append("%,d".formatted(count));
          }
        });
    out.println("faults        " + wrapped(faults.toString()));
    out.println(
        "checked       "
            + wrapped(
                String.join(" · ", Invariants.names())
                    + " · Liveness · Vacuity · Linearizability of "
                    + campaign.worldCount()
                    + " histories"));
    out.printf("digest        %016x%n", campaign.digest());
  }

  private static String wrapped(String items) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String item : items.split(" · ", -1)) {
      if (column > 0 && column + item.length() > 80) {
        text.append(" ·\n              ");
        column = 0;
      } else if (column > 0) {
        text.append(" · ");
      }
      text.append(item);
      column += item.length() + 3;
    }
    return text.toString();
  }
}
