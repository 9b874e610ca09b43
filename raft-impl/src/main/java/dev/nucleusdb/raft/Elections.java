package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.election.Tally;
import dev.nucleusdb.raft.election.VoteRule.LogEnd;
import dev.nucleusdb.raft.message.RaftMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Elections (§5.2, §5.4.1) with pre-vote (thesis §9.6) and stickiness: who hears a live leader
/// neither promises nor gives a vote, so that a member that was cut off cannot disturb the others
/// (thesis §4.2.3).
final class Elections {
  /// How often the range of the timeout may double.
  private static final int IN_VAIN_MAX = 3;

  private final MemberState state;

  /// How many elections in a row this member has stood for since it last heard a leader.
  private int inVain;

  /// Of the election that this member stands for; null if it has stood for none since [#rest].
  private @Nullable Tally tally;

  /// Whether this member has heard that it was removed, and no leader since.
  private boolean toldOfRemoval;

  private long deadlineNanos;
  private long leaderHeardNanos = Long.MIN_VALUE;

  /// The term in which a leader was heard last, and its latest round.
  private long heardTerm;

  private long heardRound;

  Elections(MemberState state) {
    this.state = state;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /// Starts waiting anew, for a random time, so that rivals seldom rise together (§9.3). Where
  /// messages take so long that they do all the same, the range grows with each election in a row
  /// that this member has stood for in vain.
  void restartTimer() {
    long min = state.options.electionTimeoutMin().toNanos();
    long max = state.options.electionTimeoutMax().toNanos();
    long range = (max - min) << Math.min(inVain, IN_VAIN_MAX);
    long wait = state.random.nextBetween(min, min + range);
    deadlineNanos = state.nowNanos + state.options.scaledByPriority(wait);
  }

  /// As [#restartTimer], for who has waited the shortest timeout already, or need not: within what
  /// is left of the longest, by chance, so that the groups of a lost node do not rise as one.
  void restartTimerSoon() {
    boolean alone = state.configuration().voters().equals(List.of(state.self));
    long min = state.options.electionTimeoutMin().toNanos();
    long wait = state.random.nextBetween(min, state.options.electionTimeoutMax().toNanos());
    deadlineNanos = state.nowNanos + (alone ? 0 : state.options.scaledByPriority(wait) - min);
  }

  /// A node is lost: its leader is not waited for as long as for one that is only silent, and no
  /// reason any more to refuse a vote. Should it be alive, those who hear it refuse theirs.
  void nodeLost(NodeId node) {
    if (state.role() == Role.FOLLOWER && node.equals(state.leader())) {
      sometimes("raft follower does not wait for a leader whose node is lost", true);
      leaderHeardNanos = Long.MIN_VALUE;
      long before = deadlineNanos;
      restartTimerSoon();
      deadlineNanos = Math.min(before, deadlineNanos);
    }
  }

  /// The leader's node was heard while this member slept: nobody else need rise.
  void leaderNodeHeard(long heardNanos) {
    leaderHeardNanos = Math.max(leaderHeardNanos, heardNanos);
  }

  /// Whether a broadcast of the current term's leader is later than all that were heard.
  boolean isNew(long round) {
    return state.term() != heardTerm || round > heardRound;
  }

  /// A leader of the current term spoke. What was overtaken by a later round says nothing of
  /// whether it is alive: messages that were doubled and held up would keep a dead leader in
  /// office.
  ///
  /// @param round the leader's, rising within its term
  /// @return whether it is a sign of life
  boolean leaderHeard(long round) {
    if (state.term() == heardTerm && round < heardRound) {
      sometimes("raft hears an old message of a leader", true);
      return false;
    }
    heardTerm = state.term();
    heardRound = round;
    leaderHeardNanos = state.nowNanos;
    toldOfRemoval = false;
    inVain = 0;
    restartTimer();
    return true;
  }

  /// No leader was heard for too long: asks whether an election could be won. Who has no vote goes
  /// on waiting, unless it is not sure to have lost it, and so does who has a hole in its log. Its
  /// own vote counts only if it has one.
  void preCampaign() {
    boolean whole = state.rules.log().mayStand(state.log);
    sometimes("raft does not campaign because of a hole in its log", !whole);
    if (!whole || !state.mayCampaign()) {
      state.become(Role.FOLLOWER, null);
      restartTimer();
      return;
    }
    if (state.diskStandsStill()) {
      sometimes("raft does not campaign because its disk stands still", true);
      restartTimer();
      return;
    }
    state.become(Role.PRE_CANDIDATE, null);
    restartTimer();
    tally = newTally();
    tally.grant(state.self);
    LogEnd end = state.logEnd();
    toOthers(new RaftMessage.PreVoteRequest(state.term() + 1, end.index(), end.term()));
    if (tally.isWon()) {
      campaign(false);
    }
  }

  /// The leader itself asks this member to take over: campaigns at once, and says so, because all
  /// others still hear the leader.
  void onTimeoutNow(NodeId from, RaftMessage.TimeoutNow message) {
    boolean wanted =
        message.term() == state.term()
            && state.role() == Role.FOLLOWER
            && from.equals(state.leader())
            && state.counts(state.self, state.storeId)
            && state.rules.log().mayStand(state.log)
            && state.rules.transfer().mayLead(state.configuration(), state.self);
    if (wanted && !state.diskStandsStill()) {
      campaign(true);
      state.leases.released(state.term(), message.releasedIndex());
    }
  }

  private void campaign(boolean transfer) {
    state.stand();
    state.become(Role.CANDIDATE, null);
    restartTimer();
    inVain++;
    sometimes("raft stands for election again and again", inVain > IN_VAIN_MAX);
    tally = newTally();
    LogEnd end = state.logEnd();
    RaftMessage request =
        new RaftMessage.VoteRequest(state.term(), end.index(), end.term(), transfer);
    for (NodeId voter : state.rules.quorum().electorate(state.configuration())) {
      if (!voter.equals(state.self)) {
        state.sendWhenDurable(voter, request);
      }
    }
    state.sendWhenDurable(state.self, new RaftMessage.VoteReply(state.term(), true));
  }

  void onPreVoteRequest(NodeId from, RaftMessage.PreVoteRequest request) {
    LogEnd theirs = new LogEnd(request.lastIndex(), request.lastTerm());
    boolean granted =
        request.term() > state.term()
            && !hearsLeader()
            && theirs.isAtLeast(state.logEnd())
            && state.mayGrant();
    if (granted) {
      giveWay(from, theirs);
    }
    long term = granted ? request.term() : state.term();
    long removed = removedIndex(from);
    long removedTerm = removed == 0 ? 0 : state.log.termAt(removed);
    state.sendWhenTermDurable(
        from, new RaftMessage.PreVoteReply(term, granted, removed, removedTerm));
  }

  /// Lets who may win stand before this member does, for two heartbeats, or two would split the
  /// votes and both wait for another timeout. Of two whose logs are alike and who ask each other at
  /// once, the smaller one gives way, and waits for the timeout that it has just begun.
  private void giveWay(NodeId rival, LogEnd theirs) {
    boolean mutual = state.role() == Role.PRE_CANDIDATE && state.logEnd().isAtLeast(theirs);
    if (mutual && rival.compareTo(state.self) < 0) {
      return;
    }
    if (state.role() == Role.PRE_CANDIDATE) {
      sometimes("raft pre-candidate gives way to another", true);
      state.become(Role.FOLLOWER, null);
    }
    long turn = 2 * state.options.heartbeatInterval().toNanos();
    deadlineNanos = Math.max(deadlineNanos, state.nowNanos + turn);
  }

  /// Answers a request for a pre-vote of who was removed without disturbing a group that sleeps;
  /// and whoever asks, if it was removed itself: members that were removed together, and do not
  /// know it of each other, would wake each other for ever.
  ///
  /// @return whether the message was such a request
  boolean isAnsweredInSleep(NodeId from, RaftMessage message) {
    if (message instanceof RaftMessage.PreVoteRequest request
        && (toldOfRemoval || removedIndex(from) > 0)) {
      sometimes("a removed member is asked for a pre-vote in its sleep", toldOfRemoval);
      onPreVoteRequest(from, request);
      return true;
    }
    return false;
  }

  /// The place of a committed entry at or behind which somebody is out; 0 if there is none.
  private long removedIndex(NodeId id) {
    long index = Math.max(state.log.membershipIndex(), state.log.baseIndex());
    boolean committed = index <= state.commitIndex() && !state.configuration().isJoint();
    return committed && !state.configuration().isMember(id) ? index : 0;
  }

  /// Counts a pre-vote.
  ///
  /// @return whether this member hears that it was removed, by an entry that it does not have, or
  ///   did not know to be committed: then it can win no election as it is, or need not, and a
  ///   leader that takes it in again will find it
  boolean onPreVoteReply(NodeId from, RaftMessage.PreVoteReply reply) {
    if (state.role() != Role.PRE_CANDIDATE) {
      return false;
    }
    boolean has = state.log.matches(reply.removedIndex(), reply.removedTerm());
    if (!has || learnsOfRemoval(reply.removedIndex())) {
      sometimes("a removed member hears that it was removed", !has);
      sometimes("a removed member hears that its removal is committed", has);
      state.become(Role.FOLLOWER, null);
      toldOfRemoval = true;
      return true;
    }
    if (reply.granted() && reply.term() == state.term() + 1) {
      if (isWonBy(from)) {
        campaign(false);
      }
    }
    return false;
  }

  /// Takes a committed entry that is in the own log for what it is: by log matching, all before it
  /// is committed too.
  ///
  /// @return whether that takes this member's vote
  private boolean learnsOfRemoval(long index) {
    if (index <= state.commitIndex() || !state.rules.change().learnsOfRemoval()) {
      return false;
    }
    state.commit(index);
    return !state.mayCampaign();
  }

  /// Whether a request for a vote in a later term is to be ignored because the leader is alive, and
  /// has not asked for it.
  boolean isDisturbance(RaftMessage.VoteRequest request) {
    return !request.transfer() && hearsLeader();
  }

  void onVoteRequest(NodeId from, RaftMessage.VoteRequest request) {
    LogEnd claimed = new LogEnd(request.lastIndex(), request.lastTerm());
    LogEnd theirs =
        state.rules.transfer().endOfCandidate(request.transfer(), claimed, state.logEnd());
    boolean granted =
        request.term() == state.term()
            && state.role() == Role.FOLLOWER
            && state.rules.vote().mayVote(state.vote(), from, state.logEnd(), theirs)
            && state.mayGrant();
    if (granted) {
      state.voteFor(from);
      restartTimer();
    }
    sometimes("raft refuses a vote to a log that is behind", !theirs.isAtLeast(state.logEnd()));
    state.sendWhenTermDurable(from, new RaftMessage.VoteReply(state.term(), granted));
  }

  /// Counts a vote.
  ///
  /// @return whether the election is won by it
  boolean onVoteReply(NodeId from, RaftMessage.VoteReply reply) {
    if (state.role() != Role.CANDIDATE || reply.term() != state.term() || !reply.granted()) {
      return false;
    }
    boolean won = isWonBy(from);
    inVain = won ? 0 : inVain;
    return won;
  }

  private boolean isWonBy(NodeId voter) {
    if (tally == null) {
      return false;
    }
    tally.grant(voter);
    return tally.isWon();
  }

  /// Nobody is to be elected for long: keeps no count of votes.
  void rest() {
    tally = null;
  }

  private Tally newTally() {
    return new Tally(state.rules.quorum(), state.configuration());
  }

  /// Who has not granted what this member asks for.
  List<NodeId> missing() {
    return tally == null ? List.of() : tally.missing();
  }

  private boolean hearsLeader() {
    if (state.role() == Role.LEADER) {
      return true;
    }
    long silence = state.nowNanos - leaderHeardNanos;
    return leaderHeardNanos != Long.MIN_VALUE
        && state.leader() != null
        && silence < state.options.electionTimeoutMin().toNanos();
  }

  private void toOthers(RaftMessage message) {
    for (NodeId voter : state.rules.quorum().electorate(state.configuration())) {
      if (!voter.equals(state.self)) {
        state.sendWhenTermDurable(voter, message);
      }
    }
  }
}
