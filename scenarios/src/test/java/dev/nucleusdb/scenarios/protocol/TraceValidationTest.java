package dev.nucleusdb.scenarios.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.cluster.Cluster;
import dev.nucleusdb.scenarios.workload.KeyValueClients;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What simulated groups do is what `docs/protocol/Raft.tla` allows. One window by default;
/// `-Dtla.windows=200` asks for more, each of `-Dtla.events=300` events, of other worlds.
final class TraceValidationTest {
  private static final int NODES = 5;
  private static final int WINDOWS = Integer.getInteger("tla.windows", 1);
  private static final int FEW_EVENTS = 120;
  private static final int EVENTS = Integer.getInteger("tla.events", FEW_EVENTS);
  private static final long FIRST_SEED = Long.getLong("tla.seed", 1);

  @TempDir Path folder;

  @Test
  void what_a_group_does_is_a_behaviour_of_the_specification() throws Exception {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + WINDOWS; seed++) {
      List<SpecEvent> history = history(seed);
      int from = new SplitMix(seed).fork("window").nextInt(Math.max(1, history.size() - EVENTS));
      ModelChecker.Finding finding =
          check("seed-" + seed, SpecWindow.of(NODES, history, from, EVENTS));
      assertThat(finding.accepted())
          .as("seed %d, events from %d\n%s", seed, from, finding.output())
          .isTrue();
      if (WINDOWS > 1) {
        System.out.println("seed " + seed + ", events from " + from + ": followed");
      }
    }
  }

  @Test
  void a_second_vote_in_a_term_is_refused() throws Exception {
    List<SpecEvent> history = new ArrayList<>(history(1).subList(0, FEW_EVENTS));
    int place = 0;
    while (!(history.get(place) instanceof SpecEvent.Vote)) {
      place++;
    }
    SpecEvent.Vote vote = (SpecEvent.Vote) history.get(place);
    long other = 1 + vote.candidate() % NODES;
    history.add(place + 1, new SpecEvent.Vote(vote.node(), vote.term(), other));

    assertThat(check("vote", SpecWindow.of(NODES, history, 0, place + 5)).accepted()).isFalse();
  }

  @Test
  void an_entry_that_no_majority_has_is_not_applied() throws Exception {
    List<SpecEvent> history = history(1).subList(0, FEW_EVENTS);
    int last = 0;
    for (int i = 0; i < history.size(); i++) {
      last = history.get(i) instanceof SpecEvent.Apply ? i : last;
    }
    List<SpecEvent> lonely = new ArrayList<>();
    SpecEvent.Apply apply = (SpecEvent.Apply) history.get(last);
    for (SpecEvent event : history.subList(0, last)) {
      boolean elsewhere =
          event instanceof SpecEvent.Persist persist
              && persist.node() != apply.node()
              && persist.index() >= apply.index();
      if (!elsewhere) {
        lonely.add(event);
      }
    }
    lonely.add(apply);

    assertThat(check("lonely", SpecWindow.of(NODES, lonely, 0, FEW_EVENTS)).accepted()).isFalse();
  }

  private ModelChecker.Finding check(String name, SpecWindow window)
      throws IOException, InterruptedException {
    return new ModelChecker(Files.createDirectories(folder.resolve(name))).follow(window);
  }

  /// A world whose faults leave alone what is durable: of damage the specification says nothing.
  private static List<SpecEvent> history(long seed) {
    Set<FaultFamily> families = EnumSet.noneOf(FaultFamily.class);
    for (FaultFamily family : FaultFamily.values()) {
      if (family.harm() == FaultFamily.Harm.NONE && family.domain() != FaultFamily.Domain.LOAD) {
        families.add(family);
      }
    }
    World world =
        new World(
            WorldOptions.wild(seed)
                .with(new FaultSource.Draw(FaultMix.draw(seed, families)))
                .lasting(Duration.ofSeconds(8), Duration.ofSeconds(4)));
    Cluster cluster = new Cluster(world, NODES, Blueprint.draw(new SplitMix(seed).fork("limits")));
    GroupHistory history = new GroupHistory(cluster);
    world.observe(history);
    KeyValueClients clients =
        new KeyValueClients(world, cluster.addresses(), 3, Duration.ofSeconds(4), 10_000_000_000L);
    world.run();
    assertThat(clients.counts().ok()).isPositive();
    return history.events();
  }
}
