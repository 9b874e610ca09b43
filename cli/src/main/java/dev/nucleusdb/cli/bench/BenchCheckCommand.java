package dev.nucleusdb.cli.bench;

import dev.nucleusdb.bench.check.CheckFigure;
import dev.nucleusdb.bench.check.CheckLoads;
import dev.nucleusdb.bench.check.CheckTrial;
import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.ExitCode;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import dev.nucleusdb.linearizability.reader.HistoryReader;
import dev.nucleusdb.linearizability.reader.MalformedHistoryException;
import dev.nucleusdb.linearizability.reader.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nucleus bench check`: what judging histories takes, of our own loads or of a folder of files.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "What judging histories takes: our own loads, or a folder of files.",
    footer = {
      "",
      "Examples:",
      "  nucleus bench check",
      "  nucleus bench check --corpus logs --model cas-register > figures.tsv"
    })
final class BenchCheckCommand implements Callable<Integer> {
  private static final int MOST_OPERATIONS = 100_000_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds in which all are judged in turn; the median is taken (default 5).")
  int rounds = 5;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      description = "Rounds before those, for the compiler (default 2).")
  int warmUps = 2;

  @Option(
      names = "--unique-operations",
      paramLabel = "N",
      description =
          "Operations of the register with unique values (default 1000000; 10000000 needs a heap of"
              + " some 4 GB).")
  int uniqueOperations = 1_000_000;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      description = "Transactions on lists, and with timestamps (default 1000000).")
  int transactions = 1_000_000;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "Judges all histories below this folder instead, one line each, as TSV.")
  @Nullable Path corpus;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "What the files of the corpus are judged by, as for nucleus check.")
  @Nullable String model;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Most time for one file of the corpus (default 60s).")
  Duration timeout = Duration.ofSeconds(60);

  @Override
  public Integer call() {
    if (rounds < 1 || warmUps < 0) {
      throw new UsageException("--rounds is at least 1, and --warm-ups not negative");
    }
    if (Math.min(uniqueOperations, transactions) < 1
        || Math.max(uniqueOperations, transactions) > MOST_OPERATIONS) {
      throw new UsageException(
          "--unique-operations and --transactions are from 1 to " + MOST_OPERATIONS);
    }
    if (corpus != null) {
      if (model == null) {
        throw new UsageException("--corpus needs --model, as in --model cas-register");
      }
      return judgeCorpus(corpus, model);
    }
    List<CheckFigure> figures =
        CheckTrial.run(CheckLoads.all(uniqueOperations, transactions), warmUps, rounds);
    System.out.printf(
        Locale.ROOT,
        "%-34s %10s %-8s %14s %12s %10s  %s%n",
        "history",
        "operations",
        "verdict",
        "configurations",
        "model steps",
        "ms",
        "least to most");
    for (CheckFigure figure : figures) {
      System.out.printf(
          Locale.ROOT,
          "%-34s %,10d %-8s %,14d %,12d %,10.1f  (%,.1f to %,.1f)%n",
          figure.name(),
          figure.operations(),
          figure.verdict(),
          figure.configurations(),
          figure.steps(),
          figure.medianMillis(),
          figure.leastMillis(),
          figure.mostMillis());
    }
    return ExitCode.OK;
  }

  private int judgeCorpus(Path folder, String modelName) {
    List<CheckTrial> trials = new ArrayList<>();
    for (Path file : files(folder)) {
      trials.add(trial(folder.relativize(file).toString(), file, modelName));
    }
    System.out.println("file\tverdict\toperations\tconfigurations\tsteps\tms\tleast\tmost");
    double sum = 0;
    long configurations = 0;
    long steps = 0;
    for (CheckFigure figure : CheckTrial.run(trials, warmUps, rounds)) {
      sum += figure.medianMillis();
      configurations += figure.configurations();
      steps += figure.steps();
      System.out.printf(
          Locale.ROOT,
          "%s\t%s\t%d\t%d\t%d\t%.3f\t%.3f\t%.3f%n",
          figure.name(),
          figure.verdict(),
          figure.operations(),
          figure.configurations(),
          figure.steps(),
          figure.medianMillis(),
          figure.leastMillis(),
          figure.mostMillis());
    }
    System.err.printf(
        Locale.ROOT,
        "%d files: %.3f ms in all (medians of %d rounds), %d configurations, %d model steps%n",
        trials.size(),
        sum,
        rounds,
        configurations,
        steps);
    return ExitCode.OK;
  }

  private CheckTrial trial(String name, Path file, String modelName) {
    try {
      Model<?> judgedBy = Models.named(modelName);
      History history =
          HistoryReader.read(file, ReadOptions.defaults().judgedBy(judgedBy::objectionTo));
      return new CorpusTrial(name, history, judgedBy, timeout);
    } catch (MalformedHistoryException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UsageException("cannot read " + file + ": " + e);
    }
  }

  /// A file, judged with a deadline of its own each time.
  private record CorpusTrial(String name, History history, Model<?> judgedBy, Duration timeout)
      implements CheckTrial {
    @Override
    public int operations() {
      return history.operations().size();
    }

    @Override
    public Answer judge() {
      Limits limits = Limits.defaults().within(timeout, System::nanoTime).withoutShrinking();
      return CheckTrial.linearizable(name, history, judgedBy, limits).judge();
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--corpus: there is no folder " + folder);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> isHistory(file.getFileName().toString()))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UsageException("--corpus: no .edn, .json, .jsonl, .log or .txt below " + folder);
      }
      return files;
    } catch (IOException e) {
      throw new UsageException("cannot list " + folder + ": " + e);
    }
  }

  private static boolean isHistory(String name) {
    return Stream.of(".edn", ".json", ".jsonl", ".log", ".txt").anyMatch(name::endsWith);
  }
}
