package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WitnessVerifierTest {
  private static final Model<?> MODEL = Models.named("cas-register:0");
  private static final History HISTORY =
      Sketch.of("A: write 1 [0,1]", "B: read > 1 [2,3]", "C: write 5 [0~", "D: write 9 [0,1] F");
  private static final Operation WRITE = operation("write 1");
  private static final Operation READ = operation("read");
  private static final Operation CRASHED = operation("write 5");
  private static final Operation FAILED = operation("write 9");

  private static Operation operation(String start) {
    return HISTORY.operations().stream()
        .filter(operation -> operation.action().toString().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static String flaw(Operation... order) {
    Verdict.Witness witness = new Verdict.Witness(Value.UNRECORDED, List.of(order));
    return WitnessVerifier.findFlaw(HISTORY, MODEL, List.of(witness)).orElse("none");
  }

  @Test
  void a_true_order_has_no_flaw_with_or_without_the_crashed_operation() {
    assertThat(flaw(WRITE, READ)).isEqualTo("none");
    assertThat(flaw(CRASHED, WRITE, READ)).isEqualTo("none");
  }

  @Test
  void every_kind_of_flaw_is_named() {
    assertThat(flaw(WRITE)).startsWith("missing");
    assertThat(flaw(WRITE, WRITE, READ)).startsWith("doubled");
    assertThat(flaw(READ, WRITE)).startsWith("not legal");
    assertThat(flaw(CRASHED, READ, WRITE)).startsWith("not legal");
    assertThat(flaw(FAILED, WRITE, READ)).startsWith("failed");
    assertThat(flaw(READ.withoutReturn(), WRITE)).startsWith("doubled or foreign");
  }

  @Test
  void an_order_against_real_time_is_a_flaw() {
    History history = Sketch.of("A: write 1 [0,1]", "B: write 2 [2,3]");
    List<Operation> reversed = history.operations().reversed();
    assertThat(
            WitnessVerifier.findFlaw(
                history, MODEL, List.of(new Verdict.Witness(Value.UNRECORDED, reversed))))
        .hasValueSatisfying(flaw -> assertThat(flaw).startsWith("placed after"));
  }

  @Test
  void an_operation_of_another_object_is_a_flaw() {
    History history = Sketch.of("A: put(x) 1 [0,1]");
    Verdict.Witness witness = new Verdict.Witness(Value.of("y"), history.operations());
    assertThat(WitnessVerifier.findFlaw(history, Models.named("kv"), List.of(witness)))
        .hasValueSatisfying(flaw -> assertThat(flaw).startsWith("of another object"));
  }
}
