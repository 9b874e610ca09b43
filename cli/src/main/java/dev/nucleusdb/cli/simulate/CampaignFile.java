package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.cli.simulate.CampaignTally.Failure;
import dev.nucleusdb.scenarios.search.Corpus;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// The result of a campaign, or of one shard of it, as text; several of them are read together.
///
/// ```
///   file    = "nucleus-campaign 1" "\n" { line "\n" }     columns are separated by tabs
///   line    = "campaign" scenario flags | "sums" worlds branches events simulatedMillis undecided digest
///           | "operations" ok failed unknown | "fault" family count | "mark" name count
///           | "failure" class count seed detail replay | "state" fingerprint
///           | "kept" seed atNanos newCount                 the corpus
/// ```
final class CampaignFile {
  private static final String MAGIC = "nucleus-campaign 1";

  private final CampaignTally tally = new CampaignTally();
  private final List<Corpus.Entry> kept = new ArrayList<>();
  private String campaign = "";

  /// What was read so far.
  CampaignTally tally() {
    return tally;
  }

  /// The corpus that was read.
  List<Corpus.Entry> kept() {
    return kept;
  }

  /// Scenario and flags; empty if nothing was read.
  String campaign() {
    return campaign;
  }

  /// @throws UsageException if the file cannot be written
  static void write(Path file, String campaign, CampaignTally tally, List<Corpus.Entry> kept) {
    StringBuilder text = new StringBuilder(MAGIC).append('\n');
    line(text, "campaign", campaign);
    line(
        text,
        "sums",
        tally.worldCount(),
        tally.branchCount(),
        tally.eventCount(),
        tally.simulatedMillis(),
        tally.undecidedCount(),
        String.format(Locale.ROOT, "%016x", tally.digest()));
    OperationCounts operations = tally.operations();
    line(text, "operations", operations.ok(), operations.failed(), operations.unknown());
    tally.faults().toMap().forEach((family, count) -> line(text, "fault", family.label(), count));
    tally.marks().forEach((name, count) -> line(text, "mark", name, count));
    tally
        .failures()
        .forEach((name, failure) ->
            line(
                text,
                "failure",
                name,
                failure.count(),
                failure.seed(),
                failure.detail(),
                failure.replay()));
    tally.states().forEach(state -> line(text, "state", Long.toHexString(state)));
    kept.forEach(entry -> line(text, "kept", entry.seed(), entry.atNanos(), entry.newCount()));
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UsageException("cannot write " + file + ": " + e.getMessage());
    }
  }

  private static void line(StringBuilder text, String kind, Object... columns) {
    text.append(kind);
    for (Object column : columns) {
      text.append('\t').append(column.toString().replace('\t', ' ').replace('\n', ' '));
    }
    text.append('\n');
  }

  /// Adds what stands in a file.
  ///
  /// @throws UsageException if it cannot be read, or belongs to another campaign
  void read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e.getMessage());
    }
    if (lines.isEmpty() || !lines.getFirst().equals(MAGIC)) {
      throw new UsageException(file + ":1: this is no result of a campaign");
    }
    for (int i = 1; i < lines.size(); i++) {
      try {
        take(lines.get(i).split("\t", -1), file);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new UsageException(file + ":" + (i + 1) + ": \"" + lines.get(i) + "\" is no result");
      }
    }
  }

  private void take(String[] columns, Path file) {
    switch (columns[0]) {
      case "campaign" -> {
        if (!campaign.isEmpty() && !campaign.equals(columns[1])) {
          throw new UsageException(
              file + " is of another campaign: " + columns[1] + ", not " + campaign);
        }
        campaign = columns[1];
      }
      case "sums" ->
          tally.addSums(
              number(columns[1]),
              number(columns[2]),
              number(columns[3]),
              number(columns[4]),
              number(columns[5]),
              Long.parseUnsignedLong(columns[6], 16));
      case "operations" ->
          tally.addOperations(
              new OperationCounts(number(columns[1]), number(columns[2]), number(columns[3])));
      case "fault" -> tally.faults().count(FaultFamily.named(columns[1]), number(columns[2]));
      case "mark" -> {
        Map<String, Long> mark = new LinkedHashMap<>();
        mark.put(columns[1], number(columns[2]));
        tally.addMarks(mark);
      }
      case "failure" ->
          tally.addFailure(
              columns[1],
              new Failure(number(columns[2]), number(columns[3]), columns[4], columns[5]));
      case "state" ->
          tally.addStates(new TreeSet<>(List.of(Long.parseUnsignedLong(columns[1], 16))));
      case "kept" ->
          kept.add(
              new Corpus.Entry(
                  number(columns[1]), number(columns[2]), Integer.parseInt(columns[3])));
      default -> throw new IllegalArgumentException(columns[0]);
    }
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }
}
