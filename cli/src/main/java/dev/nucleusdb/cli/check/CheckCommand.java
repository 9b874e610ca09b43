package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.Json;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.reader.FailMeaning;
import dev.nucleusdb.linearizability.reader.HistoryFormat;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.NilMeaning;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import dev.nucleusdb.linearizability.report.VerdictReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nucleus check`: judges a history file.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Judges whether a recorded history is linearizable.",
    footer = {
      "",
      "Examples:",
      "  nucleus check history.edn --model cas-register:0",
      "  nucleus check history.jsonl --model kv --timeout 60s",
      "  nucleus check history.jsonl --model kv --report verdict.html"
    })
public final class CheckCommand implements Callable<Integer> {
  enum Format {
    AUTO,
    EDN,
    JSONL
  }

  @Parameters(index = "0", paramLabel = "HISTORY", description = "The history's file.")
  Path file = Path.of("");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "register, cas-register or kv; an initial value may follow, as in cas-register:0.")
  String model = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "auto (default), edn as Jepsen writes it, or jsonl.")
  Format format = Format.AUTO;

  @Option(
      names = "--nil",
      paramLabel = "MEANING",
      description = "What nil from a read means: absent or unknown (default: the format's own).")
  @Nullable NilMeaning nil;

  @Option(
      names = "--fail",
      paramLabel = "MEANING",
      description = "What a failed cas means: dropped or observed (default: the format's own).")
  @Nullable FailMeaning fail;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Most time to spend (default 60s).")
  Duration timeout = Duration.ofSeconds(60);

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page of the verdict (.html) or a drawing (.svg).")
  @Nullable Path report;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Mixin SecondOpinion secondOpinion = new SecondOpinion();

  /// A verdict, with what it is about.
  private record Judged(History history, Model<?> model, Verdict verdict) {}

  @Override
  public Integer call() {
    Judged judged = judge();
    Verdict verdict = judged.verdict();
    (json ? System.err : System.out).print(VerdictReport.text(verdict));
    boolean disagreement = askAnother(judged);
    if (json) {
      System.out.println(line(verdict));
    }
    return switch (verdict) {
      case Verdict _ when disagreement -> ExitCode.VIOLATION;
      case Verdict.Valid _ -> ExitCode.OK;
      case Verdict.Invalid _ -> ExitCode.VIOLATION;
      case Verdict.Unknown _ -> ExitCode.UNDECIDED;
    };
  }

  /// Asks for a second opinion if one is wanted, once the first is out.
  private boolean askAnother(Judged judged) {
    if (!secondOpinion.isAsked()) {
      return false;
    }
    SecondOpinion.Outcome second =
        secondOpinion.on(judged.history(), judged.model(), judged.verdict(), timeout);
    (json ? System.err : System.out).println(second.line());
    return second.disagrees();
  }

  private Judged judge() {
    try {
      secondOpinion.check();
      ReportFile picture = report == null ? null : new ReportFile(report);
      Model<?> judgedBy = Models.named(model);
      Limits limits = Limits.defaults().within(timeout, System::nanoTime);
      History history = HistoryReader.read(file, options().judgedBy(judgedBy::objectionTo));
      Verdict verdict = LinearizabilityChecker.check(history, judgedBy, limits);
      if (picture != null) {
        picture.write(file.toString(), history, judgedBy, verdict);
      }
      return new Judged(history, judgedBy, verdict);
    } catch (MalformedHistoryException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new UsageException("cannot read " + file + ": there is no such file");
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e);
    }
  }

  private ReadOptions options() {
    ReadOptions options =
        ReadOptions.defaults()
            .in(
                switch (format) {
                  case AUTO -> HistoryFormat.AUTO;
                  case EDN -> HistoryFormat.EDN;
                  case JSONL -> HistoryFormat.JSON_LINES;
                });
    if (nil != null) {
      options = options.withNil(nil);
    }
    return fail == null ? options : options.withFail(fail);
  }

  private String line(Verdict verdict) {
    String word =
        switch (verdict) {
          case Verdict.Valid _ -> "valid";
          case Verdict.Invalid _ -> "invalid";
          case Verdict.Unknown _ -> "unknown";
        };
    return "{\"file\":%s,\"model\":%s,\"verdict\":\"%s\",\"configurations\":%d}"
        .formatted(
            Json.quoted(file.toString()), Json.quoted(model), word, verdict.configurations());
  }
}
