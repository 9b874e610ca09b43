package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.raft.RaftEffect.Refusal;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.Reader;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One member of a group as a pure state machine: inputs and the time in, effects out. It owns no
/// thread, clock, file or socket; its one source of chance is handed to it.
public final class Raft {
  private final MemberState state;
  private final Elections elections;
  private final LogRepair repair;
  private final Followership followership;
  private final Transfer transfer;
  private final FollowerReads followerReads;
  private @Nullable Leadership leadership;
  private boolean asleep;

  /// A member as it was found on its disk.
  ///
  /// @param self its name; who is no member waits to be made one
  /// @param storeId the name of its disk; 0 if it has none
  /// @param founding who takes part as long as the log does not say it
  /// @param options limits
  /// @param rules the decisions; [RaftRules#RAFT]
  /// @param random for election timeouts
  /// @param hardState the durable term and vote
  /// @param log the durable log; handed over
  /// @param appliedIndex how far the state machine is, durably: known to be committed
  /// @param nowNanos the time
  public Raft(
      NodeId self,
      long storeId,
      Membership founding,
      RaftOptions options,
      RaftRules rules,
      RandomSource random,
      HardState hardState,
      RaftLog log,
      long appliedIndex,
      long nowNanos) {
    this.state =
        new MemberState(
            self, storeId, founding, options, rules, random, hardState, log, appliedIndex);
    this.state.nowNanos = nowNanos;
    this.state.leases.appended(log.lastIndex(), nowNanos);
    this.elections = new Elections(state);
    this.repair = new LogRepair(state);
    this.followership = new Followership(state, repair);
    this.transfer = new Transfer(state);
    this.followerReads = new FollowerReads(state);
    this.asleep = options.sleepAfter() != null && log.isSound();
    if (!state.configuration().voters().equals(List.of(self))) {
      elections.restartTimer();
    }
  }

  /// Takes one input.
  ///
  /// @param nowNanos the time, never before that of the last step
  /// @param effects what is to be done is added to these, in order
  public void step(RaftInput input, long nowNanos, Collection<? super RaftEffect> effects) {
    state.begin(nowNanos, effects);
    if (asleep && !wakesUp(input)) {
      state.finish();
      return;
    }
    take(input);
    if (input instanceof RaftInput.Propose) {
      return;
    }
    transfer.advance(leadership);
    if (leadership != null && !transfer.holdsProposals()) {
      leadership.renewLease();
    }
    followerReads.advance();
    state.finish();
    if (leadership != null && leadership.isOver()) {
      sometimes("raft leader steps down because it has no vote any more", true);
      state.begin(nowNanos, effects);
      leadership.farewell();
      transfer.bequeath(leadership);
      becomeFollower(null);
      transfer.advance(null);
      state.finish();
    }
  }

  private void take(RaftInput input) {
    switch (input) {
      case RaftInput.Receive receive ->
          receive(receive.from(), receive.storeId(), receive.message());
      case RaftInput.Tick _ -> tick();
      case RaftInput.Propose propose -> propose(propose);
      case RaftInput.Flush _ -> flush();
      case RaftInput.Read read -> read(read.ticket());
      case RaftInput.TransferLeadership wish ->
          transfer.begin(wish.ticket(), wish.target(), leadership);
      case RaftInput.ChangeMembership change -> change(change);
      case RaftInput.Persisted persisted -> persisted(persisted.writeId());
      case RaftInput.LeaderNodeHeard heard -> elections.leaderNodeHeard(heard.heardNanos());
      case RaftInput.NodeLost lost -> elections.nodeLost(lost.node());
      case RaftInput.Release release -> state.machineReleased(release.index());
      case RaftInput.PieceTaken taken -> followership.onPieceTaken(taken);
      case RaftInput.SnapshotUnreadable unreadable -> {
        if (leadership != null) {
          leadership.snapshotUnreadable(unreadable.to());
          transfer.beginUnasked(leadership);
        }
      }
    }
  }

  /// When the next [RaftInput.Tick] is due.
  public long deadlineNanos() {
    if (asleep) {
      return Long.MAX_VALUE;
    }
    long own =
        leadership == null
            ? elections.deadlineNanos()
            : Math.min(leadership.deadlineNanos(), transfer.diskDeadlineNanos());
    return Math.min(own, Math.min(transfer.deadlineNanos(), followerReads.deadlineNanos()));
  }

  /// The log, for reading.
  public RaftLog log() {
    return state.log;
  }

  /// What this member is.
  public Role role() {
    return state.role();
  }

  /// Its term.
  public long term() {
    return state.term();
  }

  /// Whom it believes to lead.
  public @Nullable NodeId leader() {
    return state.leader();
  }

  /// Who takes part, as far as its log says.
  public Membership membership() {
    return state.membership();
  }

  /// How far it knows the log to be committed.
  public long commitIndex() {
    return state.commitIndex();
  }

  /// How far its log is durable.
  public long durableIndex() {
    return state.durability.durableIndex();
  }

  /// What is in the way, as far as this member knows.
  ///
  /// @param nowNanos the time, never before that of the last step
  public Diagnosis diagnose(long nowNanos) {
    return Diagnosis.of(state, elections, leadership, transfer.target(), nowNanos);
  }

  /// How old this member's state machine may be, in true time: it holds everything that was
  /// acknowledged before so long ago; -1 if that cannot be said.
  ///
  /// @param appliedIndex how far it is
  /// @param nowNanos the time, never before that of the last step
  public long stalenessNanos(long appliedIndex, long nowNanos) {
    if (leadership != null && mayReadAlone(nowNanos) && appliedIndex >= commitIndex()) {
      return 0;
    }
    long since = state.freshness.sinceNanos(appliedIndex);
    return since == Long.MIN_VALUE ? -1 : state.options.lease().trueNanosMax(nowNanos - since);
  }

  /// Whether this member would serve a linearizable read without asking anybody.
  ///
  /// @param nowNanos the time, never before that of the last step
  public boolean mayReadAlone(long nowNanos) {
    return leadership != null && state.leases.mayRead(state.commitIndex(), nowNanos);
  }

  private void tick() {
    if (leadership != null) {
      if (!leadership.tick()) {
        sometimes("raft leader gives up without a majority", true);
        becomeFollower(null);
      } else if (transfer.mustLeave(leadership)) {
        becomeFollower(null);
      } else if (transfer.target() == null && leadership.maySleep()) {
        leadership.sleep();
        fallAsleep();
      }
    } else if (state.nowNanos >= elections.deadlineNanos()) {
      if (!state.rules.log().mayStand(state.log)) {
        repair.ask();
      }
      elections.preCampaign();
      boolean never = state.log.isSound() && !state.mayCampaign();
      asleep = state.options.sleepAfter() != null && never;
    }
  }

  private void propose(RaftInput.Propose proposal) {
    if (leadership != null && !transfer.holdsProposals()) {
      leadership.propose(proposal);
      return;
    }
    Refusal why = leadership == null ? Refusal.NOT_LEADER : Refusal.TRANSFERRING;
    state.emit(new RaftEffect.ProposalsRefused(proposal.firstTicket(), proposal.count(), why));
  }

  private void flush() {
    if (leadership != null) {
      leadership.sendEntries();
    }
  }

  private void read(long ticket) {
    if (leadership == null) {
      followerReads.read(ticket);
    } else {
      leadership.read(new Reader.Here(ticket));
    }
  }

  private void change(RaftInput.ChangeMembership change) {
    if (leadership == null) {
      state.emit(new RaftEffect.MembershipRefused(change.ticket(), null));
    } else {
      leadership.change(change);
    }
  }

  private void persisted(long writeId) {
    for (RaftMessage own : state.persisted(writeId)) {
      receive(state.self, state.storeId, own);
    }
    if (leadership != null) {
      leadership.persisted();
    }
  }

  /// Reads a message, whoever sent it: who takes part is known only up to the end of the own log,
  /// and a leader or a candidate may stand in entries that are still to come. Votes and entries of
  /// those who do not count are not counted where they would be.
  private void receive(NodeId from, long storeId, RaftMessage message) {
    state.heard(from, storeId);
    if (message.term() > state.term() && !catchUp(message)) {
      return;
    }
    if (message.tellsOfOwnState() && !isHeeded(from, storeId, message.term())) {
      sometimes("raft does not count a member that has another disk", true);
      return;
    }
    switch (message) {
      case RaftMessage.PreVoteRequest m -> elections.onPreVoteRequest(from, m);
      case RaftMessage.PreVoteReply m ->
          asleep = elections.onPreVoteReply(from, m) && state.options.sleepAfter() != null;
      case RaftMessage.VoteRequest m -> elections.onVoteRequest(from, m);
      case RaftMessage.VoteReply m -> {
        if (elections.onVoteReply(from, m)) {
          lead();
        }
      }
      case RaftMessage.AppendRequest m -> onAppendRequest(from, m);
      case RaftMessage.AppendAccepted m -> {
        if (leadership != null && m.term() == state.term()) {
          leadership.onAccepted(from, m);
        }
      }
      case RaftMessage.AppendRejected m -> {
        if (leadership != null && m.term() == state.term()) {
          leadership.onRejected(from, m);
        }
      }
      case RaftMessage.Sleep m -> onSleep(from, m);
      case RaftMessage.Wake _ -> {}
      case RaftMessage.TimeoutNow m -> elections.onTimeoutNow(from, m);
      case RaftMessage.ReadRequest m -> {
        if (leadership != null && m.term() == state.term()) {
          leadership.read(new Reader.There(from, m.number()));
        }
      }
      case RaftMessage.ReadReply m -> followerReads.onReply(from, m);
      case RaftMessage.EntryRequest m -> repair.onRequest(from, m);
      case RaftMessage.EntryReply m -> repair.onReply(from, m);
      case RaftMessage.InstallSnapshot m -> onInstallSnapshot(from, m);
      case RaftMessage.SnapshotReply m -> {
        if (leadership != null && m.term() == state.term()) {
          leadership.onSnapshotReply(from, m);
        }
      }
    }
  }

  /// Whether it may count what somebody says of its vote and log: not if it has lost its disk, and
  /// with it what it had promised and acknowledged under its name.
  private boolean isHeeded(NodeId from, long storeId, long term) {
    boolean counts = state.counts(from, storeId);
    if (leadership == null || term != state.term()) {
      return counts;
    }
    return leadership.hearsFrom(from, storeId, counts);
  }

  /// A message of a later term ends this one (§5.1), with two exceptions: a pre-vote speaks of a
  /// term that has not begun, and a request for votes is ignored while the leader is alive.
  ///
  /// @return whether the message is to be read
  private boolean catchUp(RaftMessage message) {
    boolean futureTerm =
        message instanceof RaftMessage.PreVoteRequest
            || (message instanceof RaftMessage.PreVoteReply reply && reply.granted());
    if (futureTerm) {
      return true;
    }
    if (message instanceof RaftMessage.VoteRequest vote && elections.isDisturbance(vote)) {
      sometimes("raft ignores a candidate because the leader is alive", true);
      return false;
    }
    state.enterTerm(message.term());
    if (leadership != null && !state.rules.vote().endsReign(message)) {
      return false;
    }
    becomeFollower(null);
    return true;
  }

  private void onAppendRequest(NodeId from, RaftMessage.AppendRequest request) {
    if (request.term() < state.term()) {
      followership.refuse(from, request);
      return;
    }
    leaderSpoke(from, request.round());
    followership.onAppendRequest(from, request);
  }

  private void onInstallSnapshot(NodeId from, RaftMessage.InstallSnapshot request) {
    if (request.term() < state.term()) {
      followership.refuse(from, request);
      return;
    }
    leaderSpoke(from, request.round());
    followership.onInstallSnapshot(from, request);
  }

  private void leaderSpoke(NodeId from, long round) {
    invariant(state.role() != Role.LEADER, "two leaders in one term");
    boolean alive = elections.leaderHeard(round);
    if (alive && (state.role() != Role.FOLLOWER || state.leader() == null)) {
      becomeFollower(from);
    }
  }

  private void fallAsleep() {
    asleep = true;
    state.rest();
    elections.rest();
  }

  /// Whether this member sleeps: it needs no time, and says nothing, until something happens.
  public boolean isAsleep() {
    return asleep;
  }

  /// What the leader's node is asked about while this member sleeps; null if it leads, or does not
  /// know who does.
  public @Nullable NodeId sleepsUnder() {
    return asleep && leadership == null ? state.leader() : null;
  }

  /// The leader wishes that the group sleeps. Who cannot says so.
  private void onSleep(NodeId from, RaftMessage.Sleep wish) {
    if (wish.term() < state.term() || !elections.isNew(wish.round())) {
      return;
    }
    leaderSpoke(from, wish.round());
    boolean hasAll =
        wish.lastIndex() == state.log.lastIndex()
            && state.isSettled()
            && followerReads.isIdle()
            && transfer.target() == null;
    if (state.options.sleepAfter() != null && state.rules.sleep().mayFollowerSleep(hasAll)) {
      fallAsleep();
    } else {
      sometimes("raft follower does not sleep because it lacks something", true);
      state.sendWhenTermDurable(from, new RaftMessage.Wake(state.term()));
    }
  }

  /// Wakes this member, if the input is a reason.
  ///
  /// @return whether the input is to be taken by a member that is awake, or is none of its business
  private boolean wakesUp(RaftInput input) {
    return switch (input) {
      case RaftInput.Tick _, RaftInput.Flush _ -> false;
      case RaftInput.Persisted _,
          RaftInput.Release _,
          RaftInput.PieceTaken _,
          RaftInput.SnapshotUnreadable _,
          RaftInput.LeaderNodeHeard _ ->
          true;
      case RaftInput.NodeLost lost -> {
        boolean mine = lost.node().equals(sleepsUnder());
        if (mine && state.rules.sleep().heedsLossOfLeader()) {
          wake(null, true);
        }
        yield false;
      }
      case RaftInput.Receive receive -> {
        boolean news =
            saysSomething(receive.from(), receive.message())
                && !elections.isAnsweredInSleep(receive.from(), receive.message());
        if (news) {
          wake(receive.from(), false);
        }
        yield news;
      }
      case RaftInput.Propose _,
          RaftInput.Read _,
          RaftInput.TransferLeadership _,
          RaftInput.ChangeMembership _ -> {
        wake(null, state.leader() == null);
        yield true;
      }
    };
  }

  /// Whether a message is a reason to wake: not if it is an answer that came late, or was doubled.
  private boolean saysSomething(NodeId from, RaftMessage message) {
    if (message instanceof RaftMessage.PreVoteReply reply) {
      return reply.term() > state.term() && !reply.granted();
    }
    if (message.term() != state.term()) {
      return true;
    }
    if (leadership != null) {
      return !(message instanceof RaftMessage.AppendAccepted)
          && !(message instanceof RaftMessage.SnapshotReply);
    }
    boolean old =
        switch (message) {
          case RaftMessage.Sleep _ -> true;
          case RaftMessage.AppendRequest append -> !elections.isNew(append.round());
          default -> false;
        };
    return !old || !from.equals(state.leader());
  }

  /// @param by whose message is the reason; null if it is none
  /// @param soon whether somebody must rise
  private void wake(@Nullable NodeId by, boolean soon) {
    asleep = false;
    sometimes("raft leader wakes its group", leadership != null);
    sometimes("raft wakes because the leader's node is lost", soon && state.leader() != null);
    NodeId leader = state.leader();
    if (leadership != null) {
      leadership.wake();
    } else if (soon) {
      elections.restartTimerSoon();
    } else {
      elections.restartTimer();
      if (leader != null && !leader.equals(by)) {
        state.sendWhenTermDurable(leader, new RaftMessage.Wake(state.term()));
      }
    }
  }

  private void lead() {
    state.become(Role.LEADER, state.self);
    leadership = new Leadership(state);
  }

  private void becomeFollower(@Nullable NodeId leader) {
    if (leadership != null) {
      leadership.end();
      leadership = null;
      elections.restartTimer();
    }
    state.become(Role.FOLLOWER, leader);
  }
}
