package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.cli.shell.Durations;
import dev.nucleusdb.cli.shell.Seeds;
import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.search.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which worlds a campaign runs, and what it leaves behind.
public final class SearchFlags {
  private static final String CORPUS_FILE = "corpus.txt";

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many worlds; without it, as many as fit into --budget.")
  @Nullable Long runs;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Wall time for the campaign if --runs is not given (default 60s).")
  Duration budget = Duration.ofSeconds(60);

  @Option(
      names = "--seed",
      paramLabel = "S",
      converter = Seeds.class,
      description = "The first seed (default 1); the others follow it. 'random' draws one.")
  long seed = 1;

  @Option(names = "--jobs", paramLabel = "N", description = "Threads (default: one per core).")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = Shard.Converter.class,
      description = "Runs only every N-th seed, the I-th of N machines; see --result and --merge.")
  Shard shard = Shard.WHOLE;

  @Option(
      names = "--keep-going",
      description = "Goes on after a violation; failures of one kind are told once.")
  boolean keepGoing;

  @Option(
      names = "--guided",
      description =
          "Half of the worlds leave an earlier one shortly before it reached a new state.")
  boolean guided;

  @Option(
      names = "--corpus",
      paramLabel = "FOLDER",
      description = "Keeps what --guided has learned in a folder, and begins with what is there.")
  @Nullable Path corpusFolder;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "Writes the campaign's sums, failures and states for --merge.")
  @Nullable Path result;

  /// @throws UsageException if a flag makes no sense
  void check() {
    if (jobs < 1 || (runs != null && runs < 1)) {
      throw new UsageException("--jobs and --runs need at least 1");
    }
  }

  /// The plan of the campaign.
  ///
  /// @param startNanos when it began, by `System.nanoTime`
  CampaignPlan toPlan(long startNanos, CampaignPlan.ReplayLine replayLine) {
    Long wanted = runs;
    BooleanSupplier outOfTime =
        () -> wanted == null && System.nanoTime() - startNanos > budget.toNanos();
    return new CampaignPlan(
        seed,
        wanted == null ? Long.MAX_VALUE : shard.share(wanted),
        shard,
        outOfTime,
        keepGoing,
        openCorpus(),
        replayLine);
  }

  private @Nullable Corpus openCorpus() {
    if (!guided && corpusFolder == null) {
      return null;
    }
    Corpus corpus = new Corpus(seed);
    if (corpusFolder != null && Files.exists(corpusFolder.resolve(CORPUS_FILE))) {
      CampaignFile file = new CampaignFile();
      file.read(corpusFolder.resolve(CORPUS_FILE));
      corpus.restore(file.tally().states(), file.kept());
    }
    return corpus;
  }

  /// Writes what the campaign leaves behind.
  ///
  /// @param campaign scenario and flags: results of unlike campaigns are not merged
  void save(String campaign, CampaignTally tally, @Nullable Corpus corpus) {
    if (result != null) {
      CampaignFile.write(result, campaign, tally, java.util.List.of());
    }
    if (corpusFolder != null && corpus != null) {
      CampaignFile.write(corpusFolder.resolve(CORPUS_FILE), campaign, tally, corpus.entries());
    }
  }
}
