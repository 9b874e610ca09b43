package dev.nucleusdb.cli.bench;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.raft.Raft;
import dev.nucleusdb.raft.RaftEffect;
import dev.nucleusdb.raft.RaftInput;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Three cores of Raft that hand each other their messages: no bytes, no sockets, and disks that
/// take no time. What is left is the protocol.
final class CoreGroup {
  private record Due(int to, RaftInput input) {}

  private static final int COUNT = 3;
  private static final int LEADER = 1;

  private final List<Raft> members = new ArrayList<>();
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private long nowNanos;
  private long served;

  /// A group whose first member leads and has committed an entry of its term.
  CoreGroup(RaftOptions options) {
    List<Member> founders =
        IntStream.rangeClosed(1, COUNT)
            .mapToObj(i -> new Member(new NodeId(i), new Address("n" + i)))
            .toList();
    for (Member member : founders) {
      members.add(
          new Raft(
              member.id(),
              0,
              Membership.of(founders, List.of()),
              options,
              RaftRules.RAFT,
              new SplitMix(member.id().value()),
              HardState.INITIAL,
              new RaftLog(0, 0, List.of()),
              0,
              0));
    }
    Raft leader = members.get(LEADER - 1);
    nowNanos = leader.deadlineNanos();
    step(LEADER, new RaftInput.Tick());
    settle();
    if (leader.role() != Role.LEADER || leader.commitIndex() == 0) {
      throw new IllegalStateException("nobody leads");
    }
  }

  /// How many reads were served.
  long served() {
    return served;
  }

  /// One read at the leader, so much later than the one before.
  void read(long ticket, long laterNanos) {
    nowNanos += laterNanos;
    if (nowNanos >= members.get(LEADER - 1).deadlineNanos()) {
      step(LEADER, new RaftInput.Tick());
    }
    step(LEADER, new RaftInput.Read(ticket));
  }

  /// Everything arrives and becomes durable.
  void settle() {
    for (Due next = due.poll(); next != null; next = due.poll()) {
      step(next.to(), next.input());
    }
  }

  /// Whether messages or writes are under way.
  boolean isBusy() {
    return !due.isEmpty();
  }

  private void step(int member, RaftInput input) {
    List<RaftEffect> effects = new ArrayList<>();
    members.get(member - 1).step(input, nowNanos, effects);
    for (RaftEffect effect : effects) {
      switch (effect) {
        case RaftEffect.ReadReady _ -> served++;
        case RaftEffect.Send send -> {
          RaftMessage message = send.message();
          due.add(
              new Due(send.to().value(), new RaftInput.Receive(new NodeId(member), 0, message)));
        }
        case RaftEffect.Persist write ->
            due.add(new Due(member, new RaftInput.Persisted(write.writeId())));
        case RaftEffect.Apply apply ->
            due.add(new Due(member, new RaftInput.Release(apply.throughIndex())));
        case RaftEffect.ReadRefused _ -> throw new IllegalStateException("a read was refused");
        case RaftEffect.ProposalsPlaced _,
            RaftEffect.Refill _,
            RaftEffect.ProposalsRefused _,
            RaftEffect.RoleChanged _,
            RaftEffect.Released _,
            RaftEffect.TransferEnded _,
            RaftEffect.MembershipInForce _,
            RaftEffect.MembershipChanged _,
            RaftEffect.MembershipRefused _,
            RaftEffect.SendPiece _,
            RaftEffect.EndSnapshot _,
            RaftEffect.TakePiece _,
            RaftEffect.LogRestarted _ -> {}
      }
    }
  }
}
