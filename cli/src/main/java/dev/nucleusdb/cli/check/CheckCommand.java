package dev.nucleusdb.cli.check;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.Sizes;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.level.Level;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.reader.FailMeaning;
import dev.nucleusdb.linearizability.reader.HistoryFormat;
import dev.nucleusdb.linearizability.reader.NilMeaning;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
    description = {
      "Judges whether a recorded history is linearizable, or, of transactions, which isolation"
          + " levels it satisfies."
    },
    footer = {
      "",
      "Examples:",
      "  nucleus check history.edn --model cas-register:0",
      "  nucleus check history.jsonl --model kv --timeout 60s",
      "  tail -f history.jsonl | nucleus check - --model kv --stream",
      "  nucleus check history.jsonl --model kv --levels --report verdict.html",
      "  nucleus check history.jsonl --model kv --level causal",
      "  nucleus check transactions.edn --model list-append --level snapshot-isolation"
    })
public final class CheckCommand implements Callable<Integer> {
  enum Format {
    AUTO,
    EDN,
    JSON,
    JSONL,
    LOG
  }

  @Parameters(
      index = "0",
      paramLabel = "HISTORY",
      description = "The history's file, or - for the standard input.")
  Path file = Path.of("");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "The object: register, cas-register, multi-register, kv, versioned-kv, set, fifo-queue,"
              + " unordered-queue, stack, counter, mutex, fencing-lock, or bank:x=10,y=10; an"
              + " initial value may follow, as in cas-register:0. For transactions: list-append,"
              + " rw-register or timestamps.")
  String model = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "auto (default), edn as Jepsen writes it, jsonl (JSON lines), json (one document), or log"
              + " (Jepsen's console).")
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
      names = "--memory",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description =
          "Most memory for what is remembered beside the history, as 64m or 2g (default 1g).")
  long memory = 1L << 30;

  @Option(
      names = "--stream",
      description = {
        "Judges line by line while the history grows (JSON lines, or an EDN map a line), forgets"
            + " what is settled, and ends at the first violation."
      })
  boolean stream;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page of the verdict (.html) or a drawing (.svg).")
  @Nullable Path report;

  @Option(
      names = "--levels",
      description = "Says which levels of consistency the history is at, and why not above.")
  boolean levels;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description =
          "The level that it is held to. Objects: linearizable (default), sequential, causal, pram,"
              + " read-your-writes, monotonic-reads, monotonic-writes, writes-follow-reads."
              + " Transactions: strict-serializable (default), serializable, snapshot-isolation,"
              + " causal, read-committed and 19 more, which a wrong name lists.")
  @Nullable String level;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  @Mixin SecondOpinion secondOpinion = new SecondOpinion();

  @Override
  public Integer call() {
    Optional<TransactionCheck.Model> transactions = TransactionCheck.modelNamed(model);
    HistoryInput input = new HistoryInput(file, options());
    if (transactions.isPresent()) {
      if (stream || levels || secondOpinion.isAsked()) {
        throw new UsageException(
            "--stream, --levels and --second-opinion are for objects, not for --model " + model);
      }
      return new TransactionCheck(input, transactions.get(), level, json).run(report, limits());
    }
    Model<?> judgedBy = model();
    Level required = required();
    if (stream) {
      if (levels || required != Level.LINEARIZABLE || secondOpinion.isAsked()) {
        throw new UsageException("--stream goes neither with levels nor with --second-opinion");
      }
      return new StreamCheck(input, judgedBy, limits(), json).run(report);
    }
    if (levels || required != Level.LINEARIZABLE) {
      if (secondOpinion.isAsked()) {
        throw new UsageException("--second-opinion is on linearizability, not on other levels");
      }
      return new LevelsCheck(input, model, judgedBy, limits(), json).run(required, report);
    }
    return new LinearizabilityCheck(input, model, judgedBy, limits(), json)
        .run(report, secondOpinion, timeout);
  }

  private Level required() {
    try {
      return level == null ? Level.LINEARIZABLE : Level.named(level);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Model<?> model() {
    try {
      return Models.named(model);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Limits limits() {
    try {
      return Limits.defaults().within(timeout, System::nanoTime).withinBytes(memory);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--memory: " + e.getMessage());
    }
  }

  private ReadOptions options() {
    ReadOptions options =
        ReadOptions.defaults()
            .in(
                switch (format) {
                  case AUTO -> HistoryFormat.AUTO;
                  case EDN -> HistoryFormat.EDN;
                  case JSON -> HistoryFormat.JSON;
                  case JSONL -> HistoryFormat.JSON_LINES;
                  case LOG -> HistoryFormat.JEPSEN_LOG;
                });
    if (nil != null) {
      options = options.withNil(nil);
    }
    return fail == null ? options : options.withFail(fail);
  }
}
