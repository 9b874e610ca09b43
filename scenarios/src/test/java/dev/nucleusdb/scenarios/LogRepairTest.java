package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.ReplacingNode;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes of a log that were durable are damaged on a minority of nodes: they get what they have
/// lost from the others; or they set what they have aside, are filled by the others, and at the end
/// have a vote and all that the others have. All invariants look on, and the core is all nodes, the
/// damaged ones too.
class LogRepairTest {
  private static final int WORLDS = 24;

  /// What became of nodes whose files were damaged.
  private static final class Fates implements WorldObserver {
    final Map<Integer, Integer> setAside = new TreeMap<>();
    final Map<Integer, Long> stores = new TreeMap<>();
    final Map<Integer, Long> holes = new TreeMap<>();
    final Map<Integer, Long> applied = new TreeMap<>();
    final Map<Integer, Long> voters = new TreeMap<>();

    int deaths;

    @Override
    public void onNodeDown(long atNanos, Actor actor, String reason) {
      deaths++;
    }

    @Override
    public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
      if (actor.node() == null) {
        return;
      }
      int node = actor.node().value();
      if (kind.name().equals(ReplacingNode.SET_ASIDE.name())) {
        setAside.merge(node, 1, Integer::sum);
      } else if (kind.name().equals(RaftTrace.HOLE.name())) {
        holes.put(node, a);
      } else if (kind.name().equals(RaftTrace.STORE.name())) {
        stores.put(node, a);
      } else if (kind.name().equals(RaftTrace.MEMBERSHIP.name())) {
        voters.put(node, a);
      } else if (kind.name().equals(RaftTrace.APPLY.name())
          || kind.name().equals(RaftTrace.INSTALLED.name())) {
        applied.merge(node, a, Math::max);
      }
    }
  }

  private static Fates run(long seed, int nodeCount, String plan) {
    return run(seed, nodeCount, Duration.ofSeconds(24), plan);
  }

  private static Fates run(long seed, int nodeCount, Duration duration, String plan) {
    ScenarioOptions options =
        new ScenarioOptions(nodeCount, 4, duration, FaultFamily.parseList("all"), null);
    Fates fates = new Fates();
    WorldResult result =
        new ReplicatedKeyValue().run(options, seed, Plan.parse(plan), List.of(fates));
    assertThat(result.violation()).as("seed %d of %d nodes%n%s", seed, nodeCount, plan).isNull();
    return fates;
  }

  private static String damage(RandomSource random, String node, String core) {
    StringBuilder plan = new StringBuilder("core=" + core + "\n\n");
    for (int i = 1; i <= 3; i++) {
      plan.append(
          String.format(
              Locale.ROOT,
              "bit-rot/%s/%d at=%.1fs place=%.4f\n",
              node,
              i,
              0.5 + 6 * random.nextDouble(),
              0.2 * random.nextDouble()));
    }
    plan.append(
        String.format(
            Locale.ROOT,
            "crash/%s/1 at=%.1fs down=0.5s disk=keep\n",
            node,
            7 + random.nextDouble()));
    return plan.toString();
  }

  @Test
  void a_damaged_log_is_set_aside_filled_by_the_others_and_has_its_vote_again() {
    int repaired = 0;
    for (long seed = 1; seed <= WORLDS; seed++) {
      RandomSource random = new SplitMix(seed).fork("damage");
      Fates fates = run(seed, 3, damage(random, "n3", "n1,n2,n3"));
      if (!fates.setAside.isEmpty()) {
        repaired++;
        assertThat(fates.setAside).as("seed %d", seed).containsOnlyKeys(3);
        assertThat(Stores.isReplacement(fates.stores.getOrDefault(3, 0L))).isTrue();
        assertThat(fates.applied.get(3)).as("seed %d", seed).isEqualTo(fates.applied.get(1));
        assertThat(fates.voters).as("seed %d", seed).containsEntry(3, 3L);
      }
    }
    assertThat(repaired).isGreaterThan(WORLDS / 3);
  }

  /// The node keeps its disk's name, and with it its vote.
  @Test
  void entries_that_the_disk_has_lost_are_got_from_the_others() {
    int repaired = 0;
    for (long seed = 201; seed <= 200 + 8 * WORLDS; seed++) {
      String place =
          String.format(Locale.ROOT, "%.4f", new SplitMix(seed).fork("damage").nextDouble());
      String plan =
          "core=n1,n2,n3\n\nbit-rot/n3/1 at=3.8s place="
              + place
              + "\ncrash/n3/1 at=4.3s down=0.2s disk=drop\n";
      Fates fates = run(seed, 3, plan);
      if (fates.holes.containsKey(3)) {
        repaired++;
        assertThat(fates.setAside).as("seed %d", seed).isEmpty();
        assertThat(fates.applied.get(3)).as("seed %d", seed).isEqualTo(fates.applied.get(1));
        assertThat(fates.applied.get(3)).isGreaterThan(fates.holes.get(3));
      }
    }
    assertThat(repaired).isGreaterThan(3);
  }

  /// A start does not read all of the store: the node used to stop at the same record for ever.
  @ParameterizedTest
  @CsvSource({"26, 0.736", "3157, 0.650", "2, 0.950"})
  void a_node_that_stopped_at_a_bad_record_finds_it_at_its_next_start(long seed, String place) {
    String plan =
        "bit-rot/n1/1 at=3.8s place=" + place + "\ncrash/n1/1 at=4.3s down=0.2s disk=keep\n";

    Fates fates = run(seed, 3, Duration.ofSeconds(20), plan);

    assertThat(fates.setAside).containsOnlyKeys(1);
    assertThat(fates.applied.get(1)).isEqualTo(fates.applied.get(2));
  }

  @Test
  void two_of_five_are_repaired_at_once() {
    int repaired = 0;
    for (long seed = 101; seed <= 100 + WORLDS / 2; seed++) {
      RandomSource random = new SplitMix(seed).fork("damage");
      String plan =
          damage(random, "n4", "n1,n2,n3,n4,n5")
              + damage(random, "n5", "").replaceFirst("core=.*\\n\\n", "");
      Fates fates = run(seed, 5, plan);
      repaired += fates.setAside.size() == 2 ? 1 : 0;
      assertThat(fates.applied.get(4)).as("seed %d", seed).isEqualTo(fates.applied.get(1));
      assertThat(fates.applied.get(5)).as("seed %d", seed).isEqualTo(fates.applied.get(1));
    }
    assertThat(repaired).isGreaterThan(2);
  }

  /// Half of a log is never taken for a whole one, wherever the move is interrupted.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "set-aside.decided/1",
        "set-aside.file-moved/1",
        "set-aside.file-moved/2",
        "set-aside.file-moved/3",
        "set-aside.all-moved/1",
        "set-aside.replaced/1"
      })
  void a_crash_while_files_are_set_aside_leaves_nothing_half_done(String point) {
    int struck = 0;
    for (String mode : List.of("drop", "keep", "pages", "mixed")) {
      for (long seed = 1; seed <= 4; seed++) {
        RandomSource random = new SplitMix(seed).fork("damage");
        String crash = "point/n3/" + point + " down=0.4s disk=" + mode + "\n";
        Fates fates = run(seed, 3, damage(random, "n3", "n1,n2,n3") + crash);
        struck += fates.deaths > 1 ? 1 : 0;
        assertThat(fates.applied.get(3)).as("seed %d", seed).isEqualTo(fates.applied.get(1));
        if (fates.deaths > 1) {
          assertThat(Stores.isReplacement(fates.stores.getOrDefault(3, 0L))).isTrue();
          assertThat(fates.voters).as("seed %d", seed).containsEntry(3, 3L);
        }
      }
    }
    assertThat(struck).isPositive();
  }

  /// What was set aside on a majority can found no group: nothing is served, and nothing invented.
  @Test
  void a_majority_that_was_emptied_serves_nothing() {
    int emptied = 0;
    for (long seed = 201; seed <= 200 + WORLDS / 2; seed++) {
      RandomSource random = new SplitMix(seed).fork("damage");
      String plan =
          "core=n1,n2,n3\n\n"
              + damage(random, "n2", "").replaceFirst("core=.*\\n\\n", "")
              + damage(random, "n3", "")
                  .replaceFirst("core=.*\\n\\n", "")
                  .replaceAll("crash/n3/1 at=\\S+", "crash/n3/1 at=7.0s")
              + "crash/n1/1 at=6.5s down=3s disk=keep\n";
      ScenarioOptions options =
          new ScenarioOptions(3, 4, Duration.ofSeconds(24), FaultFamily.parseList("all"), null);
      Fates fates = new Fates();
      WorldResult result =
          new ReplicatedKeyValue().run(options, seed, Plan.parse(plan), List.of(fates));
      if (fates.setAside.size() < 2) {
        continue;
      }
      emptied++;
      assertThat(String.valueOf(result.violation()))
          .as("seed %d%n%s", seed, plan)
          .contains("no-leader");
    }
    assertThat(emptied).isPositive();
  }
}
