package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.election.VoteRule.LogEnd;
import dev.nucleusdb.raft.log.DiskWatch;
import dev.nucleusdb.raft.log.Durability;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Heard;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.Freshness;
import dev.nucleusdb.raft.read.Leases;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state that all roles share, and the effects of the step under way.
final class MemberState {
  private record Deferred(long writeId, NodeId to, RaftMessage message) {}

  final NodeId self;

  /// The disk that this member has.
  final long storeId;

  private final Membership founding;
  final RaftOptions options;
  final RaftRules rules;
  final RandomSource random;
  final RaftLog log;
  final Durability durability;
  final DiskWatch disk = new DiskWatch();
  final Leases leases;
  final Freshness freshness;

  /// The time of the step under way.
  long nowNanos;

  /// Never falls; durable before any message that names it leaves.
  private long term;

  /// Whom this member voted for in [#term]; once set it stays for the term.
  private @Nullable NodeId vote;

  private Role role = Role.FOLLOWER;
  private @Nullable NodeId leader;

  /// Never falls; never above the last index.
  private long commitIndex;

  private long appliedIndex;
  private long groupReleaseIndex;
  private long machineReleaseIndex;

  /// What comes after this is kept, although the group has let it go: a snapshot up to it is on its
  /// way.
  private long heldIndex = Long.MAX_VALUE;

  private boolean hardStateChanged;
  private long firstUnwrittenIndex = Long.MAX_VALUE;

  /// Whether there is less, or nothing, lost of the log than a write has said.
  private boolean filled;

  /// What voters have said; null if none has since [#rest].
  private @Nullable Heard heard;

  /// What waits for writes, in their order; null if nothing has since [#rest].
  private @Nullable ArrayDeque<Deferred> deferred;

  /// Where the effects of the step under way go.
  private Collection<? super RaftEffect> effects = List.of();

  MemberState(
      NodeId self,
      long storeId,
      Membership founding,
      RaftOptions options,
      RaftRules rules,
      RandomSource random,
      HardState hardState,
      RaftLog log,
      long appliedIndex) {
    this.self = self;
    this.storeId = storeId;
    this.founding = founding;
    this.options = options;
    this.rules = rules;
    this.random = random;
    this.log = log;
    this.durability = new Durability(log.soundIndex());
    this.term = hardState.term();
    this.vote = hardState.vote();
    this.commitIndex = appliedIndex;
    this.appliedIndex = appliedIndex;
    this.leases = new Leases(options.lease(), rules.lease());
    this.freshness = new Freshness(rules.read(), random.fork("marks").nextLong());
    invariant(
        appliedIndex >= log.baseIndex() && appliedIndex <= log.lastIndex(),
        "the state machine is at %d, the log ends at %d",
        appliedIndex,
        log.lastIndex());
    invariant(term >= log.lastTerm(), "term %d, log of term %d", term, log.lastTerm());
  }

  long term() {
    return term;
  }

  @Nullable NodeId vote() {
    return vote;
  }

  Role role() {
    return role;
  }

  @Nullable NodeId leader() {
    return leader;
  }

  long commitIndex() {
    return commitIndex;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  /// Who takes part: as the log says last, committed or not (thesis §4.1), or as the group was
  /// founded.
  Membership membership() {
    boolean last = rules.change().bindsUncommitted();
    Membership named = last ? log.membership() : log.membershipAt(commitIndex);
    return named == null ? founding : named;
  }

  Configuration configuration() {
    return membership().configuration();
  }

  /// Whether what somebody says from a store of its vote and its log may be counted.
  boolean counts(NodeId id, long fromStoreId) {
    return membership().counts(rules.quorum(), id, fromStoreId);
  }

  /// Whether this member may ask for votes: it has one, and still the disk that it had when it was
  /// given it.
  boolean mayCampaign() {
    Membership named = log.membershipAt(commitIndex);
    Membership committed = named == null ? founding : named;
    boolean isVoter = hasVoteIn(membership());
    boolean may = rules.change().mayCampaign(isVoter, hasVoteIn(committed));
    sometimes("raft campaigns although its log removes it", may && !isVoter);
    return may;
  }

  /// Whether this member may promise and give its vote: not while its own log makes it a voter on
  /// another disk, because it has forgotten what it promised on that. Who counts it goes by its own
  /// log; this spares him the question.
  boolean mayGrant() {
    boolean may = counts(self, storeId);
    sometimes("raft member gives no vote because it has been emptied", !may);
    return may;
  }

  /// The voters that have forgotten what they promised because their files were damaged, as far as
  /// is known; this member may be among them.
  List<NodeId> emptied() {
    return configuration().voters().stream()
        .filter(id -> Stores.isReplacement(heardStore(id)))
        .filter(id -> !counts(id, heardStore(id)))
        .toList();
  }

  /// From which store a voter spoke last; this member speaks from its own.
  private long heardStore(NodeId id) {
    if (id.equals(self)) {
      return storeId;
    }
    return heard == null ? Stores.UNKNOWN : heard.storeOf(id);
  }

  private boolean hasVoteIn(Membership membership) {
    return membership.configuration().isVoter(self)
        && membership.counts(rules.quorum(), self, storeId);
  }

  LogEnd logEnd() {
    return new LogEnd(log.lastIndex(), log.lastTerm());
  }

  /// Begins a new term; the vote in it is free.
  void enterTerm(long newTerm) {
    invariant(newTerm > term, "from term %d to %d", term, newTerm);
    term = newTerm;
    vote = null;
    hardStateChanged = true;
  }

  /// Begins a new term with the vote in it for this member.
  void stand() {
    boolean anew = rules.vote().needsNewTerm(self.equals(vote));
    term += anew ? 1 : 0;
    vote = self;
    hardStateChanged = true;
  }

  void voteFor(NodeId candidate) {
    if (!candidate.equals(vote)) {
      vote = named(candidate);
      hardStateChanged = true;
    }
  }

  /// A name as the membership has it, which many groups share: that of a message is an object of
  /// its own.
  private NodeId named(NodeId id) {
    Member member = membership().member(id);
    return member == null ? id : member.id();
  }

  void become(Role newRole, @Nullable NodeId newLeader) {
    boolean changed = role != newRole;
    if (changed && newRole == Role.FOLLOWER) {
      vote = rules.vote().voteKept(vote);
    }
    role = newRole;
    leader = newLeader == null ? null : named(newLeader);
    if (changed) {
      emit(new RaftEffect.RoleChanged(newRole, term));
    }
  }

  void append(Entry entry) {
    log.append(entry);
    leases.appended(log.lastIndex(), nowNanos);
    firstUnwrittenIndex = Math.min(firstUnwrittenIndex, log.lastIndex());
    if (log.membershipIndex() == log.lastIndex()) {
      emit(new RaftEffect.MembershipInForce(membership()));
    }
  }

  /// Puts an entry that is lost here in its place again.
  void fill(long index, Entry entry) {
    log.fill(index, entry);
    filled = true;
    emit(new RaftEffect.Refill(index, entry));
  }

  void truncateFrom(long firstIndex) {
    invariant(firstIndex > commitIndex, "cut at %d, committed to %d", firstIndex, commitIndex);
    sometimes("raft cuts entries that were durable", firstIndex <= durability.durableIndex());
    boolean undone = log.membershipIndex() >= firstIndex;
    log.truncateFrom(firstIndex, rules.log());
    if (undone) {
      sometimes("raft undoes a membership that was not committed", true);
      emit(new RaftEffect.MembershipInForce(membership()));
    }
    durability.truncatedFrom(firstIndex, rules.log());
    firstUnwrittenIndex = Math.min(firstUnwrittenIndex, firstIndex);
  }

  /// The log is committed up to `index`; older news are ignored.
  void commit(long index) {
    if (index > commitIndex) {
      invariant(index <= log.lastIndex(), "commit %d, log ends at %d", index, log.lastIndex());
      commitIndex = index;
    }
  }

  void groupReleased(long index) {
    groupReleaseIndex = Math.max(groupReleaseIndex, index);
    release();
  }

  void machineReleased(long index) {
    machineReleaseIndex = Math.max(machineReleaseIndex, index);
    release();
  }

  /// What comes after this index is kept from now on, whatever was let go before and is still here
  /// because the state machine needed it.
  void hold(long index) {
    heldIndex = index;
  }

  private void release() {
    long allowed = Math.min(heldIndex, Math.min(groupReleaseIndex, machineReleaseIndex));
    long index = Math.min(allowed, Math.min(appliedIndex, durability.durableIndex()));
    if (index > log.baseIndex()) {
      log.release(index);
      emit(new RaftEffect.Released(index));
    }
  }

  /// A step begins.
  ///
  /// @param into where its effects go
  void begin(long now, Collection<? super RaftEffect> into) {
    nowNanos = now;
    effects = into;
  }

  void emit(RaftEffect effect) {
    effects.add(effect);
  }

  void send(NodeId to, RaftMessage message) {
    emit(new RaftEffect.Send(to, message));
  }

  /// Sends once everything that this step and those before it have changed is durable.
  void sendWhenDurable(NodeId to, RaftMessage message) {
    long writeId = durability.issuedWriteId() + (isDirty() ? 1 : 0);
    if (durability.isDurable(writeId)) {
      deliver(to, message);
    } else {
      ArrayDeque<Deferred> all = deferred == null ? new ArrayDeque<>(1) : deferred;
      deferred = all;
      all.add(new Deferred(writeId, to, message));
    }
  }

  /// Sends once the term and vote are durable.
  void sendWhenTermDurable(NodeId to, RaftMessage message) {
    if (!hardStateChanged && durability.isHardStateDurable()) {
      deliver(to, message);
    } else {
      sendWhenDurable(to, message);
    }
  }

  private void deliver(NodeId to, RaftMessage message) {
    invariant(!to.equals(self), "a message to myself that nobody waits for");
    send(to, message);
  }

  /// Writes up to `writeId` are durable: hands out what waited for them. Messages to this member
  /// itself (its own vote) are returned, to be stepped like any other.
  List<RaftMessage> persisted(long writeId) {
    durability.persisted(writeId);
    disk.persisted(writeId);
    List<RaftMessage> own = List.of();
    ArrayDeque<Deferred> all = deferred;
    while (all != null && !all.isEmpty() && durability.isDurable(all.getFirst().writeId())) {
      Deferred next = all.removeFirst();
      if (next.to().equals(self)) {
        own = own.isEmpty() ? new ArrayList<>() : own;
        own.add(next.message());
      } else {
        send(next.to(), next.message());
      }
    }
    return own;
  }

  /// When the oldest write that is under way will have taken too long; far away if there is none.
  long diskDeadlineNanos() {
    return disk.deadlineNanos(options.diskStallMax().toNanos());
  }

  /// Whether a write has taken too long by now.
  boolean diskStandsStill() {
    return nowNanos >= diskDeadlineNanos();
  }

  /// A voter said something.
  void heard(NodeId from, long fromStoreId) {
    if (configuration().isVoter(from)) {
      Heard all = heard == null ? new Heard() : heard;
      heard = all;
      all.spoke(from, fromStoreId, nowNanos);
    }
  }

  /// Nothing is to be done for long, and nobody is expected to say anything: forgets who was heard,
  /// and keeps no room for what may come.
  void rest() {
    heard = null;
    deferred = isNothingDeferred() ? null : deferred;
    disk.rest();
    durability.rest();
    freshness.rest();
    leases.rest();
    log.rest();
  }

  private boolean isNothingDeferred() {
    return deferred == null || deferred.isEmpty();
  }

  /// When a voter last said anything; null if it never did.
  @Nullable Long heardNanos(NodeId voter) {
    return heard == null ? null : heard.nanosOf(voter);
  }

  /// Whether all of the log is durable, known to be committed, and applied, and nothing waits for a
  /// write.
  boolean isSettled() {
    long last = log.lastIndex();
    return commitIndex == last
        && appliedIndex == last
        && durability.durableIndex() == last
        && durability.isDurable(durability.issuedWriteId())
        && isNothingDeferred()
        && !isDirty();
  }

  private boolean isDirty() {
    return hardStateChanged || filled || firstUnwrittenIndex <= log.lastIndex();
  }

  /// What a snapshot is called that is taken of the state machine as it is now.
  SnapshotMark snapshotMark() {
    return new SnapshotMark(
        appliedIndex,
        log.termAt(appliedIndex),
        rules.snapshot().membership(log.membershipAt(appliedIndex)));
  }

  /// The state machine has another member's state, durably.
  void installed(SnapshotMark mark) {
    if (mark.index() <= commitIndex) {
      appliedIndex = Math.max(appliedIndex, mark.index());
      return;
    }
    Membership before = membership();
    filled |= !log.isSound();
    boolean kept = log.restartAfter(mark, rules.snapshot());
    sometimes("raft keeps what follows a snapshot", kept && log.lastIndex() > mark.index());
    if (!kept) {
      durability.truncatedFrom(mark.index() + 1, rules.log());
    }
    durability.installed(mark.index());
    commitIndex = mark.index();
    appliedIndex = mark.index();
    leases.appended(mark.index(), nowNanos);
    emit(new RaftEffect.LogRestarted(mark, kept));
    if (!membership().equals(before)) {
      emit(new RaftEffect.MembershipInForce(membership()));
    }
  }

  /// Ends the step: what changed is to be written, what is committed and durable to be applied.
  void finish() {
    if (isDirty()) {
      long first = Math.min(firstUnwrittenIndex, log.lastIndex() + 1);
      List<Entry> entries = log.slice(first, Integer.MAX_VALUE, Integer.MAX_VALUE);
      HardState hardState = hardStateChanged ? new HardState(term, vote) : null;
      long writeId = durability.issue(log.soundIndex(), hardStateChanged);
      disk.issued(writeId, nowNanos);
      emit(new RaftEffect.Persist(writeId, hardState, first, entries));
      hardStateChanged = false;
      filled = false;
      firstUnwrittenIndex = Long.MAX_VALUE;
    }
    long applicable = Math.min(commitIndex, durability.durableIndex());
    if (applicable > appliedIndex) {
      appliedIndex = applicable;
      emit(new RaftEffect.Apply(applicable));
    }
    effects = List.of();
  }
}
