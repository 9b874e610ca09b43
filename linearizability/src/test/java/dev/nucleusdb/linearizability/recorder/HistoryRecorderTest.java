package dev.nucleusdb.linearizability.recorder;

import static dev.nucleusdb.linearizability.assertion.HistoryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HistoryRecorderTest {
  private static final Value NO_KEY = Value.UNRECORDED;
  private static final int THREADS = 4;
  private static final int CALLS = 2_000;

  @Test
  void a_correct_object_under_real_threads_is_linearizable() throws Exception {
    AtomicLong register = new AtomicLong();
    HistoryRecorder ordered = HistoryRecorder.ordered();
    HistoryRecorder timed = HistoryRecorder.timed(System::nanoTime);
    for (HistoryRecorder recorder : List.of(ordered, timed)) {
      register.set(0);
      run(recorder, register);
      History history = recorder.history();
      assertThat(history.operations()).hasSize(THREADS * CALLS);
      assertThat(history.operations()).extracting(Operation::outcome).containsOnly(Outcome.OK);
      assertThat(history).isLinearizable(new CasRegister(Value.of(0)));
    }
  }

  private static void run(HistoryRecorder recorder, AtomicLong register) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < THREADS; number++) {
      HistoryRecorder.Client client = recorder.client();
      long name = number;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int call = 0; call < CALLS; call++) {
                  act(client, register, THREADS * (long) call + name);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void act(HistoryRecorder.Client client, AtomicLong register, long number) {
    switch ((int) (number % 3)) {
      case 0 -> {
        HistoryRecorder.Client.Call call = client.invoke("read", NO_KEY);
        long seen = register.get();
        call.ok(Value.of(seen));
      }
      case 1 -> {
        HistoryRecorder.Client.Call call = client.invoke("write", NO_KEY, Value.of(number));
        register.set(number);
        call.ok();
      }
      default -> {
        Value expected = Value.of(number - 1);
        HistoryRecorder.Client.Call call = client.invoke("cas", NO_KEY, expected, Value.of(number));
        boolean swapped = register.compareAndSet(number - 1, number);
        call.ok(Value.of(swapped));
      }
    }
  }

  @Test
  void an_update_that_is_lost_is_found() throws Exception {
    HistoryRecorder recorder = HistoryRecorder.ordered();
    HistoryRecorder.Client one = recorder.client();
    HistoryRecorder.Client other = recorder.client();
    HistoryRecorder.Client.Call first = one.invoke("add-and-get", NO_KEY);
    HistoryRecorder.Client.Call second = other.invoke("add-and-get", NO_KEY);
    first.ok(Value.of(1));
    second.ok(Value.of(1));
    History history = recorder.history();
    assertThat(assertThat(history).isNotLinearizable(new Counter(0)).operations()).hasSize(2);
    assertThatThrownBy(() -> assertThat(history).isLinearizable(new Counter(0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a history that is linearizable")
        .hasMessageContaining("INVALID")
        .hasMessageContaining("add-and-get");
    assertThatThrownBy(() -> assertThat(new History(List.of())).isNotLinearizable(new Counter(0)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("VALID");
  }

  @Test
  void what_is_not_decided_is_not_asserted() {
    HistoryRecorder recorder = HistoryRecorder.ordered();
    List<HistoryRecorder.Client.Call> calls = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      calls.add(recorder.client().invoke("write", NO_KEY, Value.of(number % 5)));
    }
    calls.forEach(HistoryRecorder.Client.Call::ok);
    History history = recorder.history();
    CasRegister model = new CasRegister(Value.ABSENT);
    assertThat(history).isLinearizable(model);
    assertThatThrownBy(
            () -> assertThat(history).within(Limits.configurations(1)).isLinearizable(model))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("UNKNOWN");
  }

  @Test
  void outcomes_are_recorded_as_they_are() throws Exception {
    HistoryRecorder recorder = HistoryRecorder.ordered();
    HistoryRecorder.Client client = recorder.client();
    client.invoke("write", NO_KEY, Value.of(1)).fail();
    client.invoke("write", NO_KEY, Value.of(2)).info();
    String answer =
        client.record("read", NO_KEY, List.of(), () -> "seen", text -> Value.of(text.length()));
    assertThat(answer).isEqualTo("seen");
    assertThatThrownBy(() ->
            client.record(
                "write",
                NO_KEY,
                List.of(Value.of(3)),
                () -> {
                  throw new IOException("cut off");
                },
                _ -> Value.TRUE))
        .isInstanceOf(IOException.class);
    HistoryRecorder.Client.Call open = client.invoke("write", NO_KEY, Value.of(4));
    assertThatThrownBy(() -> client.invoke("read", NO_KEY))
        .isInstanceOf(IllegalStateException.class);
    List<Operation> operations = recorder.history().operations();
    assertThat(operations)
        .extracting(Operation::outcome)
        .containsExactly(
            Outcome.FAILED, Outcome.UNKNOWN, Outcome.OK, Outcome.UNKNOWN, Outcome.UNKNOWN);
    assertThat(operations.get(2).action().result()).isEqualTo(Value.of(4));
    assertThat(operations).extracting(Operation::index).containsExactly(0, 1, 2, 3, 4);
    open.ok();
    assertThatThrownBy(open::ok).isInstanceOf(IllegalStateException.class);
  }
}
