package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.Search;
import dev.nucleusdb.linearizability.search.SearchOptions;
import dev.nucleusdb.linearizability.search.Timeline;
import dev.nucleusdb.linearizability.search.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Counterexamples rest on operations that may be skipped, so the search is tried with those alone.
final class OptionalOperationsTest {
  private static final int HISTORY_COUNT = 3_000;
  private static final Model<Value> MODEL = new CasRegister(Value.of(0));

  private static boolean findsOrder(
      List<Operation> required, List<Operation> optional, SearchOptions options) {
    Transitions<Value> transitions = new Transitions<>(MODEL, List.of());
    Timeline timeline = new Timeline(required, optional, transitions, options);
    Search<Value> search = Search.run(timeline, transitions, options, Limits.defaults().budget());
    return search.result() == Search.Result.FOUND;
  }

  @Test
  void an_optional_operation_does_not_hold_back_its_required_twin() {
    History history =
        Sketch.of("A: cas 0 1 > true [0,5]", "B: cas 0 1 > true [0,10]", "C: cas 1 2 > true [1,2]");
    List<Operation> operations = history.operations();
    List<Operation> required = operations.subList(1, 3);
    for (SearchOptions options : Histories.allSearchOptions()) {
      assertThat(findsOrder(required, operations.subList(0, 1), options)).isTrue();
      assertThat(findsOrder(operations, List.of(), options)).isFalse();
    }
  }

  @Test
  void every_choice_of_search_options_agrees_with_brute_force() {
    int illegal = 0;
    for (int seed = 0; seed < HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history = Histories.random(Workload.all().get(2), random, 3 + random.nextInt(5), 30);
      List<Operation> required = new ArrayList<>();
      List<Operation> optional = new ArrayList<>();
      for (Operation operation : history.operations()) {
        (random.nextInt(3) == 0 ? optional : required).add(operation);
      }
      boolean expected = new BruteForce<>(MODEL, required, optional).findsOrder();
      illegal += expected ? 0 : 1;
      for (SearchOptions options : Histories.allSearchOptions()) {
        assertThat(findsOrder(required, optional, options)).as("seed %d", seed).isEqualTo(expected);
      }
    }
    assertThat(illegal).isGreaterThan(HISTORY_COUNT / 10);
  }
}
