package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.storage.StorageFigure;
import dev.nucleusdb.bench.storage.StorageOptions;
import dev.nucleusdb.bench.storage.StorageResults;
import dev.nucleusdb.bench.storage.StoreContestant;
import dev.nucleusdb.bench.trial.Samples;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `bench storage` has measured: medians over the rounds, the smallest and the largest beside
/// them; then what that means for our goals.
final class StorageBenchReport {
  private static final int TITLE_WIDTH = 31;
  private static final int COLUMN_WIDTH = 27;

  private final StorageOptions options;
  private final List<StorageResults> results;
  private final StringBuilder text = new StringBuilder();

  StorageBenchReport(StorageOptions options, List<StorageResults> results) {
    this.options = options;
    this.results = results;
  }

  String text() {
    heading();
    for (StorageResults result : results) {
      floors(result);
      table(result);
      List<StorageGoal> goals = StorageGoal.of(result, cores());
      if (!goals.isEmpty()) {
        text.append("\ngoals for nucleus, by the medians\n");
        goals.forEach(goal -> text.append("  ").append(goal.line()).append('\n'));
      }
      result
          .troubles()
          .forEach(
              (store, why) -> text.append("%nNOT ALL of %s: %s%n".formatted(store.title(), why)));
    }
    text.append('\n');
    for (StoreContestant store : options.contestants()) {
      text.append("%-14s %s%n".formatted(store.title(), store.remark()));
    }
    return text.toString().stripTrailing();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void heading() {
    text.append(
        "%d-byte keys, %d rounds, loads of %s, JVM flags %s%n"
            .formatted(
                StorageOptions.KEY_BYTES,
                options.rounds(),
                Durations.format(options.duration()),
                String.join(" ", StorageOptions.JVM_FLAGS)));
    text.append(
        "%s (%s), %d cores, load %.1f, Java %s%n"
            .formatted(
                options.folder(),
                diskKind(),
                cores(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version()));
  }

  private String diskKind() {
    try {
      return Files.getFileStore(options.folder()).type();
    } catch (IOException _) {
      return "unknown";
    }
  }

  private void floors(StorageResults result) {
    Samples floor = result.floor();
    text.append("%n%,d keys, values of %,d bytes%n".formatted(result.keys(), result.valueSize()));
    text.append(
        "floors: append and fdatasync %s ms; probe, mapped copy and checksum %s ns; one file %s MB/s,"
            .formatted(
                cell(floor, StorageFigure.FLOOR_SYNC_MILLIS, 3),
                cell(floor, StorageFigure.FLOOR_GET_NANOS, 0),
                cell(floor, StorageFigure.FLOOR_WRITE_MB, 0)));
    text.append(
        " synced at its end %s MB/s, read %s MB/s%n%n"
            .formatted(
                cell(floor, StorageFigure.FLOOR_WRITE_SYNCED_MB, 0),
                cell(floor, StorageFigure.FLOOR_READ_MB, 0)));
  }

  private void table(StorageResults result) {
    text.append(padded("", TITLE_WIDTH));
    result.measured().keySet().forEach(store -> text.append(padded(store.title(), COLUMN_WIDTH)));
    text.append("\n\none thread, no sync, per second\n");
    row(result, "  put, new keys", StorageFigure.PUT, 0);
    row(result, "  put, MB", StorageFigure.PUT_MB, 1);
    row(result, "  get, there", StorageFigure.GET_HIT, 0);
    if (result.valueSize() >= StorageOptions.LARGE_VALUE_BYTES) {
      row(result, "  get, MB", StorageFigure.GET_MB, 1);
    }
    row(result, "  get, there, all cores", StorageFigure.GET_ALL_CORES, 0);
    row(result, "  get, not there", StorageFigure.GET_MISS, 0);
    row(result, "  scan, keys", StorageFigure.SCAN_KEYS, 0);
    row(result, "  scan, keys with values", StorageFigure.SCAN_VALUES, 0);
    row(result, "  gets and overwrites in turn", StorageFigure.MIXED, 0);
    row(result, "  overwrite", StorageFigure.OVERWRITE, 0);
    text.append("\ndurable when it returns, per second\n");
    row(result, "  the disk: append, fdatasync", StorageFigure.syncFloor(), 0);
    for (int writers : StorageOptions.SYNCED_WRITERS) {
      row(result, "  put, %d at once".formatted(writers), StorageFigure.synced(writers), 0);
    }
    text.append("\nopen to first value, ms\n");
    row(result, "  after close", StorageFigure.OPEN_CLEAN, 1);
    row(result, "  after kill -9", StorageFigure.OPEN_KILLED, 1);
    text.append("\nspace\n");
    row(result, "  index, bytes per key", StorageFigure.INDEX_BYTES, 1);
    row(result, "  native memory after puts, MB", StorageFigure.NATIVE_MB, 0);
    row(result, "  disk / data, new", StorageFigure.DISK, 2);
    row(result, "  disk / data, overwritten", StorageFigure.DISK_OVERWRITTEN, 2);
    row(result, "  disk / data, then settled", StorageFigure.DISK_SETTLED, 2);
    row(result, "  written / put, overwrites", StorageFigure.AMPLIFICATION, 2);
    text.append("\n10,000 a second, from the moment each was due, µs\n");
    for (String operation : List.of("get", "put")) {
      for (String percentile : List.of("p50", "p99", "p99.9")) {
        for (String phase : List.of("idle", "merging")) {
          row(
              result,
              "  %s %s, %s".formatted(operation, percentile, phase),
              StorageFigure.micros(phase, operation, percentile),
              1);
        }
      }
    }
    row(result, "  given back meanwhile, MB", StorageFigure.MERGED_MB, 0);
  }

  private void row(StorageResults result, String title, String figure, int digits) {
    if (result.measured().values().stream().noneMatch(samples -> samples.has(figure))) {
      return;
    }
    StringBuilder line = new StringBuilder(padded(title, TITLE_WIDTH));
    result
        .measured()
        .values()
        .forEach(samples -> line.append(padded(cell(samples, figure, digits), COLUMN_WIDTH)));
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cell(Samples samples, String figure, int digits) {
    if (!samples.has(figure)) {
      return "-";
    }
    return "%s (%s to %s)"
        .formatted(
            number(samples.median(figure), digits),
            number(samples.percentile(figure, 0), digits),
            number(samples.percentile(figure, 100), digits));
  }

  /// A thousand thousands is a million: `1.25M`, `12.5k`; what is smaller has so many digits.
  static String number(double value, int digits) {
    if (Math.abs(value) >= 1e6) {
      return "%.2fM".formatted(value / 1e6);
    }
    return Math.abs(value) >= 1e4
        ? "%.1fk".formatted(value / 1e3)
        : ("%,." + digits + "f").formatted(value);
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(Math.max(1, width - cell.length()));
  }

  /// One object: for each size of values the figures by store, each with its median, extremes and
  /// number of samples, and the goals.
  String json() {
    return "{\"rounds\":%d,\"seconds\":%s,\"results\":[%s]}"
        .formatted(
            options.rounds(),
            options.duration().toMillis() / 1e3,
            String.join(",", results.stream().map(StorageBenchReport::json).toList()));
  }

  private static String json(StorageResults result) {
    List<String> stores = new ArrayList<>();
    for (Map.Entry<StoreContestant, Samples> store : result.measured().entrySet()) {
      stores.add(Json.quoted(store.getKey().title()) + ":" + json(store.getValue()));
    }
    List<String> troubles = new ArrayList<>();
    result
        .troubles()
        .forEach((store, why) -> troubles.add(Json.quoted(store.title()) + ":" + Json.quoted(why)));
    List<String> goals =
        StorageGoal.of(result, cores()).stream().map(goal -> Json.quoted(goal.line())).toList();
    return "{\"value-bytes\":%d,\"keys\":%d,\"floor\":%s,\"engines\":{%s},\"goals\":[%s],\"troubles\":{%s}}"
        .formatted(
            result.valueSize(),
            result.keys(),
            json(result.floor()),
            String.join(",", stores),
            String.join(",", goals),
            String.join(",", troubles));
  }

  private static String json(Samples samples) {
    List<String> figures = new ArrayList<>();
    for (String figure : samples.figures()) {
      figures.add(
          String.format(
              Locale.ROOT,
              "%s:{\"median\":%.4f,\"min\":%.4f,\"max\":%.4f,\"samples\":%d}",
              Json.quoted(figure),
              samples.median(figure),
              samples.percentile(figure, 0),
              samples.percentile(figure, 100),
              samples.count(figure)));
    }
    return "{" + String.join(",", figures) + "}";
  }
}
