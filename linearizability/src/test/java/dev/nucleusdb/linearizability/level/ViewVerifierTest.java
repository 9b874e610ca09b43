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
}
