package dev.nucleusdb.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.RaftTrace;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which events set what of a node's state.
class StateVariablesTest {
  @Test
  void events_of_the_database_set_what_every_node_has() {
    StateVariables variables =
        new StateVariables(List.of(RaftTrace.APPEND, RaftTrace.ROLE, RaftTrace.HARD_STATE));
    assertThat(variables.names()).startsWith("role", "term", "vote", "last index");
    assertThat(variables.mainCount()).isEqualTo(variables.names().size());
    assertThat(variables.effects(RaftTrace.HARD_STATE)).containsExactly(1, 2);
    assertThat(variables.effects(RaftTrace.APPEND).getLast()).isEqualTo(StateVariables.NONE);
  }

  @Test
  void events_that_nobody_knows_set_a_last_value_for_each_of_their_numbers() {
    TraceKind foreign = TraceKind.of("toy.step", "number", "round");
    StateVariables variables = new StateVariables(List.of(foreign, RaftTrace.ROLE));
    assertThat(variables.names().subList(variables.mainCount(), variables.names().size()))
        .containsExactly("toy.step number", "toy.step round");
    assertThat(variables.effects(foreign))
        .containsExactly(variables.mainCount(), variables.mainCount() + 1);
  }
}
