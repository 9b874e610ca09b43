package dev.nucleusdb.cli.simulate;

import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.search.Corpus;
import dev.nucleusdb.scenarios.search.WorldChoice;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which worlds a campaign runs, and when it stops.
///
/// @param firstSeed the first seed; the others follow it
/// @param runsMax how many worlds at most, of this shard
/// @param shard which share of the seeds, and of how many
/// @param outOfTime asked before each world
/// @param keepsGoing whether a failure does not end it
/// @param corpus guides the choice of worlds; null if every world is a new seed
/// @param replayLine the command that runs a world again
public record CampaignPlan(
    long firstSeed,
    long runsMax,
    Shard shard,
    BooleanSupplier outOfTime,
    boolean keepsGoing,
    @Nullable Corpus corpus,
    ReplayLine replayLine) {

  /// The command that runs a world again.
  @FunctionalInterface
  public interface ReplayLine {
    /// For a world that was chosen so and ended so.
    String of(WorldChoice choice, WorldResult result);
  }

  /// A plan for so many new seeds.
  public static CampaignPlan of(long firstSeed, long runsMax) {
    return new CampaignPlan(
        firstSeed, runsMax, Shard.WHOLE, () -> false, false, null, (choice, result) -> "");
  }

  /// The seed of the n-th run, from 0: every n-th seed belongs to a shard.
  long seedOf(long run) {
    return firstSeed + shard.index() - 1 + run * shard.count();
  }
}
