package dev.nucleusdb.linearizability.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryBuilderTest {
  private static final Value X = Value.of("x");

  @Test
  void a_process_waits_for_one_operation_at_a_time() {
    History.Builder builder = History.builder().invoke(1, "get", X, List.of(), 0);
    assertThatThrownBy(() -> builder.invoke(1, "get", X, List.of(), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("process 1");
    assertThatThrownBy(() -> builder.ok(2, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_process_may_go_on_after_an_unknown_outcome() {
    History history =
        History.builder()
            .invoke(1, "get", X, List.of(), 0)
            .info(1)
            .invoke(1, "get", X, List.of(), 1)
            .ok(1, Value.ABSENT, 2)
            .build();
    assertThat(history.operations())
        .extracting(Operation::outcome)
        .containsExactly(Outcome.UNKNOWN, Outcome.OK);
  }

  @Test
  void what_is_still_open_at_the_end_is_unknown() {
    History history = History.builder().invoke(1, "get", X, List.of(), 5).build();
    assertThat(history.operations().getFirst().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(history.operations().getFirst().returnTime()).isEqualTo(Operation.NEVER);
  }

  @Test
  void an_operation_cannot_return_before_it_is_invoked() {
    History.Builder builder = History.builder().invoke(1, "get", X, List.of(), 5);
    assertThatThrownBy(() -> builder.ok(1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.invoke(2, "get", X, List.of(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
