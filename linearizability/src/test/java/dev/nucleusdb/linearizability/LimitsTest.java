package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LimitsTest {
  private static final Model<?> MODEL = Models.named("kv");

  @Test
  void a_bound_on_configurations_gives_unknown_and_says_how_far() {
    Verdict verdict = LinearizabilityChecker.check(hard(), MODEL, Limits.configurations(50));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Unknown.class,
            unknown -> {
              assertThat(unknown.cause()).isEqualTo(Verdict.Cause.CONFIGURATIONS);
              assertThat(unknown.configurations()).isEqualTo(50);
              assertThat(unknown.deepest()).isNotNull();
              assertThat(unknown.first().passedCount()).isLessThan(unknown.first().returnCount());
            });
  }

  @Test
  void a_deadline_gives_unknown() {
    AtomicLong clock = new AtomicLong();
    Limits limits = Limits.defaults().within(Duration.ofNanos(1), () -> clock.getAndAdd(1));
    assertThat(LinearizabilityChecker.check(hard(), MODEL, limits))
        .isInstanceOfSatisfying(
            Verdict.Unknown.class,
            unknown -> assertThat(unknown.cause()).isEqualTo(Verdict.Cause.DEADLINE));
  }

  @Test
  void the_same_history_costs_the_same_number_of_configurations() {
    Limits limits = Limits.configurations(30_000);
    assertThat(LinearizabilityChecker.check(hard(), MODEL, limits))
        .isEqualTo(LinearizabilityChecker.check(hard(), MODEL, limits));
  }

  @Test
  void thirty_crashed_writes_do_not_explode() {
    Catalogue.Row row = Catalogue.row("L24");
    Verdict verdict = LinearizabilityChecker.check(row.history(), row.model(), Limits.defaults());
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
    assertThat(verdict.configurations()).isLessThan(100);
  }

  @Test
  void more_clients_than_bits_of_a_word_are_judged() {
    History.Builder builder = History.builder();
    for (int client = 0; client < 200; client++) {
      builder.invoke(client, "put", Value.of("x"), List.of(Value.of(client % 2)), 0);
    }
    for (int client = 0; client < 200; client++) {
      builder.ok(client, 1);
    }
    builder.invoke(0, "get", Value.of("x"), List.of(), 2).ok(0, Value.of(0), 3);
    History history = builder.build();
    Verdict verdict = LinearizabilityChecker.check(history, MODEL, Limits.defaults());
    Histories.requireProved(history, MODEL, verdict, true);
  }

  @Test
  void an_operation_that_the_model_does_not_know_is_refused_by_name() {
    History history =
        History.builder().invoke(0, "pop", Value.of("x"), List.of(), 0).ok(0, 1).build();
    assertThatThrownBy(() -> LinearizabilityChecker.check(history, MODEL, Limits.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but found 'pop'");
  }

  /// Concurrent appends: every order is another state, and the last read fits none.
  private static History hard() {
    History.Builder builder = History.builder();
    List<Value> none = new ArrayList<>();
    for (int client = 0; client < 9; client++) {
      builder.invoke(client, "append", Value.of("x"), List.of(Value.of("v" + client)), 0);
    }
    for (int client = 0; client < 9; client++) {
      builder.ok(client, 1);
    }
    return builder.invoke(0, "get", Value.of("x"), none, 2).ok(0, Value.of("v"), 3).build();
  }
}
