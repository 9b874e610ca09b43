package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.BruteForce;
import dev.nucleusdb.linearizability.Catalogue;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.Workload;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Staleness in time and in versions: the catalogue's, and against every smaller number. Knobs as
/// in [LevelDifferentialTest].
final class StalenessTest {
  private static final int HISTORY_COUNT = Integer.getInteger("judges.histories", 100);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);
  private static final int MAX_OPERATIONS = 7;

  static List<Catalogue.Row> rows() {
    return Catalogue.rows().stream()
        .filter(row -> row.history().operations().size() <= MAX_OPERATIONS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_row_is_as_stale_as_it_says(Catalogue.Row row) {
    requireSmallest(row.model(), row.history(), row.toString());
    LevelReport report = LevelChecker.check(row.history(), row.model(), Limits.defaults());
    row.stale()
        .ifPresent(span ->
            assertThat(report.staleness().getFirst().time())
                .isEqualTo(new Measure.Exactly(Sketch.UNIT * span)));
    row.atomicity()
        .ifPresent(k ->
            assertThat(report.staleness().getFirst().versions()).contains(new Measure.Exactly(k)));
  }

  static List<Workload<?>> workloads() {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void no_smaller_number_would_do(Workload<?> workload) {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          LevelHistories.random(workload, random, 2, 3 + random.nextInt(4), random.nextInt(100));
      requireSmallest(workload.model(), history, "seed " + seed);
    }
  }

  @Test
  void what_is_linearizable_is_not_behind() {
    History history = Sketch.of("A: write 1 [0,1]", "B: read > 1 [2,3]");
    assertThat(LevelChecker.check(history, new CasRegister(Value.of(0)), Limits.defaults()))
        .satisfies(report -> assertThat(report.staleness()).isEmpty());
  }

  @Test
  void a_limit_leaves_a_bound() {
    History history =
        Sketch.of(
            "A: write 1 [0,9]",
            "B: write 2 [0,9]",
            "C: write 1 [0,9]",
            "D: write 2 [0,9]",
            "E: read > 0 [10,11]",
            "E: read > 0 [12,13]");
    Model<?> model = new CasRegister(Value.of(0));
    StalenessMeter meter =
        new StalenessMeter(model, history.operations(), Limits.configurations(1));
    assertThat(meter.measure(Value.UNRECORDED).versions())
        .hasValueSatisfying(versions -> assertThat(versions).isInstanceOf(Measure.Undecided.class));
  }

  private static <S> void requireSmallest(Model<S> model, History history, String name) {
    LevelReport report = LevelChecker.check(history, model, Limits.defaults());
    Model<S> fitted = model.fittedTo(history.operations());
    for (Staleness staleness : report.staleness()) {
      List<Operation> operations = new ArrayList<>();
      for (Operation operation : history.operations()) {
        if (fitted.partition(operation.action()).equals(staleness.key())) {
          operations.add(operation);
        }
      }
      assertThat(staleness.time())
          .as("time of %s: %s", name, history)
          .isEqualTo(smallestSpan(fitted, operations));
      assertThat(staleness.versions())
          .as("versions of %s: %s", name, history)
          .isEqualTo(values(fitted).map(each -> smallestCount(each, operations)));
    }
  }

  private static Measure smallestSpan(Model<?> model, List<Operation> operations) {
    List<Long> spans = new ArrayList<>();
    for (Operation read : operations) {
      for (Operation other : operations) {
        spans.add(Math.max(0, read.invokeTime() - other.returnTime()));
        spans.add(read.invokeTime());
      }
    }
    return spans.stream()
        .sorted()
        .distinct()
        .filter(span -> BruteForce.isLinearizable(model, lookingBack(model, operations, span)))
        .findFirst()
        .<Measure>map(Measure.Exactly::new)
        .orElse(new Measure.Never());
  }

  private static History lookingBack(Model<?> model, List<Operation> operations, long span) {
    return new History(
        operations.stream()
            .map(operation ->
                new Operation(
                    operation.index(),
                    operation.line(),
                    operation.process(),
                    operation.action(),
                    model.observesOnly(operation.action())
                        ? Math.max(0, operation.invokeTime() - span)
                        : operation.invokeTime(),
                    operation.returnTime(),
                    operation.outcome()))
            .toList());
  }

  private static Optional<Model<Value>> values(Model<?> model) {
    return switch (model) {
      case Register register -> Optional.of(register);
      case CasRegister register -> Optional.of(register);
      case KeyValue keys -> Optional.of(keys);
      default -> Optional.empty();
    };
  }

  private static Measure smallestCount(Model<Value> model, List<Operation> operations) {
    for (int count = 1; count <= operations.size() + 1; count++) {
      if (BruteForce.isLinearizable(new Versions(model, count), new History(operations))) {
        return new Measure.Exactly(count);
      }
    }
    return new Measure.Never();
  }

  /// All values that there ever were, the first one first; reads may look at the last few.
  record Versions(Model<Value> each, int count) implements Model<List<Value>> {
    @Override
    public String name() {
      return "versions";
    }

    @Override
    public List<Value> initial() {
      return List.of(each.initial());
    }

    @Override
    public @Nullable List<Value> step(List<Value> all, Action action) {
      if (each.observesOnly(action)) {
        for (int back = 1; back <= Math.min(count, all.size()); back++) {
          if (each.step(all.get(all.size() - back), action) != null) {
            return all;
          }
        }
        return null;
      }
      Value after = each.step(all.getLast(), action);
      if (after == null) {
        return null;
      }
      List<Value> more = new ArrayList<>(all);
      more.add(after);
      return more;
    }

    @Override
    public boolean observesOnly(Action action) {
      return each.observesOnly(action);
    }

    @Override
    public Value partition(Action action) {
      return each.partition(action);
    }
  }
}
