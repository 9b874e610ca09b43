package dev.nucleusdb.core.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.ReplicatedLog.ProposalResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.ReadResult;
import dev.nucleusdb.core.consensus.ReplicatedLog.Status;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A cluster of three members, numbered from 0, whose ids are one more, and what tests do with it.
/// All are up when a test begins.
abstract class ReplicatedLogCluster {
  /// How many members the cluster has.
  protected static final int MEMBER_COUNT = 3;

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration STEP = Duration.ofMillis(20);

  /// Runs code on the thread of a member, to its end; does nothing while it is down. What the code
  /// throws is thrown.
  protected abstract void onMember(int member, Consumer<ReplicatedLog> code);

  /// A member's name and where it is.
  protected abstract Member name(int member);

  /// Lets time pass.
  protected abstract void elapse(Duration duration);

  /// From now on nothing is carried between this member and the others.
  protected abstract void cut(int member);

  /// Everything is carried again.
  protected abstract void heal();

  /// A member loses power, and with it what is not durable.
  protected abstract void crash(int member);

  /// A member that lost power starts again, with [#machine].
  protected abstract void restart(int member);

  /// The size of the largest command that is taken.
  protected abstract int commandBytesMax();

  private final Map<Integer, RememberingMachine> machines = new TreeMap<>();

  /// Whether a state machine keeps its state in a crash.
  boolean machinesAreDurable;

  /// The state machine that a member is to be started with; asked for at every start.
  protected final StateMachine machine(int member) {
    RememberingMachine machine = machines.get(member);
    if (machine == null || !machinesAreDurable) {
      machine = new RememberingMachine();
      machines.put(member, machine);
    }
    return machine;
  }

  final List<String> commands(int member) {
    RememberingMachine machine = machines.get(member);
    return machine == null ? List.of() : machine.commands;
  }

  final @Nullable Status status(int member) {
    AtomicReference<@Nullable Status> status = new AtomicReference<>();
    onMember(member, log -> status.set(log.status()));
    return status.get();
  }

  final @Nullable Duration staleness(int member) {
    AtomicReference<@Nullable Duration> staleness = new AtomicReference<>();
    onMember(member, log -> staleness.set(log.staleness()));
    return staleness.get();
  }

  /// Waits for somebody else than `except` to lead.
  final int leader(int except) {
    for (Duration waited = Duration.ZERO; ; waited = waited.plus(STEP)) {
      for (int member = 0; member < MEMBER_COUNT; member++) {
        Status status = status(member);
        if (member != except && status != null && status.leading()) {
          return member;
        }
      }
      assertThat(waited).as("time without a leader").isLessThan(PATIENCE);
      elapse(STEP);
    }
  }

  final int leader() {
    return leader(-1);
  }

  static NodeId nameOf(int member) {
    return new NodeId(member + 1);
  }

  final int other(int member) {
    return (member + 1) % MEMBER_COUNT;
  }

  final List<ProposalResult> propose(int member, String... commands) {
    List<ProposalResult> results = new ArrayList<>();
    onMember(
        member,
        log -> {
          for (String command : commands) {
            log.propose(command.getBytes(UTF_8), results::add);
          }
        });
    return results;
  }

  /// Proposes until the command is acknowledged.
  final void commit(String command) {
    int member = leader();
    List<ProposalResult> results = propose(member, command);
    settle();
    assertThat(results).hasSize(1);
    assertThat(results.getFirst()).isInstanceOf(ProposalResult.Applied.class);
  }

  final List<ReadResult> read(int member) {
    List<ReadResult> results = new ArrayList<>();
    onMember(member, log -> log.read(results::add));
    return results;
  }

  final void settle() {
    elapse(Duration.ofSeconds(2));
  }

  /// The state machine of a member, as it is.
  final RememberingMachine remembering(int member) {
    return (RememberingMachine) machine(member);
  }
}
