package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.io.PrintStream;

/// A campaign's figures for people.
final class CampaignText {
  private final PrintStream out;

  CampaignText(PrintStream out) {
    this.out = out;
  }

  void print(
      Scenario scenario, CampaignTally campaign, ScenarioOptions options, double wallSeconds) {
    OperationCounts operations = campaign.operations();
    out.printf("worlds        %,d", campaign.worldCount());
    if (wallSeconds > 0) {
      out.printf(" in %.1f s", wallSeconds);
    }
    if (!campaign.states().isEmpty()) {
      out.printf(
          ", %,d of them branches; %,d abstract states",
          campaign.branchCount(), campaign.states().size());
    }
    out.println();
    rate("simulated     %,.0f s", campaign.simulatedSeconds(), "simulated seconds", wallSeconds);
    rate("events        %,.0f", (double) campaign.eventCount(), "", wallSeconds);
    out.printf(
        "operations    %,d ok, %,d failed, %,d unknown%n",
        operations.ok(), operations.failed(), operations.unknown());
    StringBuilder faults = new StringBuilder();
    campaign
        .faults()
        .toMap()
        .forEach((family, count) -> {
          if ((options.families().contains(family) && scenario.knows(family)) || count > 0) {
            faults.append(faults.isEmpty() ? "" : " · ");
            faults.append(family.label()).append(' ').append("%,d".formatted(count));
          }
        });
    out.println("faults        " + wrapped(faults.toString()));
    if (scenario.isOfOneStore()) {
      long crashes = campaign.faults().of(FaultFamily.POINT);
      rate("crashes       %,.0f", (double) crashes, "", wallSeconds);
    }
    out.println(
        "checked       " + wrapped(String.join(" · ", scenario.checks(campaign.worldCount()))));
    out.printf("digest        %016x%n", campaign.digest());
  }

  private void rate(String format, double count, String of, double wallSeconds) {
    out.printf(format, count);
    if (wallSeconds > 0) {
      out.printf(", %,.0f %sper wall second", count / wallSeconds, of.isEmpty() ? "" : of + " ");
    }
    out.println();
  }

  /// Failures, one of each class, the most frequent first.
  void printFailures(CampaignTally campaign) {
    campaign.failures().entrySet().stream()
        .sorted(java.util.Comparator.comparingLong(entry -> -entry.getValue().count()))
        .forEach(entry -> {
          out.println();
          out.printf("%,d world(s): %s%n", entry.getValue().count(), entry.getKey());
          out.printf(
              "  first at seed %d: %s%n", entry.getValue().seed(), entry.getValue().detail());
          out.println("  replay: " + entry.getValue().replay());
        });
  }

  /// Which rare states were reached, and which never.
  void printRareStates(java.util.Map<String, Long> states) {
    long reached = states.values().stream().filter(count -> count > 0).count();
    out.printf("rare states   %d of %d reached", reached, states.size());
    states.forEach((name, count) -> {
      if (count == 0) {
        out.printf("%n              never: %s", name);
      }
    });
    out.println();
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
