package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Workload;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.report.LevelText;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.view.Finding;
import dev.nucleusdb.linearizability.view.Program;
import dev.nucleusdb.linearizability.view.ViewJudge;
import dev.nucleusdb.linearizability.view.ViewOrder;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Laws of every report, on histories that are too large for the definitions.
final class LevelProperties {
  private static final Limits FEW = Limits.configurations(1_000);

  @Property(tries = 120)
  void every_history_is_judged_and_no_level_contradicts_another(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 22) int operationCount) {
    SplittableRandom random = new SplittableRandom(seed);
    Workload<?> workload = Workload.all().get(random.nextInt(Workload.all().size()));
    History history =
        LevelHistories.random(
            workload, random, 1 + random.nextInt(4), operationCount, random.nextInt(100));
    LevelReport report = LevelChecker.check(history, workload.model(), FEW);
    for (Level strong : Level.values()) {
      for (Level weak : Level.values()) {
        if (strong.implies(weak) && report.holds(strong)) {
          assertThat(report.holds(weak)).as("%s, and so %s", strong, weak).isTrue();
        }
      }
    }
    for (var broken : report.broken()) {
      assertThat(broken.size() == 1 && report.holds(broken.getFirst())).isFalse();
    }
    assertThat(report.holds(Level.CAUSAL) && !report.broken().isEmpty()).isFalse();
    assertThat(LevelText.text(report)).startsWith("STRONGEST LEVEL: ").endsWith("\n");
    assertThat(LevelChecker.check(history, workload.model(), FEW)).isEqualTo(report);
  }

  @Property(tries = 80)
  void what_follows_from_who_was_seen_changes_no_verdict(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 16) int operationCount) {
    requireShortcutsExact(Workload.all().get(Math.floorMod(seed, 4)), seed, operationCount);
  }

  private static <S> void requireShortcutsExact(Workload<S> workload, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    History history =
        LevelHistories.random(workload, random, 2 + random.nextInt(2), count, random.nextInt(60));
    Program<S> program = new Program<>(workload.model(), history.operations());
    for (Level level : Level.values()) {
      if (level != Level.LINEARIZABLE) {
        ViewOrder order = level.order();
        Finding with = new ViewJudge<>(program, FEW, SearchOptions.DEFAULT, true).judge(order);
        Finding without = new ViewJudge<>(program, FEW, SearchOptions.DEFAULT, false).judge(order);
        boolean undecided =
            with instanceof Finding.Undecided || without instanceof Finding.Undecided;
        assertThat(undecided || with.getClass() == without.getClass())
            .as("%s of %s", level, history)
            .isTrue();
      }
    }
  }
}
