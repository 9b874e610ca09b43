package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.Sketch;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ViewVerifierTest {
  private static final History HISTORY =
      Sketch.of(
          "A: write 1 [0,1]",
          "A: write 2 [2,3]",
          "B: read > 1 [4,5]",
          "B: read > 2 [6,7]",
          "C: write 9 [8,9] F");
  private static final Operation ONE = HISTORY.operations().get(0);
  private static final Operation TWO = HISTORY.operations().get(1);
  private static final Operation READ_ONE = HISTORY.operations().get(2);
  private static final Operation READ_TWO = HISTORY.operations().get(3);
  private static final Operation FAILED = HISTORY.operations().get(4);

  private static String flaw(Level level, View... views) {
    return new ViewVerifier<>(Models.named("cas-register:0"), HISTORY.operations())
        .findFlaw(level, List.of(views))
        .orElse("none");
  }

  private static View all(Operation... order) {
    return new View(OptionalLong.empty(), List.of(order));
  }

  private static View of(long process, Operation... order) {
    return new View(OptionalLong.of(process), List.of(order));
  }

  @Test
  void true_views_have_no_flaw() {
    assertThat(flaw(Level.SEQUENTIAL, all(ONE, READ_ONE, TWO, READ_TWO))).isEqualTo("none");
    assertThat(flaw(Level.PRAM, of(0, ONE, TWO), of(1, ONE, READ_ONE, TWO, READ_TWO)))
        .isEqualTo("none");
  }

  @Test
  void every_kind_of_flaw_is_named() {
    assertThat(flaw(Level.SEQUENTIAL, all(ONE, TWO, READ_TWO))).startsWith("missing");
    assertThat(flaw(Level.SEQUENTIAL, all(ONE, ONE, READ_ONE, TWO, READ_TWO)))
        .startsWith("doubled or foreign");
    assertThat(flaw(Level.SEQUENTIAL, all(READ_ONE, ONE, TWO, READ_TWO))).startsWith("not legal");
    assertThat(flaw(Level.SEQUENTIAL, all(FAILED, ONE, READ_ONE, TWO, READ_TWO)))
        .startsWith("failed");
    assertThat(flaw(Level.PRAM, of(0, ONE, READ_ONE, TWO), of(1, ONE, READ_ONE, TWO, READ_TWO)))
        .startsWith("of no concern");
    assertThat(flaw(Level.PRAM, of(1, ONE, READ_ONE, TWO, READ_TWO)))
        .isEqualTo("process 0 has no view");
  }

  @Test
  void each_level_is_held_to_its_own_order() {
    List<Operation> backwards = new ArrayList<>(List.of(TWO, READ_TWO, ONE, READ_ONE));
    View reversed = new View(OptionalLong.of(1), backwards);
    View writer = of(0, ONE, TWO);
    assertThat(flaw(Level.PRAM, writer, reversed)).startsWith("must come before");
    assertThat(flaw(Level.CAUSAL, writer, reversed)).startsWith("must come before");
    assertThat(flaw(Level.MONOTONIC_WRITES, writer, reversed)).startsWith("must come before");
    assertThat(flaw(Level.MONOTONIC_READS, writer, reversed)).startsWith("must come before");
    assertThat(flaw(Level.READ_YOUR_WRITES, writer, reversed)).isEqualTo("none");
    assertThat(flaw(Level.READ_YOUR_WRITES, of(0, TWO, ONE), reversed)).isEqualTo("none");
    assertThat(flaw(Level.MONOTONIC_READS, of(0, TWO, ONE), of(1, ONE, READ_ONE, TWO, READ_TWO)))
        .isEqualTo("none");
  }

  private static String flaw(Level level, History history, int... orders) {
    List<View> views = new ArrayList<>();
    for (int process = 0; process < orders.length; process++) {
      List<Operation> order = new ArrayList<>();
      for (char digit : Integer.toString(orders[process]).toCharArray()) {
        order.add(history.operations().get(digit - '1'));
      }
      views.add(new View(OptionalLong.of(process), order));
    }
    return new ViewVerifier<>(Models.named("kv"), history.operations())
        .findFlaw(level, views)
        .orElse("none");
  }

  @Test
  void an_update_comes_before_what_saw_it_whoever_saw_it() {
    History history =
        Sketch.of(
            "A: put(x) 1 [0,1]",
            "B: get(x) > 1 [2,3]",
            "B: put(y) 1 [4,5]",
            "C: get(y) > 1 [6,7]",
            "C: get(x) > absent [8,9]");
    assertThat(flaw(Level.PRAM, history, 13, 123, 3451)).isEqualTo("none");
    assertThat(flaw(Level.CAUSAL, history, 13, 123, 3451))
        .startsWith("comes before what it must have seen");
    assertThat(flaw(Level.WRITES_FOLLOW_READS, history, 13, 123, 3451))
        .startsWith("comes before what it must have seen");
    assertThat(flaw(Level.WRITES_FOLLOW_READS, history, 13, 123, 5134)).isEqualTo("none");
    assertThat(flaw(Level.CAUSAL, history, 13, 123, 5134)).startsWith("must come before");
  }

  @Test
  void what_one_client_did_first_passes_causality_on_through_others() {
    History history =
        Sketch.of(
            "A: put(x) 1 [0,1]",
            "B: get(x) > 1 [2,3]",
            "B: put(y) 1 [4,5]",
            "C: get(y) > 1 [6,7]",
            "C: put(z) 1 [8,9]",
            "D: get(z) > 1 [10,11]",
            "D: get(x) > absent [12,13]");
    assertThat(flaw(Level.PRAM, history, 135, 1235, 1345, 35671)).isEqualTo("none");
    assertThat(flaw(Level.CAUSAL, history, 135, 1235, 1345, 35671))
        .startsWith("comes before what it must have seen");
    assertThat(flaw(Level.CAUSAL, history, 531, 1235, 1345, 35671))
        .startsWith("comes before what it must have seen");
  }

  @Test
  void what_was_seen_stands_in_every_view() {
    History history =
        Sketch.of("A: put(x) 1 [0~", "B: get(x) > 1 [2,3]", "C: get(y) > absent [4,5]");
    assertThat(flaw(Level.CAUSAL, history, 1, 12, 13)).isEqualTo("none");
    assertThat(flaw(Level.CAUSAL, history, 1, 12, 3)).startsWith("missing, though it was seen by");
    assertThat(flaw(Level.PRAM, history, 1, 12, 3)).isEqualTo("none");
  }

  @Test
  void a_value_that_was_written_twice_tells_nothing() {
    History history =
        Sketch.of(
            "A: put(x) 1 [0,1]",
            "A: put(x) 1 [2,3]",
            "B: get(x) > 1 [4,5]",
            "B: put(y) 1 [6,7]",
            "C: get(y) > 1 [8,9]",
            "C: get(x) > absent [10,11]");
    assertThat(flaw(Level.CAUSAL, history, 124, 1234, 45612)).isEqualTo("none");
  }
}
