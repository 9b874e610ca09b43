package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.StateMachine;
import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.RecoveredLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Peers;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One member of one group, over the seams: executes the effects of [Raft] and feeds it with what
/// happens.
public final class RaftMember implements ReplicatedLog {
  /// The folder of the write-ahead log within the node's disk.
  public static final String DIRECTORY = "raft";

  private static final int GROUP = 1;

  private final NodeContext context;
  private final RaftOptions options;
  private final RaftRules rules;
  private final Membership founding;
  private final Peers peers = new Peers();
  private final ArrayDeque<RaftEffect> effects = new ArrayDeque<>();
  private final Waiters waiters = new Waiters();
  private @Nullable Raft raft;
  private @Nullable MemberLog wal;
  private @Nullable StateMachine machine;
  private @Nullable SnapshotTraffic snapshots;
  private Timers.@Nullable Timer timer;
  private long timerNanos = Long.MAX_VALUE;
  private boolean executing;
  private boolean flushArmed;
  private boolean stopped;
  private long appliedIndex;
  private long droppedCount;

  /// A member of the group that `members` have founded. A node that is none of them waits for their
  /// leader to add it.
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
    this.context = context;
    this.options = options;
    this.rules = rules;
    this.founding = Membership.of(members, List.of());
    peers.add(members);
    channels.claim(RaftCodec.CHANNEL, this::receive);
  }

  @Override
  public void start(StateMachine stateMachine) {
    WriteAheadLog log =
        WriteAheadLog.open(
            context.disk(),
            DIRECTORY,
            options.segmentSizeBytes(),
            rules.log(),
            context.trace(),
            context.random().fork("store"));
    RecoveredLog recovered = log.recovered(GROUP);
    MemberLog files =
        new MemberLog(
            log,
            GROUP,
            context.trace(),
            writeId -> step(new RaftInput.Persisted(writeId)),
            this::halt);
    RaftLog entries = recovered.toLog();
    appliedIndex = stateMachine.appliedIndex();
    HardState hardState = recovered.hardState();
    SnapshotMark mark = markOf(stateMachine);
    if (mark != null && mark.index() > entries.baseIndex()) {
      sometimes("raft stopped between a snapshot and its log", true);
      files.restartAfter(mark, entries.restartAfter(mark));
      // No vote can have been given in a later term: its record would have been found.
      hardState = hardState.term() < mark.term() ? new HardState(mark.term(), null) : hardState;
    }
    refuseContradiction(hardState, entries);
    wal = files;
    machine = stateMachine;
    snapshots =
        new SnapshotTraffic(stateMachine, options.snapshot().pieceBytesMax(), context.trace());
    raft =
        new Raft(
            context.id(),
            log.storeId(),
            founding,
            options,
            rules,
            context.random().fork("raft"),
            hardState,
            entries,
            appliedIndex,
            now());
    peers.add(raft.membership().members());
    context.trace().event(RaftTrace.STORE, log.storeId(), 0, 0);
    context.trace().event(RaftTrace.STARTED, hardState.term(), entries.lastIndex(), appliedIndex);
    step(new RaftInput.Tick());
  }

  /// The mark of the snapshot that the state machine began from; null if it began from nothing.
  private static @Nullable SnapshotMark markOf(StateMachine machine) {
    byte[] bytes = machine.snapshotMark();
    SnapshotMark mark = bytes == null ? null : SnapshotMark.ofBytes(bytes);
    if (bytes != null && mark == null) {
      throw new CorruptionException(DIRECTORY, 0, "the store's snapshot mark makes no sense");
    }
    return mark;
  }

  private void refuseContradiction(HardState hardState, RaftLog log) {
    boolean fits = appliedIndex >= log.baseIndex() && appliedIndex <= log.lastIndex();
    if (!fits || hardState.term() < log.lastTerm()) {
      throw new CorruptionException(
          DIRECTORY,
          0,
          "the log holds entries "
              + (log.baseIndex() + 1)
              + " to "
              + log.lastIndex()
              + " and term "
              + hardState.term()
              + ", but the store has applied "
              + appliedIndex
              + ": a file is missing or older than the others; restore the folder as a whole");
    }
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
    step(new RaftInput.Propose(waiters.propose(callback), command));
    if (!flushArmed) {
      flushArmed = true;
      context.timers().at(now(), this::flush);
    }
  }

  private void flush() {
    flushArmed = false;
    step(new RaftInput.Flush());
  }

  @Override
  public void read(ReadCallback callback) {
    if (stopped || raft == null) {
      callback.completed(new ReadResult.Unavailable(null));
      return;
    }
    step(new RaftInput.Read(waiters.read(callback)));
  }

  @Override
  public void transferLeadership(@Nullable NodeId target, TransferCallback callback) {
    if (stopped || raft == null) {
      callback.completed(new TransferOutcome.NotLeader(null));
      return;
    }
    step(new RaftInput.TransferLeadership(waiters.transfer(callback), target));
  }

  @Override
  public void changeMembership(
      List<Member> voters, List<Member> learners, MembershipCallback callback) {
    Membership target = Membership.of(voters, learners);
    if (stopped || raft == null) {
      callback.completed(new MembershipResult.NotLeader(null));
      return;
    }
    step(new RaftInput.ChangeMembership(waiters.change(callback), target));
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

  private void refuseChange(RaftEffect.MembershipRefused refused) {
    String reason = refused.reason();
    waiters.changed(
        refused.ticket(),
        reason == null
            ? new MembershipResult.NotLeader(leader())
            : new MembershipResult.Refused(reason));
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
    return raft == null ? List.of("not started") : raft.diagnose(now()).lines();
  }

  /// What this member is.
  public Role role() {
    return raft == null ? Role.FOLLOWER : raft.role();
  }

  /// Who takes part, as far as this member's log says.
  public Membership membership() {
    return raft == null ? founding : raft.membership();
  }

  /// The log in memory, for reading; null before the start.
  public @Nullable RaftLog log() {
    return raft == null ? null : raft.log();
  }

  /// How many messages were dropped because they were damaged, foreign, or of another version.
  public long droppedCount() {
    return droppedCount;
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
    if (timer != null) {
      timer.cancel();
    }
    waiters.failAll();
    if (wal != null) {
      wal.close();
    }
  }

  private void receive(Address from, byte[] message) {
    if (stopped || raft == null) {
      return;
    }
    RaftCodec.Received received = RaftCodec.decode(message);
    if (received == null
        || received.group() != GROUP
        || !received.receiver().equals(context.id())
        || !peers.accept(received.sender(), from)) {
      droppedCount++;
      return;
    }
    step(new RaftInput.Receive(received.sender(), received.storeId(), received.message()));
  }

  private void step(RaftInput input) {
    Raft r = raft;
    if (stopped || r == null) {
      return;
    }
    for (RaftEffect effect : r.step(input, now())) {
      effects.add(effect);
    }
    if (executing) {
      return;
    }
    executing = true;
    try {
      for (RaftEffect next = effects.poll(); next != null && !stopped; next = effects.poll()) {
        execute(next);
      }
    } catch (DiskException | CorruptionException e) {
      halt(e);
    } finally {
      executing = false;
    }
    armTimer(r);
  }

  private void execute(RaftEffect effect) {
    switch (effect) {
      case RaftEffect.Send send -> send(send.to(), send.message());
      case RaftEffect.Persist persist -> files().persist(persist, entries());
      case RaftEffect.Apply apply -> apply(apply.throughIndex());
      case RaftEffect.ProposalPlaced placed ->
          waiters.placed(placed.ticket(), placed.index(), placed.term());
      case RaftEffect.ProposalRefused refused ->
          waiters.refused(refused.ticket(), resultOf(refused.why()));
      case RaftEffect.ReadReady ready -> waiters.ready(ready.ticket(), ready.index(), appliedIndex);
      case RaftEffect.ReadRefused refused -> waiters.readRefused(refused.ticket(), leader());
      case RaftEffect.TransferEnded ended -> waiters.transferEnded(ended.ticket(), ended.outcome());
      case RaftEffect.RoleChanged changed -> roleChanged(changed);
      case RaftEffect.MembershipInForce named -> reconfigured(named.membership());
      case RaftEffect.MembershipChanged changed ->
          waiters.changed(changed.ticket(), new MembershipResult.Changed());
      case RaftEffect.MembershipRefused refused -> refuseChange(refused);
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

  private SnapshotTraffic traffic() {
    return Objects.requireNonNull(snapshots, "before the start");
  }

  private void sendPiece(RaftEffect.SendPiece send) {
    try {
      send(send.to(), traffic().piece(send));
    } catch (CorruptionException e) {
      context.trace().event(RaftTrace.UNREADABLE, send.mark().index(), send.to().value(), 0);
      traffic().end(send.to());
      step(new RaftInput.SnapshotUnreadable(send.to()));
    }
  }

  private void takePiece(RaftEffect.TakePiece take) {
    RaftInput.PieceTaken taken = traffic().take(take);
    appliedIndex = machine == null ? appliedIndex : machine.appliedIndex();
    step(taken);
    waiters.appliedThrough(appliedIndex);
  }

  private ProposalResult resultOf(RaftEffect.Refusal why) {
    return switch (why) {
      case NOT_LEADER -> new ProposalResult.NotLeader(leader());
      case OVERLOADED -> new ProposalResult.Overloaded();
      case TRANSFERRING -> new ProposalResult.Transferring();
    };
  }

  private void reconfigured(Membership membership) {
    peers.add(membership.members());
    Configuration now = membership.configuration();
    long voters = now.voters().size();
    context
        .trace()
        .event(RaftTrace.MEMBERSHIP, voters, now.isJoint() ? 1 : 0, now.learners().size());
    context.trace().point("raft.membership-in-force");
  }

  private void send(NodeId to, RaftMessage message) {
    Address address = peers.addressOf(to);
    if (address == null) {
      return;
    }
    boolean vote = message instanceof RaftMessage.VoteReply reply && reply.granted();
    if (vote) {
      context.trace().point("raft.vote-durable");
    }
    context
        .network()
        .send(address, RaftCodec.encode(context.id(), files().storeId(), to, GROUP, message));
    if (vote) {
      context.trace().event(RaftTrace.VOTE_SENT, message.term(), to.value(), 0);
      context.trace().point("raft.vote-sent");
    }
  }

  private void apply(long throughIndex) {
    Raft r = raft;
    StateMachine target = machine;
    if (r == null || target == null) {
      return;
    }
    boolean traced = context.trace().isRead();
    context.trace().point("raft.committed");
    while (appliedIndex < throughIndex && !stopped) {
      long index = appliedIndex + 1;
      Entry entry = r.log().entryAt(index);
      Object result = target.apply(index, entry.forMachine());
      appliedIndex = index;
      if (traced) {
        context.trace().event(RaftTrace.APPLY, index, entry.term(), Digest.hash(entry.command()));
      }
      context.trace().point("raft.applied");
      waiters.applied(index, entry.term(), result);
    }
    waiters.appliedThrough(appliedIndex);
  }

  private void roleChanged(RaftEffect.RoleChanged changed) {
    Raft r = raft;
    long last = r == null ? 0 : r.log().lastIndex();
    context.trace().event(RaftTrace.ROLE, changed.role().code(), changed.term(), last);
    if (changed.role() == Role.LEADER) {
      context.trace().point("raft.leader-elected");
    } else {
      waiters.leadershipLost();
    }
  }

  /// What the disk cannot do, or has damaged, is not tried again: the node stops, and recovery
  /// finds out what is left.
  private void halt(RuntimeException failure) {
    stop();
    context.halt().halt("the disk failed: " + failure.getMessage());
  }

  private void armTimer(Raft r) {
    long deadline = r.deadlineNanos();
    if (stopped || (timer != null && timerNanos <= deadline)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timerNanos = deadline;
    timer = context.timers().at(deadline, this::wake);
  }

  private void wake() {
    timer = null;
    step(new RaftInput.Tick());
  }

  private @Nullable NodeId leader() {
    return raft == null ? null : raft.leader();
  }

  private long now() {
    return context.clock().monotonicNanos();
  }
}
