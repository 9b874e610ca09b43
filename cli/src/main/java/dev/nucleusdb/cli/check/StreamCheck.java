package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryFeed;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import dev.nucleusdb.linearizability.report.StreamReport;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Judges a history while it is read, until its end or the first violation.
final class StreamCheck {
  private final Path file;
  private final Model<?> model;
  private final ReadOptions options;
  private final Limits limits;
  private final boolean json;

  StreamCheck(Path file, Model<?> model, ReadOptions options, Limits limits, boolean json) {
    this.file = file;
    this.model = model;
    this.options = options;
    this.limits = limits;
    this.json = json;
  }

  /// The exit code.
  int run() {
    StreamingChecker<?> checker =
        new StreamingChecker<>(
            model,
            limits,
            StreamOptions.DEFAULT,
            violated -> {
              throw new Found();
            });
    boolean standardInput = file.equals(CheckCommand.STANDARD_INPUT);
    HistoryFeed feed =
        new HistoryFeed(standardInput ? "standard input" : file.toString(), options, checker);
    List<StreamVerdict> verdicts;
    try (InputStream bytes = standardInput ? System.in : Files.newInputStream(file)) {
      feed.readAll(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
      verdicts = checker.finish();
    } catch (Found _) {
      verdicts = checker.verdicts();
    } catch (MalformedHistoryException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new UsageException("cannot read " + file + ": there is no such file");
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e);
    }
    return report(verdicts, feed.eventCount(), checker);
  }

  private int report(List<StreamVerdict> verdicts, int events, StreamingChecker<?> checker) {
    boolean violated = verdicts.stream().anyMatch(StreamVerdict.Violated.class::isInstance);
    boolean undecided = verdicts.stream().anyMatch(StreamVerdict.Undecided.class::isInstance);
    (json ? System.err : System.out).print(StreamReport.text(verdicts));
    if (json) {
      System.out.printf(
          "{\"file\":%s,\"model\":%s,\"verdict\":\"%s\",\"events\":%d,\"configurations\":%d}%n",
          Json.quoted(file.toString()),
          Json.quoted(model.name()),
          violated ? "invalid" : undecided ? "unknown" : "valid",
          events,
          checker.configurations());
    }
    return violated ? ExitCode.VIOLATION : undecided ? ExitCode.UNDECIDED : ExitCode.OK;
  }

  /// Ends the reading at the first violation.
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;

    Found() {
      super("a violation", null, false, false);
    }
  }
}
