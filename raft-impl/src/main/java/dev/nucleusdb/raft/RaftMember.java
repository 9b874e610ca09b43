package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.group.GroupHost;
import dev.nucleusdb.raft.group.HostedGroup;
import dev.nucleusdb.raft.group.Seat;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.RecoveredLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One member of one group, over the seams: executes the effects of [Raft] and feeds it with what
/// happens. Many of them share a [GroupHost]; a member alone on its node has its own.
public final class RaftMember implements ReplicatedLog {
  /// The folder of the write-ahead log within the node's disk.
  public static final String DIRECTORY = GroupHost.DIRECTORY;

  private final GroupHost host;
  private final int group;
  private final NodeContext context;
  private final Trace trace;
  private final RaftOptions options;
  private final RaftRules rules;
  private final Membership founding;

  /// What is to be executed, in order; null while it sleeps.
  private @Nullable ArrayDeque<RaftEffect> effects;

  private @Nullable Waiters waiters;
  private @Nullable Raft raft;
  private @Nullable Seat seat;
  private @Nullable MemberLog wal;
  private @Nullable StateMachine machine;
  private @Nullable SnapshotTraffic snapshots;
  private boolean executing;
  private boolean unflushed;

  /// As the host was told last.
  private boolean asleep;

  private boolean stopped;
  private long appliedIndex;

  /// The one group of its node: a member of the group that `members` have founded. A node that is
  /// none of them waits for their leader to add it.
  ///
  /// @param context the seams
  /// @param channels where its messages come in
  /// @param members all voters at the founding and where they were; what the log says comes later
  /// @param options limits
  /// @param rules [RaftRules#RAFT]
  public RaftMember(
      NodeContext context,
      Channels channels,
      List<Member> members,
      RaftOptions options,
      RaftRules rules) {
    this(
        new GroupHost(context, channels, options.ofLoneGroup(), rules.log(), rules.group()),
        GroupHost.LONE_GROUP,
        members,
        options,
        rules);
  }

  /// One of many groups of a node. The size of segments is the host's.
  ///
  /// @param host the node's side of all its groups
  /// @param group its number, above 0, the same on all nodes and never that of another group
  /// @param members all voters at the founding and where they were; what the log says comes later
  /// @param options limits
  /// @param rules [RaftRules#RAFT]
  public RaftMember(
      GroupHost host, int group, List<Member> members, RaftOptions options, RaftRules rules) {
    require(group > 0, "groups are numbered from 1, not %d", group);
    this.host = host;
    this.group = group;
    this.context = host.context();
    this.trace = host.traceOf(group);
    this.options = options;
    this.rules = rules;
    this.founding = host.memberships().founding(Membership.of(members, List.of()));
  }

  @Override
  public void start(StateMachine stateMachine) {
    RecoveredLog recovered = host.log().take(group);
    Seat taken = host.join(group, new Hosted());
    taken.add(founding.members());
    MemberLog files = new MemberLog(taken, group, trace, rules.log());
    RaftLog entries = host.memberships().of(recovered.toLog());
    appliedIndex = stateMachine.appliedIndex();
    HardState hardState = recovered.hardState();
    SnapshotMark mark = SnapshotTraffic.markOf(stateMachine);
    if (mark != null && mark.index() > entries.baseIndex()) {
      sometimes("raft stopped between a snapshot and its log", true);
      files.restartAfter(mark, entries.restartAfter(mark, rules.snapshot()));
      // No vote can have been given in a later term: its record would have been found.
      hardState = hardState.term() < mark.term() ? new HardState(mark.term(), null) : hardState;
    }
    files.refuseContradiction(hardState, entries, appliedIndex);
    files.forgetLost(context.id(), founding, entries, appliedIndex);
    seat = taken;
    wal = files;
    machine = stateMachine;
    raft =
        new Raft(
            context.id(),
            host.log().storeId(),
            founding,
            options,
            rules,
            host.randomOf(group),
            hardState,
            entries,
            appliedIndex,
            now());
    taken.add(raft.membership().members());
    trace.event(RaftTrace.STORE, host.log().storeId(), 0, 0);
    trace.event(RaftTrace.STARTED, hardState.term(), entries.lastIndex(), appliedIndex);
    step(new RaftInput.Tick());
  }

  @Override
  public void propose(byte[] command, ProposalCallback callback) {
    require(
        command.length > 0 && command.length <= options.commandBytesMax(),
        "a command has 1 to %d bytes, not %d",
        options.commandBytesMax(),
        command.length);
    if (stopped || raft == null) {
      callback.completed(new ProposalResult.NotLeader(null));
      return;
    }
    boolean enough = waiters().gather(command, callback, options);
    if (enough || raft.role() != Role.LEADER) {
      step(waiters().proposal());
    }
    if (!unflushed) {
      unflushed = true;
      place().flushSoon();
    }
  }

  @Override
  public void read(ReadCallback callback) {
    if (stopped || raft == null) {
      callback.completed(new ReadResult.Unavailable(null));
      return;
    }
    step(new RaftInput.Read(waiters().read(callback)));
  }

  @Override
  public void transferLeadership(@Nullable NodeId target, TransferCallback callback) {
    if (stopped || raft == null) {
      callback.completed(new TransferOutcome.NotLeader(null));
      return;
    }
    step(new RaftInput.TransferLeadership(waiters().transfer(callback), target));
  }

  @Override
  public void changeMembership(
      List<Member> voters, List<Member> learners, MembershipCallback callback) {
    Membership target = Membership.of(voters, learners);
    if (stopped || raft == null) {
      callback.completed(new MembershipResult.NotLeader(null));
      return;
    }
    step(new RaftInput.ChangeMembership(waiters().change(callback), target));
  }

  @Override
  public Members members() {
    Membership now = membership();
    return new Members(now.voters(), now.learners(), now.configuration().isJoint());
  }

  @Override
  public @Nullable Duration staleness() {
    long nanos = stopped || raft == null ? -1 : raft.stalenessNanos(appliedIndex, now());
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }

  /// Whether this member would serve a read now without asking anybody.
  public boolean mayReadAlone() {
    return raft != null && raft.mayReadAlone(now());
  }

  @Override
  public Status status() {
    Raft r = raft;
    if (r == null) {
      return new Status(false, null, 0, 0, 0, 0);
    }
    return new Status(
        r.role() == Role.LEADER,
        r.leader(),
        r.term(),
        r.commitIndex(),
        appliedIndex,
        r.log().lastIndex());
  }

  @Override
  public List<String> diagnose() {
    return raft == null ? List.of("not started") : host.withDropped(raft.diagnose(now()).lines());
  }

  /// What this member is.
  public Role role() {
    return raft == null ? Role.FOLLOWER : raft.role();
  }

  /// Whether it sleeps.
  public boolean isAsleep() {
    return raft != null && raft.isAsleep();
  }

  /// Who takes part, as far as this member's log says.
  public Membership membership() {
    return raft == null ? founding : raft.membership();
  }

  /// The log in memory, for reading; null before the start.
  public @Nullable RaftLog log() {
    return raft == null ? null : raft.log();
  }

  @Override
  public void released(long index) {
    if (!stopped) {
      step(new RaftInput.Release(index));
    }
  }

  @Override
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    waiters().failAll();
    if (seat != null) {
      seat.leave();
    }
  }

  /// What its node tells this member.
  private final class Hosted implements HostedGroup {
    @Override
    public void receive(NodeId sender, long storeId, RaftMessage message) {
      hearOfLeader();
      step(new RaftInput.Receive(sender, storeId, message));
    }

    @Override
    public void due() {
      step(new RaftInput.Tick());
    }

    @Override
    public void flush() {
      unflushed = false;
      if (waiters().hasGathered()) {
        step(waiters().proposal());
      }
      step(new RaftInput.Flush());
    }

    @Override
    public void lost(NodeId node) {
      step(new RaftInput.NodeLost(node));
    }

    @Override
    public void persisted(long writeId) {
      step(new RaftInput.Persisted(writeId));
    }

    @Override
    public void stop() {
      RaftMember.this.stop();
    }

    @Override
    public @Nullable RaftLog writtenLog() {
      boolean executed = !executing && (effects == null || effects.isEmpty());
      return executed && !unflushed ? log() : null;
    }

    @Override
    public long heldBytes() {
      return raft == null ? 0 : raft.log().heldBytes();
    }
  }

  private void step(RaftInput input) {
    Raft r = raft;
    if (stopped || r == null) {
      return;
    }
    ArrayDeque<RaftEffect> queue = effects == null ? new ArrayDeque<>(1) : effects;
    effects = queue;
    r.step(input, now(), queue);
    if (executing) {
      return;
    }
    executing = true;
    try {
      while (!queue.isEmpty() && !stopped) {
        execute(queue.remove());
      }
    } catch (DiskException | CorruptionException e) {
      place().halt(e);
    } finally {
      executing = false;
    }
    if (!stopped) {
      place().arm(r.deadlineNanos());
      tellSleep(r);
      effects = asleep ? null : effects;
    }
  }

  private Waiters waiters() {
    Waiters those = waiters == null ? new Waiters() : waiters;
    waiters = those;
    return those;
  }

  /// Who sleeps keeps nothing that only those who wait need.
  private void tellSleep(Raft r) {
    if (r.isAsleep() != asleep) {
      asleep = r.isAsleep();
      waiters = asleep && waiters().isEmpty() ? null : waiters;
      NodeId under = r.role() == Role.LEADER ? context.id() : r.leader();
      place().sleeps(asleep, under, r.membership().configuration().members());
    }
  }

  /// Before something that may wake it, a member that sleeps is told whether the leader's node is
  /// alive.
  private void hearOfLeader() {
    NodeId leader = raft == null ? null : raft.sleepsUnder();
    if (leader != null) {
      step(new RaftInput.LeaderNodeHeard(place().heardNanos(leader)));
    }
  }

  private void execute(RaftEffect effect) {
    switch (effect) {
      case RaftEffect.Send send -> send(send.to(), send.message());
      case RaftEffect.Refill refill -> files().refill(refill);
      case RaftEffect.Persist persist -> files().persist(persist, entries());
      case RaftEffect.Apply apply -> apply(apply.throughIndex());
      case RaftEffect.ProposalsPlaced placed -> waiters().placed(placed);
      case RaftEffect.ProposalsRefused refused -> waiters().refused(refused, leader());
      case RaftEffect.ReadReady ready ->
          waiters().ready(ready.ticket(), ready.index(), appliedIndex);
      case RaftEffect.ReadRefused refused -> waiters().readRefused(refused.ticket(), leader());
      case RaftEffect.TransferEnded ended ->
          waiters().transferEnded(ended.ticket(), ended.outcome());
      case RaftEffect.RoleChanged changed -> roleChanged(changed);
      case RaftEffect.MembershipInForce named -> reconfigured(named.membership());
      case RaftEffect.MembershipChanged changed ->
          waiters().changed(changed.ticket(), new MembershipResult.Changed());
      case RaftEffect.MembershipRefused refused -> waiters().changeRefused(refused, leader());
      case RaftEffect.Released released -> files().release(released.index(), entries());
      case RaftEffect.SendPiece send -> sendPiece(send);
      case RaftEffect.EndSnapshot end -> traffic().end(end.to());
      case RaftEffect.TakePiece take -> takePiece(take);
      case RaftEffect.LogRestarted restarted ->
          files().restartAfter(restarted.mark(), restarted.suffixKept());
    }
  }

  private MemberLog files() {
    return Objects.requireNonNull(wal, "before the start");
  }

  private RaftLog entries() {
    return Objects.requireNonNull(raft, "before the start").log();
  }

  private Seat place() {
    return Objects.requireNonNull(seat, "before the start");
  }

  private SnapshotTraffic traffic() {
    StateMachine target = Objects.requireNonNull(machine, "before the start");
    SnapshotTraffic those =
        snapshots == null
            ? new SnapshotTraffic(target, options.snapshot().pieceBytesMax(), trace)
            : snapshots;
    snapshots = those;
    return those;
  }

  private void sendPiece(RaftEffect.SendPiece send) {
    try {
      send(send.to(), traffic().piece(send));
    } catch (CorruptionException e) {
      trace.event(RaftTrace.UNREADABLE, send.mark().index(), send.to().value(), 0);
      traffic().end(send.to());
      step(new RaftInput.SnapshotUnreadable(send.to()));
    }
  }

  private void takePiece(RaftEffect.TakePiece take) {
    RaftInput.PieceTaken taken = traffic().take(take);
    appliedIndex = machine == null ? appliedIndex : machine.appliedIndex();
    step(taken);
    waiters().appliedThrough(appliedIndex);
  }

  private void reconfigured(Membership membership) {
    host.memberships().of(entries());
    place().add(membership.members());
    RaftTrace.inForce(trace, membership.configuration());
  }

  private void send(NodeId to, RaftMessage message) {
    if (!place().knows(to)) {
      return;
    }
    boolean vote = message instanceof RaftMessage.VoteReply reply && reply.granted();
    if (vote) {
      trace.point("raft.vote-durable");
    }
    place().send(to, message);
    if (vote) {
      trace.event(RaftTrace.VOTE_SENT, message.term(), to.value(), 0);
      trace.point("raft.vote-sent");
    } else if (message instanceof RaftMessage.TimeoutNow) {
      trace.point("raft.handover-sent");
    }
  }

  private void apply(long throughIndex) {
    RaftLog log = entries();
    StateMachine target = Objects.requireNonNull(machine, "before the start");
    trace.point("raft.committed");
    while (appliedIndex < throughIndex && !stopped) {
      long index = appliedIndex + 1;
      Entry entry = log.entryAt(index);
      Object result = target.apply(index, entry.bytes(), entry.offset(), entry.sizeForMachine());
      appliedIndex = index;
      RaftTrace.applied(trace, index, entry);
      trace.point("raft.applied");
      waiters().applied(index, entry.term(), result);
    }
    waiters().appliedThrough(appliedIndex);
  }

  private void roleChanged(RaftEffect.RoleChanged changed) {
    trace.event(RaftTrace.ROLE, changed.role().code(), changed.term(), entries().lastIndex());
    if (changed.role() == Role.LEADER) {
      trace.point("raft.leader-elected");
    } else {
      waiters().leadershipLost();
    }
  }

  private @Nullable NodeId leader() {
    return raft == null ? null : raft.leader();
  }

  private long now() {
    return context.clock().monotonicNanos();
  }
}
