package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.reader.HistoryFeed;
import dev.nucleusdb.linearizability.report.StreamReport;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges a history while it is read, until its end or the first violation.
///
/// @param input the history
/// @param model the model
/// @param limits for each object
/// @param json whether one line of JSON ends the output
record StreamCheck(HistoryInput input, Model<?> model, Limits limits, boolean json) {
  /// Judges, prints what was found, and gives the exit code.
  ///
  /// @param picture where a page or a drawing is written, or null
  int run(@Nullable Path picture) {
    ReportFile file = picture == null ? null : new ReportFile(picture);
    StreamingChecker<?> checker =
        new StreamingChecker<>(
            model,
            limits,
            StreamOptions.DEFAULT,
            violated -> {
              throw new Found();
            });
    HistoryFeed feed = new HistoryFeed(input.source(), input.options(), checker);
    List<StreamVerdict> verdicts =
        input.read((bytes, source) -> {
          try {
            feed.readAll(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
            return checker.finish();
          } catch (Found _) {
            return checker.verdicts();
          }
        });
    if (file != null) {
      file.write(input.source(), model, verdicts);
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
          Json.quoted(input.file().toString()),
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
