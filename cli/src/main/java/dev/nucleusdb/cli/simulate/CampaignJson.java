package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.trace.Violation;
import java.util.stream.Collectors;

/// A campaign's figures for machines: one object on one line.
final class CampaignJson {
  private CampaignJson() {}

  static String line(
      String scenario, long seed, Campaign campaign, double wallSeconds, String replay) {
    OperationCounts operations = campaign.operations();
    String faults =
        campaign.faults().toMap().entrySet().stream()
            .map(entry -> Json.quoted(entry.getKey().label()) + ":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"scenario\":%s,\"seed\":%d,\"worlds\":%d,\"simulatedSeconds\":%.3f,"
            .formatted(
                Json.quoted(scenario), seed, campaign.worldCount(), campaign.simulatedSeconds())
        + "\"wallSeconds\":%.3f,\"events\":%d,".formatted(wallSeconds, campaign.eventCount())
        + "\"operations\":{\"ok\":%d,\"failed\":%d,\"unknown\":%d},"
            .formatted(operations.ok(), operations.failed(), operations.unknown())
        + "\"undecided\":%d,\"faults\":%s,".formatted(campaign.undecidedCount(), faults)
        + "\"violations\":[%s],".formatted(violation(campaign.violation(), replay))
        + "\"digest\":\"%016x\"}".formatted(campaign.digest());
  }

  private static String violation(
      @org.jspecify.annotations.Nullable WorldResult result, String replay) {
    Violation violation = result == null ? null : result.violation();
    if (result == null || violation == null) {
      return "";
    }
    return "{\"invariant\":%s,\"seed\":%d,\"detail\":%s,\"replay\":%s}"
        .formatted(
            Json.quoted(violation.invariant()),
            result.seed(),
            Json.quoted(violation.detail()),
            Json.quoted(replay));
  }
}
