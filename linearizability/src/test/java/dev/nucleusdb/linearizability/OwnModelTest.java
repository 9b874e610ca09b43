package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A model of one's own takes two methods and a name.
final class OwnModelTest {
  record Counter() implements Model<Long> {
    @Override
    public String name() {
      return "counter";
    }

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public @Nullable Long step(Long count, Action action) {
      if (action.function().equals("inc")) {
        return count + 1;
      }
      return action.result().equals(Value.of(count)) ? count : null;
    }
  }

  private static boolean linearizable(String... operations) {
    return LinearizabilityChecker.check(Sketch.of(operations), new Counter(), Limits.defaults())
        instanceof Verdict.Valid;
  }

  @Test
  void a_counter_does_not_lose_increments() {
    assertThat(linearizable("A: inc [0,1]", "B: inc [0,1]", "C: read > 1 [2,3]")).isFalse();
    assertThat(linearizable("A: inc [0,1]", "B: inc [0,1]", "C: read > 2 [2,3]")).isTrue();
  }

  @Test
  void a_crashed_increment_counts_at_most_once() {
    assertThat(linearizable("A: inc [0,1]", "B: inc [0~", "C: read > 2 [2,3]", "C: read > 2 [4,5]"))
        .isTrue();
    assertThat(linearizable("A: inc [0,1]", "B: inc [0~", "C: read > 3 [2,3]")).isFalse();
  }
}
