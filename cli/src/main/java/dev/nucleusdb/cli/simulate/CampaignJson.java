package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import java.util.stream.Collectors;

/// A campaign's figures for machines: one object on one line.
final class CampaignJson {
  private CampaignJson() {}

  static String line(String scenario, long seed, CampaignTally campaign, double wallSeconds) {
    OperationCounts operations = campaign.operations();
    String faults =
        campaign.faults().toMap().entrySet().stream()
            .map(entry -> Json.quoted(entry.getKey().label()) + ":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    String violations =
        campaign.failures().entrySet().stream()
            .map(entry -> violation(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(","));
    return "{\"scenario\":%s,\"seed\":%d,\"worlds\":%d,\"simulatedSeconds\":%.3f,"
            .formatted(
                Json.quoted(scenario), seed, campaign.worldCount(), campaign.simulatedSeconds())
        + "\"wallSeconds\":%.3f,\"events\":%d,".formatted(wallSeconds, campaign.eventCount())
        + "\"operations\":{\"ok\":%d,\"failed\":%d,\"unknown\":%d},"
            .formatted(operations.ok(), operations.failed(), operations.unknown())
        + "\"undecided\":%d,\"faults\":%s,".formatted(campaign.undecidedCount(), faults)
        + "\"states\":%d,".formatted(campaign.states().size())
        + "\"violations\":[%s],".formatted(violations)
        + "\"digest\":\"%016x\"}".formatted(campaign.digest());
  }

  private static String violation(String failureClass, CampaignTally.Failure failure) {
    return "{\"invariant\":%s,\"class\":%s,\"worlds\":%d,\"seed\":%d,\"detail\":%s,\"replay\":%s}"
        .formatted(
            Json.quoted(failureClass.substring(0, Math.max(0, failureClass.indexOf(':')))),
            Json.quoted(failureClass),
            failure.count(),
            failure.seed(),
            Json.quoted(failure.detail()),
            Json.quoted(failure.replay()));
  }
}
