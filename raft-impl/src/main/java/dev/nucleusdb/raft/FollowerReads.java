package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.ForwardedReads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Linearizable reads at a member that does not lead (thesis §6.4.1): it asks the leader how far
/// its state machine must be, and serves the read itself.
final class FollowerReads {
  private final MemberState state;
  private final ForwardedReads reads;
  private @Nullable NodeId asked;

  FollowerReads(MemberState state) {
    this.state = state;
    this.reads = new ForwardedReads(state.random.fork("reads").nextLong());
  }

  /// When the leader's answer counts as lost.
  long deadlineNanos() {
    return reads.deadlineNanos(patienceNanos());
  }

  /// Whether no read waits.
  boolean isIdle() {
    return reads.count() == 0;
  }

  /// Begins a read.
  void read(long ticket) {
    if (state.leader() == null || reads.count() >= state.options.pendingReadsMax()) {
      state.emit(new RaftEffect.ReadRefused(ticket));
    } else if (state.rules.read().mustAskLeader()) {
      reads.add(ticket);
    } else {
      state.emit(new RaftEffect.ReadReady(ticket, state.commitIndex()));
    }
  }

  /// The leader has answered.
  void onReply(NodeId from, RaftMessage.ReadReply reply) {
    if (from.equals(asked)) {
      List<Long> answered = reads.answered(reply.number());
      sometimes("raft serves reads at a follower", !answered.isEmpty());
      answered.forEach(ticket -> state.emit(new RaftEffect.ReadReady(ticket, reply.index())));
    }
  }

  /// Asks, if it is time; gives up when another leads, or nobody answers.
  void advance() {
    NodeId leader = state.leader();
    boolean gone = asked != null && !asked.equals(leader);
    boolean lost = state.nowNanos >= deadlineNanos();
    if (gone || lost || leader == null || leader.equals(state.self)) {
      sometimes("raft gives up reads at a follower because the leader does not answer", lost);
      asked = null;
      reads.giveUp().forEach(ticket -> state.emit(new RaftEffect.ReadRefused(ticket)));
    } else if (reads.mayAsk()) {
      asked = leader;
      long number = reads.ask(state.nowNanos);
      state.sendWhenTermDurable(leader, new RaftMessage.ReadRequest(state.term(), number));
    }
  }

  private long patienceNanos() {
    return state.options.electionTimeoutMin().toNanos();
  }
}
