package dev.nucleusdb.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.scenarios.Scenario;
import dev.nucleusdb.scenarios.ScenarioOptions;
import dev.nucleusdb.scenarios.bug.BugCatalogue;
import dev.nucleusdb.scenarios.search.Corpus;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Campaigns that are split over machines add up to the whole.
class CampaignFileTest {
  @TempDir Path folder;

  private static CampaignTally run(Shard shard, String bug) {
    ScenarioOptions options =
        new ScenarioOptions(
            3,
            3,
            Duration.ofSeconds(20),
            FaultFamily.parseList("all"),
            BugCatalogue.named(bug).orElse(null));
    CampaignPlan plan =
        new CampaignPlan(
            1, shard.share(7), shard, () -> false, true, null, (choice, result) -> "again");
    Campaign campaign = new Campaign(Scenario.all().getFirst(), options, plan);
    campaign.work();
    return campaign.tally();
  }

  @Test
  void the_shards_of_a_campaign_add_up_to_the_whole() {
    CampaignTally whole = run(Shard.WHOLE, "retry-executed-twice");
    CampaignFile sum = new CampaignFile();
    for (int i = 1; i <= 3; i++) {
      Path file = folder.resolve(i + ".txt");
      CampaignFile.write(file, "all", run(new Shard(i, 3), "retry-executed-twice"), List.of());
      sum.read(file);
    }
    assertThat(sum.tally().worldCount()).isEqualTo(7);
    assertThat(sum.tally().digest()).isEqualTo(whole.digest());
    assertThat(sum.tally().eventCount()).isEqualTo(whole.eventCount());
    assertThat(sum.tally().operations()).isEqualTo(whole.operations());
    assertThat(sum.tally().faults().toMap()).isEqualTo(whole.faults().toMap());
    assertThat(sum.tally().failures()).isEqualTo(whole.failures()).isNotEmpty();
  }

  @Test
  void every_world_belongs_to_one_shard() {
    assertThat(new Shard(1, 3).share(7) + new Shard(2, 3).share(7) + new Shard(3, 3).share(7))
        .isEqualTo(7);
  }

  @Test
  void a_corpus_survives_its_file() {
    CampaignTally tally = new CampaignTally();
    tally.addStates(new java.util.TreeSet<>(List.of(-5L, 7L)));
    List<Corpus.Entry> kept = List.of(new Corpus.Entry(-3, 17, 2));
    Path file = folder.resolve("deep/corpus.txt");
    CampaignFile.write(file, "all", tally, kept);
    CampaignFile read = new CampaignFile();
    read.read(file);
    assertThat(read.tally().states()).containsExactly(-5L, 7L);
    assertThat(read.kept()).isEqualTo(kept);
  }

  @Test
  void results_of_unlike_campaigns_and_other_files_are_refused() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Path odd = folder.resolve("odd");
    CampaignFile.write(one, "replicated-kv", new CampaignTally(), List.of());
    CampaignFile.write(two, "replicated-kv --nodes 3", new CampaignTally(), List.of());
    Files.writeString(odd, "hello\n");
    CampaignFile sum = new CampaignFile();
    sum.read(one);
    assertThatThrownBy(() -> sum.read(two))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("another campaign");
    assertThatThrownBy(() -> sum.read(odd)).hasMessageContaining("odd:1:");
    Files.writeString(odd, Files.readString(one) + "sums\tx\n");
    assertThatThrownBy(() -> new CampaignFile().read(odd)).hasMessageContaining("is no result");
    assertThatThrownBy(() -> sum.read(folder.resolve("none"))).hasMessageContaining("cannot read");
  }
}
