package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.trial.Contestant;
import dev.nucleusdb.bench.trial.DiskFloor;
import dev.nucleusdb.bench.trial.Figure;
import dev.nucleusdb.bench.trial.Samples;
import dev.nucleusdb.bench.trial.TrialOptions;
import dev.nucleusdb.bench.trial.Trials;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `bench raft` has measured: medians over the rounds, the smallest and the largest beside
/// them, and ours as a multiple of the others.
final class RaftBenchReport {
  private static final int TITLE_WIDTH = 30;
  private static final int COLUMN_WIDTH = 30;

  private final TrialOptions options;
  private final Trials trials;
  private final StringBuilder text = new StringBuilder();

  RaftBenchReport(TrialOptions options, Trials trials) {
    this.options = options;
    this.trials = trials;
  }

  String text() {
    heading();
    for (int outstanding : TrialOptions.OUTSTANDING.reversed()) {
      text.append("\n%,d under way%n".formatted(outstanding));
      row("  commits/s", Figure.rate(outstanding), 0);
      row("  p50 ms", Figure.millis(outstanding, "p50"), 2);
      row("  p99 ms", Figure.millis(outstanding, "p99"), 2);
      row("  CPU µs per commit", Figure.cpu(outstanding), 1);
      row("  bytes allocated per commit", Figure.allocated(outstanding), 0);
    }
    text.append(
        "\nopen loop, at %.0f %% of its own best rate%n".formatted(100 * options.openShare()));
    row("  entries/s", Figure.OPEN_RATE, 0);
    row("  p50 ms", Figure.open("p50"), 2);
    row("  p99 ms", Figure.open("p99"), 2);
    row("  p99.9 ms", Figure.open("p99.9"), 2);
    row("elections under all loads", Figure.FALSE_ELECTIONS, 0);
    text.append("\nchanges of leader, over all rounds: p50, p99\n");
    tail("  killed, to first commit, s", Figure.CRASH, 2);
    tail("  handed over, pause, ms", Figure.HANDOVER, 1);
    ratios();
    notes();
    return text.toString().stripTrailing();
  }

  private void heading() {
    Samples floor = trials.floor();
    text.append(
        ("3 nodes, loopback TCP, %d-byte entries, election timeouts from %s, %d rounds of %s,"
                + " JVM flags %s%n")
            .formatted(
                TrialOptions.ENTRY_BYTES,
                Durations.format(options.electionTimeout()),
                options.rounds(),
                Durations.format(options.duration()),
                String.join(" ", options.jvmFlags())));
    text.append(
        "%s (%s), %d cores, load %.1f, Java %s%n"
            .formatted(
                options.folder(),
                diskKind(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version()));
    text.append(
        ("floors: one writer, append and fdatasync, p50 %s ms;"
                + " three at once, each over zeros in its own file, %s ms%n%n")
            .formatted(
                spread(floor, DiskFloor.MILLIS), spread(floor, DiskFloor.OVERLAPPED_MILLIS)));
    text.append(padded("", TITLE_WIDTH));
    trials.measured().keySet().forEach(system -> text.append(padded(system.title(), COLUMN_WIDTH)));
    text.append('\n');
  }

  private static String spread(Samples samples, String figure) {
    return "%.2f (%.2f to %.2f)"
        .formatted(
            samples.median(figure), samples.percentile(figure, 0), samples.percentile(figure, 100));
  }

  private String diskKind() {
    try {
      return Files.getFileStore(options.folder()).type();
    } catch (IOException _) {
      return "unknown";
    }
  }

  private void row(String title, String figure, int digits) {
    text.append(padded(title, TITLE_WIDTH));
    String form = "%,." + digits + "f";
    trials
        .measured()
        .forEach((system, samples) -> {
          String cell =
              samples.has(figure)
                  ? (form + " (" + form + " to " + form + ")")
                      .formatted(
                          samples.median(figure),
                          samples.percentile(figure, 0),
                          samples.percentile(figure, 100))
                  : "-";
          text.append(padded(cell, COLUMN_WIDTH));
        });
    text.append('\n');
  }

  private void tail(String title, String figure, int digits) {
    text.append(padded(title, TITLE_WIDTH));
    String form = "%,." + digits + "f";
    trials
        .measured()
        .forEach((system, samples) -> {
          String cell =
              samples.has(figure)
                  ? (form + ", " + form + " (of %d)")
                      .formatted(
                          samples.percentile(figure, 50),
                          samples.percentile(figure, 99),
                          samples.count(figure))
                  : "-";
          text.append(padded(cell, COLUMN_WIDTH));
        });
    text.append('\n');
  }

  private void ratios() {
    Samples ours = trials.measured().get(Contestant.NUCLEUS);
    if (ours == null) {
      return;
    }
    text.append(
        "%nnucleus, 1 under way: p50 is %.2f x one sync, %.2f x one of three that overlap%n"
            .formatted(
                ours.median(Figure.millis(1, "p50")) / trials.floor().median(DiskFloor.MILLIS),
                ours.median(Figure.millis(1, "p50"))
                    / trials.floor().median(DiskFloor.OVERLAPPED_MILLIS)));
    trials
        .measured()
        .forEach((system, theirs) -> {
          if (system != Contestant.NUCLEUS) {
            text.append(
                ("nucleus / %s: commits/s %.2f with 1, %.2f with 64, %.2f with 1,024;"
                        + " CPU %.3f, bytes %.3f%n")
                    .formatted(
                        system.title(),
                        ours.ratio(Figure.rate(1), theirs),
                        ours.ratio(Figure.rate(64), theirs),
                        ours.ratio(Figure.rate(1024), theirs),
                        ours.ratio(Figure.cpu(1024), theirs),
                        ours.ratio(Figure.allocated(1024), theirs)));
          }
        });
  }

  private void notes() {
    text.append('\n');
    for (Contestant system : options.contestants()) {
      text.append("%-10s %s%n".formatted(system.title(), system.remark()));
    }
    trials
        .troubles()
        .forEach(
            (system, why) -> text.append("%-10s NOT ALL: %s%n".formatted(system.title(), why)));
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(Math.max(1, width - cell.length()));
  }

  /// One object: figures by system, each with its median, extremes and number of samples.
  String json() {
    List<String> systems = new ArrayList<>();
    for (Map.Entry<Contestant, Samples> system : trials.measured().entrySet()) {
      systems.add(Json.quoted(system.getKey().title()) + ":" + json(system.getValue()));
    }
    List<String> troubles = new ArrayList<>();
    trials
        .troubles()
        .forEach(
            (system, why) -> troubles.add(Json.quoted(system.title()) + ":" + Json.quoted(why)));
    return "{\"rounds\":%d,\"seconds\":%s,\"floor\":%s,\"systems\":{%s},\"troubles\":{%s}}"
        .formatted(
            options.rounds(),
            options.duration().toMillis() / 1e3,
            json(trials.floor()),
            String.join(",", systems),
            String.join(",", troubles));
  }

  private static String json(Samples samples) {
    List<String> figures = new ArrayList<>();
    for (String figure : samples.figures()) {
      figures.add(
          String.format(
              Locale.ROOT,
              "%s:{\"median\":%.4f,\"min\":%.4f,\"max\":%.4f,\"p99\":%.4f,\"samples\":%d}",
              Json.quoted(figure),
              samples.median(figure),
              samples.percentile(figure, 0),
              samples.percentile(figure, 100),
              samples.percentile(figure, 99),
              samples.count(figure)));
    }
    return "{" + String.join(",", figures) + "}";
  }
}
