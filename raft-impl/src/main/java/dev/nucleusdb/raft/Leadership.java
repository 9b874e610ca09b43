package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.hibernation.Idleness;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.Freshness;
import dev.nucleusdb.raft.read.ReadQueue;
import dev.nucleusdb.raft.read.Reader;
import dev.nucleusdb.raft.replication.Followers;
import dev.nucleusdb.raft.replication.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One reign: replication (§5.3), commitment (§5.4.2), reads (thesis §6.4), and the check that a
/// majority is still there (thesis §6.2).
final class Leadership {
  private final MemberState state;
  private final Followers followers;
  private final Reconfiguration reconfiguration;
  private final Snapshots snapshots;
  private final long firstIndex;
  private final ReadQueue reads = new ReadQueue();

  /// Reads that wait for the first entry of the term to be committed; null if none did since
  /// [#sleep].
  private @Nullable ArrayDeque<Reader> earlyReads;

  private final Idleness idleness = new Idleness();
  private long wokenNanos = Long.MIN_VALUE;
  private long round;

  /// The first round that began after an entry of the own term was committed; 0 if none has.
  private long fullRound;

  private long heartbeatNanos;
  private long uncommittedBytes;

  /// What was sent last in the step under way: followers that are equally far are sent the same.
  private RaftMessage.@Nullable AppendRequest lastRequest;

  /// Begins a reign with an empty entry of the new term, so that older entries can be committed.
  Leadership(MemberState state) {
    this.state = state;
    this.followers = new Followers(state.self, state.options.appendsInflightMax());
    followers.add(state.configuration().members(), state.log.lastIndex() + 1, state.nowNanos);
    state.leases.reignBegins(state.term(), state.log.lastIndex(), state.nowNanos);
    state.append(Entry.noOp(state.term()));
    this.firstIndex = state.log.lastIndex();
    this.reconfiguration = new Reconfiguration(state, followers, firstIndex);
    this.snapshots = new Snapshots(state, followers);
    heartbeat();
    sendEntries();
  }

  long deadlineNanos() {
    long traffic = Math.min(heartbeatNanos, snapshots.deadlineNanos());
    return Math.min(traffic, state.leases.deadlineNanos());
  }

  /// Adds commands to the log, up to the first for which too much waits to be committed.
  void propose(RaftInput.Propose proposal) {
    List<byte[]> commands = proposal.commands();
    long firstIndex = state.log.lastIndex() + 1;
    int taken = 0;
    while (taken < proposal.count() && mayAppend(commands.get(taken).length)) {
      byte[] command = commands.get(taken++);
      uncommittedBytes += command.length;
      state.append(new Entry(state.term(), command));
    }
    long ticket = proposal.firstTicket();
    if (taken > 0) {
      state.emit(new RaftEffect.ProposalsPlaced(ticket, taken, firstIndex, state.term()));
    }
    int left = proposal.count() - taken;
    if (left > 0) {
      RaftEffect.Refusal why = RaftEffect.Refusal.OVERLOADED;
      state.emit(new RaftEffect.ProposalsRefused(ticket + taken, left, why));
    }
  }

  private boolean mayAppend(int size) {
    return uncommittedBytes == 0 || uncommittedBytes + size <= state.options.uncommittedBytesMax();
  }

  /// Begins a change of membership.
  void change(RaftInput.ChangeMembership change) {
    idleness.disturbed();
    reconfiguration.begin(change);
    reconfigure();
  }

  /// Whether the reign is over because this leader has no vote any more.
  boolean isOver() {
    return reconfiguration.isOver();
  }

  /// Tells the others how far the log is committed: they would learn it from the next leader only.
  /// Members that leave are told likewise, before they are forgotten: who does not know that its
  /// removal is committed must campaign.
  void farewell() {
    beginRound();
  }

  private void reconfigure() {
    if (reconfiguration.leavesSomebody()) {
      beginRound();
    }
    if (reconfiguration.advance()) {
      sendEntries();
    }
  }

  /// Whether the group has had nothing to do for long enough, and everybody knows all.
  boolean maySleep() {
    Duration idle = state.options.sleepAfter();
    if (idle == null || !idleness.lasts(idle.toNanos(), state.log.lastIndex(), state.nowNanos)) {
      return false;
    }
    boolean nothingWaits =
        state.isSettled()
            && reads.count() == 0
            && earlyReadCount() == 0
            && reconfiguration.isIdle()
            && snapshots.isIdle();
    long last = state.log.lastIndex();
    boolean settled =
        followers.allMatch(
            follower -> follower.matchIndex() == last && follower.round() >= idleness.round());
    return nothingWaits && state.rules.sleep().mayLeaderSleep(settled);
  }

  /// Puts the followers to sleep.
  void sleep() {
    round++;
    long last = state.log.lastIndex();
    followers.forEach(
        (id, follower) -> state.send(id, new RaftMessage.Sleep(state.term(), last, round)));
    followers.rest(state.membership(), last, idleness.round(), idleness.sinceNanos());
    reads.rest();
    snapshots.rest();
    earlyReads = earlyReadCount() == 0 ? null : earlyReads;
  }

  private int earlyReadCount() {
    return earlyReads == null ? 0 : earlyReads.size();
  }

  /// The group wakes: the followers are told, and have as much time to answer as those of a new
  /// leader.
  void wake() {
    wokenNanos = state.nowNanos;
    idleness.disturbed();
    heartbeat();
  }

  /// When the group last woke in this reign; long ago if it never slept.
  long wokenNanos() {
    return wokenNanos;
  }

  private boolean hasJustWoken() {
    return wokenNanos != Long.MIN_VALUE
        && state.nowNanos - wokenNanos < state.options.electionTimeoutMax().toNanos();
  }

  /// Begins a read, or lets it wait for the first entry of the term to be committed.
  void read(Reader reader) {
    idleness.disturbed();
    state.leases.wanted();
    if (state.leases.mayRead(state.commitIndex(), state.nowNanos)) {
      boolean inherited = state.commitIndex() < firstIndex;
      sometimes("raft serves a read by the lease of an earlier leader", inherited);
      confirm(reader, state.commitIndex());
    } else if (reads.count() + earlyReadCount() >= state.options.pendingReadsMax()) {
      refuse(reader);
    } else if (!state.rules.read().mayBegin(state.commitIndex() >= firstIndex)) {
      sometimes("raft lets a read wait for the first entry of the term", true);
      ArrayDeque<Reader> early = earlyReads == null ? new ArrayDeque<>(1) : earlyReads;
      earlyReads = early;
      early.add(reader);
    } else {
      reads.add(new ReadQueue.Waiting(reader, round + 1, state.commitIndex()));
      beginWantedRound();
      releaseReads();
    }
  }

  /// Heartbeats, retries, and the check for a majority.
  ///
  /// @return false if the majority is gone and the reign is over
  boolean tick() {
    if (state.leases.isDue(state.nowNanos)) {
      advanceCommit();
      reconfigure();
    }
    snapshots.tick(round);
    if (state.nowNanos < heartbeatNanos) {
      return true;
    }
    if (!hearsMajority() && !hasJustWoken()) {
      return false;
    }
    long timeout = state.options.electionTimeoutMin().toNanos();
    long patience = state.rules.append().patienceNanos(timeout);
    followers.forEach((id, follower) -> {
      boolean lost = follower.giveUpSilence(state.nowNanos, patience);
      sometimes("raft gives up waiting for a follower", lost);
    });
    snapshots.releaseLog();
    heartbeat();
    sendEntries();
    reconfigure();
    return true;
  }

  void onAccepted(NodeId from, RaftMessage.AppendAccepted reply) {
    Progress follower = followers.of(from);
    if (follower == null) {
      return;
    }
    follower.heard(reply.round(), state.nowNanos);
    follower.marked(reply.mark());
    boolean news = follower.accepted(reply.matchIndex(), state.nowNanos);
    snapshots.onAccepted(from, follower);
    if (news) {
      advanceCommit();
    }
    releaseReads();
    sendEntriesTo(from, follower);
    if (news) {
      reconfigure();
    }
  }

  void onRejected(NodeId from, RaftMessage.AppendRejected reply) {
    Progress follower = followers.of(from);
    if (follower == null) {
      return;
    }
    follower.heard(reply.round(), state.nowNanos);
    long agree = state.log.lastIndexWithTermAtMost(reply.hintIndex(), reply.hintTerm());
    boolean differs = follower.rejected(reply.rejectedIndex(), agree);
    sometimes("raft finds a follower whose log differs", differs);
    if (differs || isLogGone(follower)) {
      sendEntriesTo(from, follower);
    }
    releaseReads();
  }

  /// Whether a member that answers goes on with what it said before in this reign. A learner that
  /// has lost its disk may begin anew; what a voter acknowledged was counted.
  ///
  /// @param counts whether it speaks from the store that it is bound to
  boolean hearsFrom(NodeId from, long storeId, boolean counts) {
    Progress follower = followers.of(from);
    if (follower == null) {
      return counts;
    }
    long known = follower.storeId() == Stores.UNKNOWN ? storeId : follower.storeId();
    if (counts && state.rules.quorum().isSameStore(known, storeId)) {
      follower.speaksFrom(storeId);
      return true;
    }
    if (!state.configuration().isVoter(from)) {
      return follower.beginsAnew(storeId);
    }
    follower.speaksStrangely(storeId);
    return false;
  }

  /// A follower has stored pieces of a snapshot.
  void onSnapshotReply(NodeId from, RaftMessage.SnapshotReply reply) {
    Progress follower = followers.of(from);
    if (follower != null) {
      follower.heard(reply.round(), state.nowNanos);
      snapshots.onReply(from, reply, round);
      releaseReads();
    }
  }

  /// A snapshot for a follower cannot be read here.
  void snapshotUnreadable(NodeId to) {
    snapshots.unreadable(to);
  }

  /// The leader's own log has become durable further: it counts like any other (§10.2.1 of the
  /// thesis: the leader writes to its disk in parallel with the followers).
  void persisted() {
    advanceCommit();
    releaseReads();
    reconfigure();
  }

  void sendEntries() {
    followers.forEach(this::sendNext);
    lastRequest = null;
  }

  /// Somebody wished to read, and the lease is half over, or there is none: an empty entry makes
  /// the next.
  void renewLease() {
    if (state.leases.isEntryWanted(state.nowNanos)) {
      sometimes("raft makes an empty entry for the sake of reads", true);
      state.append(Entry.noOp(state.term()));
      sendEntries();
    }
  }

  /// Another member is told to take over at once.
  ///
  /// @return up to which entry it need not wait for leases
  long giveUpLease() {
    return state.leases.giveUp(state.log.lastIndex(), state.nowNanos);
  }

  /// The reign is over: nobody's read will be served here.
  void end() {
    state.leases.reignEnds();
    snapshots.endAll();
    reads.fail(read -> refuse(read.reader()));
    if (earlyReads != null) {
      earlyReads.forEach(this::refuse);
    }
  }

  /// Which piece of a snapshot is on its way to a follower; null if it is sent none.
  @Nullable Integer snapshotPieceTo(NodeId id) {
    return snapshots.pieceTo(id);
  }

  /// What is known of a follower; null for this member itself and for strangers.
  @Nullable Progress followerOf(NodeId id) {
    return followers.of(id);
  }

  private void sendEntriesTo(NodeId to, Progress follower) {
    sendNext(to, follower);
    lastRequest = null;
  }

  private void sendNext(NodeId to, Progress follower) {
    if (isLogGone(follower) && follower.mode() != Progress.Mode.SNAPSHOT) {
      snapshots.begin(to, follower, round);
    }
    while (follower.maySend() && !isLogGone(follower)) {
      long previous = follower.nextIndex() - 1;
      boolean probing = follower.mode() == Progress.Mode.PROBE;
      if (!probing && previous >= state.log.lastIndex()) {
        return;
      }
      RaftMessage.AppendRequest request = requestAfter(previous);
      state.send(to, request);
      follower.sent(request.lastIndex(), state.nowNanos);
    }
  }

  private RaftMessage.AppendRequest requestAfter(long previous) {
    RaftMessage.AppendRequest last = lastRequest;
    if (last != null && last.previousIndex() == previous) {
      return last;
    }
    int countMax = state.options.appendEntriesMax();
    List<Entry> entries = state.log.slice(previous + 1, countMax, state.options.appendBytesMax());
    RaftMessage.AppendRequest made = request(previous, entries, RaftMessage.Standing.NONE);
    lastRequest = made;
    return made;
  }

  private boolean isLogGone(Progress follower) {
    return follower.nextIndex() <= state.log.baseIndex();
  }

  private void heartbeat() {
    heartbeatNanos = state.nowNanos + state.options.heartbeatInterval().toNanos();
    beginRound();
  }

  /// A round names what the follower is known to have, so that it is never rejected, whatever
  /// overtook it on the way. Rounds that reads ask for do not put off the heartbeat: with it come
  /// the retries of what was lost, and they would wait as long as there is always another read.
  private void beginRound() {
    round++;
    if (fullRound == 0 && state.commitIndex() >= firstIndex) {
      fullRound = round;
    }
    long confirmed = fullRound > 0 ? confirmedRound() : 0;
    long told = confirmed >= fullRound ? confirmed : 0;
    if (fullRound > 0) {
      state.freshness.round(state.term(), round, state.nowNanos, state.commitIndex());
    }
    long leaseLeft = state.leases.leftNanos(state.nowNanos);
    long last = state.log.lastIndex();
    boolean everywhere = state.rules.sleep().mayLeaderSleep(snapshots.releaseIndex() == last);
    boolean settled = state.commitIndex() == last && everywhere;
    idleness.broadcast(round, settled, last, state.nowNanos);
    followers.forEach((id, follower) -> {
      long known = Math.max(follower.matchIndex(), state.log.baseIndex());
      // Before, the commit index does not cover what earlier leaders acknowledged.
      long mark = fullRound > 0 ? follower.mark() : Freshness.NO_MARK;
      RaftMessage.Standing standing = new RaftMessage.Standing(mark, told, leaseLeft);
      state.send(id, request(known, List.of(), standing));
    });
  }

  private RaftMessage.AppendRequest request(
      long previous, List<Entry> entries, RaftMessage.Standing standing) {
    return new RaftMessage.AppendRequest(
        state.term(),
        previous,
        state.log.termAt(previous),
        entries,
        state.commitIndex(),
        snapshots.releaseIndex(),
        round,
        standing);
  }

  private void advanceCommit() {
    if (!state.leases.mayCommit(state.nowNanos)) {
      return;
    }
    long own = state.durability.durableIndex();
    long before = state.commitIndex();
    long quorum = reached(followers.value(own, Progress::matchIndex));
    long majority = Math.max(quorum, state.log.baseIndex());
    boolean isOlder = majority > before && majority < firstIndex;
    sometimes("raft does not commit what a majority has of an earlier term", isOlder);
    state.commit(state.rules.commit().advance(before, majority, state.term(), state.log));
    for (long i = before + 1; i <= state.commitIndex(); i++) {
      int size = state.log.entryAt(i).sizeForMachine();
      uncommittedBytes = state.rules.commit().openBytes(uncommittedBytes, size);
    }
    snapshots.releaseLog();
    state.leases.committed(state.commitIndex(), state.nowNanos);
    if (before < firstIndex && state.commitIndex() >= firstIndex) {
      while (earlyReads != null && !earlyReads.isEmpty()) {
        read(earlyReads.removeFirst());
      }
    }
  }

  private void releaseReads() {
    long confirmed = confirmedRound();
    if (fullRound > 0) {
      state.freshness.confirmed(confirmed, state.appliedIndex(), state.nowNanos);
    }
    reads.release(state.rules.read(), confirmed, read -> confirm(read.reader(), read.index()));
    sometimes("raft begins a round for reads that came during another", beginWantedRound());
  }

  private void confirm(Reader reader, long index) {
    switch (reader) {
      case Reader.Here here -> state.emit(new RaftEffect.ReadReady(here.ticket(), index));
      case Reader.There there ->
          state.send(there.from(), new RaftMessage.ReadReply(state.term(), there.number(), index));
    }
  }

  /// A follower learns from its own clock that nothing comes.
  private void refuse(Reader reader) {
    if (reader instanceof Reader.Here here) {
      state.emit(new RaftEffect.ReadRefused(here.ticket()));
    }
  }

  /// Begins the round that reads wait for, unless an earlier one is still to be answered: reads
  /// that come during a round share the next. If answers are lost, the heartbeat begins it.
  private boolean beginWantedRound() {
    boolean wanted = reads.lastRound() > round && confirmedRound() >= round;
    if (wanted) {
      beginRound();
    }
    return wanted;
  }

  private long confirmedRound() {
    return reached(followers.value(round, Progress::round));
  }

  private long reached(ToLongFunction<NodeId> values) {
    return state.rules.quorum().reached(state.configuration(), values);
  }

  private boolean hearsMajority() {
    long oldest = state.nowNanos - state.options.electionTimeoutMax().toNanos();
    ToLongFunction<NodeId> heard = followers.value(state.nowNanos, Progress::heardNanos);
    return state.rules.vote().goesOn(reached(heard) > oldest);
  }
}
