package dev.nucleusdb.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.cluster.Cluster;
import dev.nucleusdb.scenarios.workload.KeyValueClients;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judge of a world's history is itself on trial: a clean history passes, the same history with
/// one read changed does not.
final class JudgeTest {
  private static final long END_NANOS = Duration.ofSeconds(8).toNanos();

  @Test
  void a_clean_world_is_linearizable() {
    assertThat(judge(cleanHistory())).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void one_read_of_a_value_that_was_overwritten_is_found() {
    History clean = cleanHistory();
    List<Operation> operations = new ArrayList<>(clean.operations());
    int place = laterReadOf(operations);
    Operation read = operations.get(place);
    Action action = read.action();
    operations.set(
        place,
        new Operation(
            read.index(),
            read.line(),
            read.process(),
            new Action(action.function(), action.key(), action.arguments(), Value.of("never-put")),
            read.invokeTime(),
            read.returnTime(),
            read.outcome()));

    assertThat(judge(new History(operations))).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void one_read_that_goes_back_in_time_is_found() {
    List<Operation> operations = new ArrayList<>(cleanHistory().operations());
    int place = laterReadOf(operations);
    Operation read = operations.get(place);
    Value seen = read.action().result();
    Operation earlier =
        operations.stream()
            .filter(operation ->
                operation.action().function().equals("get")
                    && operation.outcome() == Outcome.OK
                    && operation.action().key().equals(read.action().key())
                    && operation.returnTime() < read.invokeTime()
                    && !operation.action().result().equals(seen)
                    && !operation.action().result().equals(Value.ABSENT))
            .findFirst()
            .orElseThrow();
    Action stale =
        new Action(
            "get", read.action().key(), read.action().arguments(), earlier.action().result());
    operations.set(
        place,
        new Operation(
            read.index(),
            read.line(),
            read.process(),
            stale,
            read.invokeTime(),
            read.returnTime(),
            read.outcome()));

    assertThat(judge(new History(operations))).isInstanceOf(Verdict.Invalid.class);
  }

  private static Verdict judge(History history) {
    return LinearizabilityChecker.check(
        history, new KeyValue(Value.ABSENT), Limits.configurations(1_000_000));
  }

  private static History cleanHistory() {
    World world = new World(WorldOptions.calm(7));
    Cluster cluster = new Cluster(world, 3, Blueprint.draw(new SplitMix(7).fork("limits")));
    KeyValueClients clients =
        new KeyValueClients(world, cluster.addresses(), 4, Duration.ofSeconds(4), END_NANOS);
    world.run();
    assertThat(world.violation()).isNull();
    assertThat(clients.counts().ok()).isGreaterThan(100);
    return clients.history();
  }

  /// The last read of the busiest key that saw a value.
  private static int laterReadOf(List<Operation> operations) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.action().function().equals("get")
          && operation.action().key().equals(Value.of("k0"))
          && operation.outcome() == Outcome.OK
          && !operation.action().result().equals(Value.ABSENT)) {
        return i;
      }
    }
    throw new AssertionError("nobody read k0");
  }
}
