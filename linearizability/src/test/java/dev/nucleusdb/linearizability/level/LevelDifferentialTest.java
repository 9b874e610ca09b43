package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Workload;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.view.Cells;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every level against its definition, on random histories. `-Djudges.histories=N` sets how many
/// there are of each workload, `-Djudges.seed=S` where they begin.
final class LevelDifferentialTest {
  private static final int HISTORY_COUNT = Integer.getInteger("judges.histories", 100);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);
  private static final int MAX_BRUTE_FORCE_OPERATIONS = 7;

  static List<Workload<?>> workloads() {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void every_level_agrees_with_its_definition(Workload<?> workload) {
    Map<Level, Integer> violations = new EnumMap<>(Level.class);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int clients = 1 + random.nextInt(3);
      History history =
          LevelHistories.random(
              workload, random, clients, 3 + random.nextInt(5), random.nextInt(80));
      LevelReport report =
          requireAgreement(workload.model(), history, options(seed), "seed " + seed);
      for (Level level : Level.values()) {
        if (report.of(level) instanceof LevelVerdict.Violated) {
          violations.merge(level, 1, Integer::sum);
        }
      }
    }
    assertThat(violations.getOrDefault(Level.SEQUENTIAL, 0))
        .isBetween(HISTORY_COUNT / 20, 19 * HISTORY_COUNT / 20);
  }

  static List<Catalogue.Row> rows() {
    return Catalogue.rows().stream()
        .filter(row -> row.history().operations().size() <= MAX_BRUTE_FORCE_OPERATIONS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_row_agrees_with_the_definitions(Catalogue.Row row) {
    for (int bits = 0; bits < 8; bits++) {
      requireAgreement(row.model(), row.history(), options(bits), row.toString());
    }
  }

  private static SearchOptions options(int bits) {
    return new SearchOptions((bits & 1) == 0, (bits & 2) == 0, (bits & 4) == 0, 2_000, 64);
  }

  private static <S> LevelReport requireAgreement(
      Model<S> model, History history, SearchOptions options, String name) {
    LevelReport report = LevelChecker.check(history, model, Limits.defaults(), options);
    Model<S> fitted = model.fittedTo(history.operations());
    LevelBruteForce<S> definition = new LevelBruteForce<>(fitted, history.operations());
    boolean hasCells = Cells.of(fitted, history.operations()).isPresent();
    boolean explained = definition.holds(List.of());
    for (Level level : Level.values()) {
      boolean causal = level == Level.CAUSAL || level == Level.WRITES_FOLLOW_READS;
      if (level != Level.LINEARIZABLE && (hasCells || !causal)) {
        assertThat(report.of(level)).isNotInstanceOf(LevelVerdict.Undecided.class);
        assertThat(report.holds(level))
            .as("%s of %s: %s", level, name, history)
            .isEqualTo(definition.holds(level));
      }
      requireProved(model, history, report, level, explained, name);
    }
    if (hasCells) {
      requireBroken(report, definition, name);
    }
    return report;
  }

  private static void requireBroken(
      LevelReport report, LevelBruteForce<?> definition, String name) {
    for (List<Level> set : report.broken()) {
      assertThat(definition.holds(set)).as("%s of %s", set, name).isFalse();
      for (Level level : set) {
        List<Level> fewer = new ArrayList<>(set);
        fewer.remove(level);
        assertThat(fewer.isEmpty() || !report.holds(level) || definition.holds(fewer))
            .as("%s of %s", fewer, name)
            .isTrue();
      }
    }
    List<Level> all =
        List.of(
            Level.READ_YOUR_WRITES,
            Level.MONOTONIC_READS,
            Level.MONOTONIC_WRITES,
            Level.WRITES_FOLLOW_READS);
    assertThat(report.broken().isEmpty()).as(name).isEqualTo(definition.holds(all));
  }

  private static <S> void requireProved(
      Model<S> model,
      History history,
      LevelReport report,
      Level level,
      boolean explained,
      String name) {
    switch (report.of(level)) {
      case LevelVerdict.Holds(Level shownBy, List<View> views) -> {
        if (shownBy == Level.CAUSAL && Cells.of(model, history.operations()).isEmpty()) {
          Causes.requireOne(history.operations(), views);
        }
        if (shownBy != Level.LINEARIZABLE) {
          assertThat(new ViewVerifier<>(model, history.operations()).findFlaw(shownBy, views))
              .as("%s of %s", level, name)
              .isEmpty();
        }
      }
      case LevelVerdict.Violated(Level shownBy, Conflict conflict) -> {
        boolean checked =
            shownBy == level
                && level != Level.LINEARIZABLE
                && conflict.operations().size() <= MAX_BRUTE_FORCE_OPERATIONS;
        boolean asks = level == Level.CAUSAL || level == Level.WRITES_FOLLOW_READS;
        if (checked && !asks && explained) {
          requireMinimal(model.fittedTo(history.operations()), conflict, level, name);
        }
      }
      case LevelVerdict.Undecided _ -> {}
    }
  }

  private static <S> void requireMinimal(
      Model<S> model, Conflict conflict, Level level, String name) {
    assertThat(conflict.minimal()).as(name).isTrue();
    assertThat(new LevelBruteForce<>(model, conflict.operations()).holds(level))
        .as("%s of %s: %s", level, name, conflict)
        .isFalse();
    List<Operation> all = new ArrayList<>(conflict.operations());
    all.addAll(conflict.omitted());
    for (Operation operation : conflict.operations()) {
      boolean kept = operation.outcome() == Outcome.OK && !conflict.context().contains(operation);
      if (kept && all.size() <= MAX_BRUTE_FORCE_OPERATIONS) {
        List<Operation> without = new ArrayList<>();
        for (Operation other : all) {
          boolean stays = conflict.operations().contains(other) && !other.equals(operation);
          without.add(stays && !conflict.context().contains(other) ? other : other.withoutReturn());
        }
        assertThat(ownView(model, without, level, conflict))
            .as("%s is needed for %s of %s: %s", operation, level, name, conflict)
            .isTrue();
      }
    }
  }

  private static <S> boolean ownView(
      Model<S> model, List<Operation> operations, Level level, Conflict conflict) {
    return conflict.process().isEmpty()
        ? new LevelBruteForce<>(model, operations).holds(level)
        : new LevelBruteForce<>(model, operations).holdsFor(level, conflict.process().getAsLong());
  }
}
