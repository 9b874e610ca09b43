package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.invariant;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.ConfigurationChange;
import dev.nucleusdb.raft.membership.ConfigurationChange.Outcome;
import dev.nucleusdb.raft.membership.ConfigurationChange.Step;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.replication.Bindings;
import dev.nucleusdb.raft.replication.CatchUp;
import dev.nucleusdb.raft.replication.Followers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leader's part in changes of membership (thesis §4.3): new voters learn first, then old and new
/// voters decide together, then the new ones alone.
///
/// ```
///   (1 2 3) ──► (1 2 3) learners (4) ──caught up──► (1 2 4)&&(1 2 3) ──committed──► (1 2 4)
/// ```
///
/// Each arrow appends an entry, and none is appended before the one in front of it is committed and
/// the leader has committed an entry of its own term: otherwise two leaders could each count a
/// majority that does not meet the other's. What to do next follows from the membership in force,
/// so that a later leader finishes a joint configuration that it finds.
///
/// When nobody asks for a change, the leader keeps house: it binds voters to their disks, and a
/// voter that comes back with another disk becomes a learner until it has caught up.
final class Reconfiguration {
  private record Request(long ticket, Membership before, Membership target) {}

  private static final int PATIENCE_TIMEOUTS = 10;

  private final MemberState state;
  private final Followers followers;
  private final long firstIndex;
  private @Nullable Request request;
  private @Nullable CatchUp catchUp;

  /// Why the request is being undone, if it is.
  private @Nullable String failure;

  private long settledIndex = -1;

  /// The entry by which members leave, and until when they are waited for.
  private long leavingIndex = -1;

  private long leavingNanos;
  private final Bindings bindings;

  /// From when on voters that were not heard hold up the binding of the others no more.
  private final long bindingNanos;

  /// Of a member on its way back.
  private @Nullable CatchUp returning;

  /// @param firstIndex the first entry of the leader's term
  Reconfiguration(MemberState state, Followers followers, long firstIndex) {
    this.state = state;
    this.followers = followers;
    this.firstIndex = firstIndex;
    this.bindings = new Bindings(state.self, state.storeId, followers);
    this.bindingNanos = state.nowNanos + state.options.electionTimeoutMax().toNanos();
  }

  /// Begins a change, or says why not.
  void begin(RaftInput.ChangeMembership change) {
    String reason = obstacle();
    if (reason != null) {
      state.emit(new RaftEffect.MembershipRefused(change.ticket(), reason));
    } else {
      request = new Request(change.ticket(), state.membership(), change.target());
      catchUp = null;
      failure = null;
    }
  }

  private @Nullable String obstacle() {
    if (!state.rules.change().mayAppend(isOwnTermCommitted(), true)) {
      return "the leader is new and has committed nothing yet";
    }
    if (request != null || state.configuration().isJoint()) {
      return "another change is under way";
    }
    return isCommitted() ? null : "the last change is not committed yet";
  }

  /// Whether this member's part is over: it has no vote in the membership in force, and that is
  /// committed.
  boolean isOver() {
    boolean removed =
        isCommitted() && isOwnTermCommitted() && !state.configuration().isVoter(state.self);
    return state.rules.change().mustStepDown(removed);
  }

  /// Whether no change is wanted or under way.
  boolean isIdle() {
    Membership now = state.membership();
    return request == null
        && !now.configuration().isJoint()
        && isCommitted()
        && bindings.lost(now) == null
        && bindings.returning(now) == null;
  }

  private boolean isOwnTermCommitted() {
    return state.commitIndex() >= firstIndex;
  }

  private boolean mayAppend() {
    return state.rules.change().mayAppend(isOwnTermCommitted(), isCommitted());
  }

  private boolean isCommitted() {
    return state.log.membershipIndex() <= state.commitIndex();
  }

  /// Whether somebody will be sent nothing any more after the next step: members that leave are
  /// followed until they have the entry that removes them, or a while has passed.
  boolean leavesSomebody() {
    if (!isSettling()) {
      return false;
    }
    List<NodeId> members = state.configuration().members();
    return followers.anyIsNotAmong(members) && !isHeldUp(members);
  }

  private boolean isSettling() {
    return mayAppend()
        && !state.configuration().isJoint()
        && settledIndex != state.log.membershipIndex();
  }

  private boolean isHeldUp(List<NodeId> members) {
    long index = state.log.membershipIndex();
    if (leavingIndex != index) {
      leavingIndex = index;
      leavingNanos = state.nowNanos + state.options.electionTimeoutMin().toNanos();
    }
    return state.nowNanos < leavingNanos && followers.anyOtherLacks(members, index);
  }

  /// Takes the next step, if it is time.
  ///
  /// @return whether an entry was appended
  boolean advance() {
    if (!mayAppend()) {
      return false;
    }
    if (state.configuration().isJoint()) {
      boolean may = state.rules.change().mayLeaveJoint(request != null);
      return may && state.configuration().autoLeave() && leave();
    }
    if (isSettling()) {
      List<NodeId> members = state.configuration().members();
      if (!isHeldUp(members)) {
        settledIndex = state.log.membershipIndex();
        followers.retain(members);
      }
    }
    return request == null ? keepHouse(state.membership()) : proceed(request);
  }

  /// A leader that is about to go leaves all this to the next.
  private boolean keepHouse(Membership now) {
    if (!now.configuration().isVoter(state.self)) {
      return false;
    }
    NodeId lost = bindings.lost(now);
    if (lost != null && now.configuration().voters().size() > 1) {
      return demote(lost, now);
    }
    NodeId learner = bindings.returning(now);
    if (learner != null) {
      return readmit(learner, now);
    }
    if (!bindings.haveNews(now) || (!bindings.allAreHeard(now) && state.nowNanos < bindingNanos)) {
      return false;
    }
    append(now);
    return true;
  }

  /// Its acknowledgements count no more, but what it acknowledged on the disk that it lost was
  /// counted: so the others must be a quorum without it from here on.
  private boolean demote(NodeId lost, Membership now) {
    sometimes("raft takes the vote of a member that has lost its disk", true);
    returning = null;
    List<Step> steps = List.of(new Step(Step.Kind.ADD_LEARNER, lost.value()));
    if (ConfigurationChange.simple(now.configuration(), steps)
        instanceof Outcome.Changed(Configuration next)) {
      place(bindings.demote(lost, now, now.become(next, now)));
    }
    return true;
  }

  private boolean readmit(NodeId learner, Membership now) {
    if (returning == null) {
      returning = catchUp();
    }
    CatchUp.Verdict verdict =
        returning.judge(List.of(learner), followers, state.log.lastIndex(), state.nowNanos);
    return switch (verdict) {
      case CatchUp.Verdict.Waiting _ -> false;
      case CatchUp.Verdict.Failed _ -> {
        returning = null;
        yield false;
      }
      case CatchUp.Verdict.Done _ -> {
        sometimes("raft gives a member that has lost its disk its vote again", true);
        sometimes("a replacement was readmitted", Stores.isReplacement(now.stores().of(learner)));
        returning = null;
        List<Step> steps = List.of(new Step(Step.Kind.ADD_VOTER, learner.value()));
        yield append(ConfigurationChange.simple(now.configuration(), steps), now);
      }
    };
  }

  private boolean leave() {
    sometimes("raft finishes a change of membership that another leader began", request == null);
    return append(ConfigurationChange.leaveJoint(state.configuration()), state.membership());
  }

  private boolean proceed(Request wanted) {
    Membership now = state.membership();
    if (failure != null) {
      return undo(wanted, failure);
    }
    if (now.namesAs(wanted.target())) {
      request = null;
      state.emit(new RaftEffect.MembershipChanged(wanted.ticket()));
      return false;
    }
    List<NodeId> newVoters = newVoters(now, wanted.target());
    List<NodeId> strangers = newVoters.stream().filter(id -> now.member(id) == null).toList();
    if (!strangers.isEmpty()) {
      List<Step> steps = new ArrayList<>();
      strangers.forEach(id -> steps.add(new Step(Step.Kind.ADD_LEARNER, id.value())));
      return append(ConfigurationChange.simple(now.configuration(), steps), wanted.target());
    }
    if (now.configuration().incoming().equals(wanted.target().configuration().incoming())) {
      append(wanted.target());
      return true;
    }
    CatchUp.Verdict verdict = judge(newVoters);
    if (state.rules.change().mayPromote(verdict instanceof CatchUp.Verdict.Done)) {
      sometimes("raft makes a learner a voter", !newVoters.isEmpty());
      return join(now, wanted.target());
    }
    return switch (verdict) {
      case CatchUp.Verdict.Waiting _, CatchUp.Verdict.Done _ -> false;
      case CatchUp.Verdict.Failed(String reason) -> {
        sometimes("raft gives up a change because a learner does not catch up", true);
        failure = reason;
        yield undo(wanted, reason);
      }
    };
  }

  private static List<NodeId> newVoters(Membership now, Membership target) {
    return target.configuration().voters().stream()
        .filter(id -> !now.configuration().isVoter(id))
        .toList();
  }

  private CatchUp.Verdict judge(List<NodeId> learners) {
    long last = state.log.lastIndex();
    if (catchUp == null) {
      catchUp = catchUp();
    }
    return catchUp.judge(learners, followers, last, state.nowNanos);
  }

  private CatchUp catchUp() {
    return new CatchUp(
        state.log.lastIndex(),
        state.nowNanos,
        state.options.electionTimeoutMin().toNanos(),
        PATIENCE_TIMEOUTS * state.options.electionTimeoutMax().toNanos());
  }

  /// Goes back to where the request began; only learners differ.
  private boolean undo(Request wanted, String reason) {
    if (state.membership().namesAs(wanted.before())) {
      request = null;
      state.emit(new RaftEffect.MembershipRefused(wanted.ticket(), reason));
      return false;
    }
    append(wanted.before());
    return true;
  }

  private boolean join(Membership now, Membership target) {
    List<Step> steps = new ArrayList<>();
    for (NodeId id : now.configuration().members()) {
      steps.add(new Step(Step.Kind.REMOVE, id.value()));
    }
    Configuration wanted = target.configuration();
    wanted.voters().forEach(id -> steps.add(new Step(Step.Kind.ADD_VOTER, id.value())));
    wanted.learners().forEach(id -> steps.add(new Step(Step.Kind.ADD_LEARNER, id.value())));
    return append(ConfigurationChange.enterJoint(now.configuration(), true, steps), target);
  }

  private boolean append(Outcome outcome, Membership addresses) {
    switch (outcome) {
      case Outcome.Changed(Configuration next) ->
          append(addresses.become(next, state.membership()));
      case Outcome.Refused(String reason) -> invariant(false, "a change that is none: " + reason);
    }
    return true;
  }

  private void append(Membership next) {
    place(bindings.bind(state.membership(), next));
  }

  private void place(Membership next) {
    long nextIndex = state.log.lastIndex() + 1;
    state.append(Entry.configuration(state.term(), next));
    followers.add(next.configuration().members(), nextIndex, state.nowNanos);
  }
}
