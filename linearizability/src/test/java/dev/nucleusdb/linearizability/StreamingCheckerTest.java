package dev.nucleusdb.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.HistorySink;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.FifoQueue;
import dev.nucleusdb.linearizability.stream.StreamOptions;
import dev.nucleusdb.linearizability.stream.StreamVerdict;
import dev.nucleusdb.linearizability.stream.StreamingChecker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamingCheckerTest {
  private static final int HISTORY_COUNT = Integer.getInteger("judges.histories", 150);
  private static final int FIRST_SEED = Integer.getInteger("judges.seed", 0);
  private static final CasRegister REGISTER = new CasRegister(Value.of(0));

  private static final StreamOptions OPTIONS = new StreamOptions(1_000, 64);

  private final List<StreamVerdict.Violated> told = new ArrayList<>();

  static List<Workload<?>> workloads() {
    return Workload.all();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void agrees_with_brute_force(Workload<?> workload) {
    requireAgreement(workload);
  }

  private static <S> void requireAgreement(Workload<S> workload) {
    int illegal = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          Histories.random(workload, random, 3 + random.nextInt(5), 5 + random.nextInt(30));
      boolean expected = BruteForce.isLinearizable(workload.model(), history);
      illegal += expected ? 0 : 1;
      StreamingChecker<S> checker =
          new StreamingChecker<>(workload.model(), Limits.defaults(), OPTIONS, _ -> {});
      tell(history, checker);
      List<StreamVerdict> verdicts = checker.finish();
      assertThat(verdicts.stream().noneMatch(StreamVerdict.Violated.class::isInstance))
          .as("seed %d: %s", seed, history)
          .isEqualTo(expected);
      for (StreamVerdict verdict : verdicts) {
        if (verdict instanceof StreamVerdict.Violated violated) {
          Histories.requireMinimal(violated.model(), violated.counterexample());
        }
      }
    }
    assertThat(illegal).isBetween(HISTORY_COUNT / 20, 19 * HISTORY_COUNT / 20);
  }

  static List<Workload<?>> longWorkloads() {
    return Workload.all().stream()
        .filter(workload -> workload.asks().stream().noneMatch(ask -> ask.endsWith(" P")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("longWorkloads")
  void a_past_that_is_forgotten_at_once_leaves_the_verdict_of_the_search(Workload<?> workload) {
    requireAgreementWithSearch(workload);
  }

  private static <S> void requireAgreementWithSearch(Workload<S> workload) {
    int illegal = 0;
    Limits limits = Limits.configurations(20_000);
    for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORY_COUNT / 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int length = 10 + random.nextInt(40);
      History history =
          Histories.random(workload, random, length, random.nextInt(4), random.nextInt(25));
      Verdict expected = LinearizabilityChecker.check(history, workload.model(), limits);
      StreamingChecker<S> checker =
          new StreamingChecker<>(workload.model(), limits, new StreamOptions(1_000, 0), _ -> {});
      tell(history, checker);
      List<StreamVerdict> verdicts = checker.finish();
      if (expected instanceof Verdict.Unknown
          || verdicts.stream().anyMatch(StreamVerdict.Undecided.class::isInstance)) {
        continue;
      }
      assertThat(verdicts.stream().allMatch(StreamVerdict.Holding.class::isInstance))
          .as("seed %d: %s", seed, history)
          .isEqualTo(expected instanceof Verdict.Valid);
      for (StreamVerdict verdict : verdicts) {
        if (verdict instanceof StreamVerdict.Violated violated
            && violated.counterexample().minimal()) {
          Histories.requireMinimal(violated.model(), violated.counterexample());
          requireSameReturn(violated, (Verdict.Invalid) expected);
          illegal++;
        }
      }
    }
    assertThat(illegal).isPositive();
  }

  /// The return that nothing explains is the same, however little is remembered.
  private static void requireSameReturn(StreamVerdict.Violated violated, Verdict.Invalid expected) {
    for (ObjectVerdict object : expected.objects()) {
      if (object instanceof ObjectVerdict.Contradicted(Value key, Counterexample shown)
          && shown.minimal()
          && key.equals(violated.key())) {
        assertThat(violated.counterexample().stuck().returnTime())
            .isEqualTo(shown.stuck().returnTime());
      }
    }
  }

  @Test
  void what_is_settled_is_forgotten() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(REGISTER, Limits.defaults(), OPTIONS, told::add);
    long most = 0;
    for (int number = 1; number <= 50_000; number++) {
      invoke(checker, 1, "write", number, 4L * number);
      invoke(checker, 2, "read", 4L * number + 1);
      checker.complete(1, Value.UNRECORDED, 4L * number + 2, Outcome.OK);
      checker.complete(2, Value.of(number), 4L * number + 3, Outcome.OK);
      most = Math.max(most, checker.remembered());
    }
    assertThat(checker.finish())
        .containsExactly(new StreamVerdict.Holding(Value.UNRECORDED, 100_000));
    assertThat(most).isLessThan(100);
  }

  @Test
  void a_queue_that_grows_and_shrinks_is_not_remembered_whole() {
    StreamingChecker<?> checker =
        new StreamingChecker<>(new FifoQueue(), Limits.defaults(), OPTIONS, told::add);
    for (int number = 0; number < 20_000; number++) {
      invoke(checker, 1, "enqueue", number, 4L * number);
      checker.complete(1, Value.UNRECORDED, 4L * number + 1, Outcome.OK);
      invoke(checker, 1, "dequeue", 4L * number + 2);
      checker.complete(1, Value.of(number), 4L * number + 3, Outcome.OK);
    }
    assertThat(checker.remembered()).isLessThan(100);
    assertThat(checker.finish().getFirst()).isInstanceOf(StreamVerdict.Holding.class);
  }

  @Test
  void a_violation_is_told_as_soon_as_a_later_event_comes() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(REGISTER, Limits.defaults(), OPTIONS, told::add);
    invoke(checker, 1, "write", 1, 0);
    checker.complete(1, Value.UNRECORDED, 1, Outcome.OK);
    invoke(checker, 2, "read", 2);
    checker.complete(2, Value.of(0), 3, Outcome.OK);
    assertThat(told).isEmpty();
    invoke(checker, 2, "read", 4);
    assertThat(told).hasSize(1);
    checker.finish();
    assertThat(told).hasSize(1);
  }

  @Test
  void an_open_operation_holds_back_the_judgement_of_its_object_only_so_long() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(REGISTER, Limits.defaults(), new StreamOptions(10, 64), told::add);
    invoke(checker, 9, "write", 7, 0);
    for (int time = 1; time < 20; time += 2) {
      invoke(checker, 1, "read", time);
      checker.complete(1, Value.of(0), time + 1, Outcome.OK);
    }
    assertThat(checker.finish())
        .containsExactly(new StreamVerdict.Undecided(Value.UNRECORDED, 0, Verdict.Cause.MEMORY));
  }

  @Test
  void limits_are_kept() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(REGISTER, Limits.configurations(20), OPTIONS, told::add);
    for (int process = 0; process < 12; process++) {
      invoke(checker, process, "write", process, 0);
    }
    for (int process = 0; process < 12; process++) {
      checker.complete(process, Value.UNRECORDED, 1, Outcome.OK);
    }
    assertThat(checker.finish())
        .containsExactly(
            new StreamVerdict.Undecided(Value.UNRECORDED, 0, Verdict.Cause.CONFIGURATIONS));
  }

  @Test
  void time_must_not_go_back() {
    StreamingChecker<Value> checker =
        new StreamingChecker<>(REGISTER, Limits.defaults(), new StreamOptions(10, 64), told::add);
    invoke(checker, 1, "write", 7, 5);
    assertThatThrownBy(() -> invoke(checker, 2, "read", 4))
        .hasMessage("expected events in order of time, but 4 came after 5");
    assertThatThrownBy(() -> invoke(checker, 2, "push", 6))
        .hasMessageContaining("expected a function of the model cas-register");
  }

  private static void invoke(HistorySink to, long process, String function, long value, long time) {
    to.invokeAtLine(0, process, function, Value.UNRECORDED, List.of(Value.of(value)), time);
  }

  private static void invoke(HistorySink to, long process, String function, long time) {
    to.invokeAtLine(0, process, function, Value.UNRECORDED, List.of(), time);
  }

  /// Tells a whole history in order of time.
  private static void tell(History history, HistorySink to) {
    record Event(Operation operation, boolean isReturn, long time) {}
    List<Event> events = new ArrayList<>();
    for (Operation operation : history.operations()) {
      boolean crashed = operation.outcome() == Outcome.UNKNOWN;
      events.add(new Event(operation, false, operation.invokeTime()));
      events.add(
          new Event(
              operation, true, crashed ? operation.invokeTime() + 1 : operation.returnTime()));
    }
    events.sort(
        Comparator.comparingLong(Event::time)
            .thenComparing(event -> event.isReturn && event.operation.index() % 2 == 0));
    List<Event> held = new ArrayList<>();
    for (Event event : events) {
      Operation operation = event.operation;
      if (event.isReturn && !to.isWaiting(operation.process())) {
        held.add(event);
        continue;
      }
      if (event.isReturn) {
        end(operation, to);
      } else {
        to.invokeAtLine(
            0,
            operation.process(),
            operation.action().function(),
            operation.action().key(),
            operation.action().arguments(),
            event.time);
        if (held.removeIf(one -> one.operation.equals(operation))) {
          end(operation, to);
        }
      }
    }
  }

  private static void end(Operation operation, HistorySink to) {
    to.complete(
        operation.process(),
        operation.action().result(),
        operation.returnTime(),
        operation.outcome());
  }
}
