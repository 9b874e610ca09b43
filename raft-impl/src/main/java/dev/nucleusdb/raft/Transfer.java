package dev.nucleusdb.raft;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.replication.Progress;
import org.jspecify.annotations.Nullable;

/// Handing leadership over (thesis §3.10), because somebody wishes it or because the leader's own
/// disk stands still. One at a time, and never longer than the longest election timeout.
///
/// ```
///   CATCHING_UP  the target lacks much: proposals are taken as ever
///   HOLDING      it lacks little: proposals are refused, so that it can reach the end
///   ASKED        it has everything: TimeoutNow is sent, and again with every heartbeat
///   LEFT         this member leads no more, and waits to hear who does
/// ```
///
/// The leader goes on leading until it hears of a later term: whatever it may do as a leader rests
/// on a majority's answers, and stays right if the target never rises.
final class Transfer {
  /// The ticket of a transfer that nobody waits for.
  private static final long NOBODY = 0;

  private enum Phase {
    CATCHING_UP,
    HOLDING,
    ASKED,
    LEFT
  }

  private static final class Attempt {
    final long ticket;
    final NodeId target;

    /// The term in which it began.
    final long term;

    /// When it is given up.
    final long deadlineNanos;

    Phase phase = Phase.CATCHING_UP;
    long askedNanos;

    Attempt(long ticket, NodeId target, long term, long deadlineNanos) {
      this.ticket = ticket;
      this.target = target;
      this.term = term;
      this.deadlineNanos = deadlineNanos;
    }
  }

  private final MemberState state;

  /// Null if no transfer is under way.
  private @Nullable Attempt attempt;

  Transfer(MemberState state) {
    this.state = state;
  }

  /// To whom leadership is being handed, if it is.
  @Nullable NodeId target() {
    return attempt == null ? null : attempt.target;
  }

  /// Whether proposals are refused for the target's sake.
  boolean holdsProposals() {
    return attempt != null && (attempt.phase == Phase.HOLDING || attempt.phase == Phase.ASKED);
  }

  /// When a transfer is given up.
  long deadlineNanos() {
    return attempt == null ? Long.MAX_VALUE : attempt.deadlineNanos;
  }

  /// When a leader is to look at its disk; while a transfer is under way, its end is soon enough.
  long diskDeadlineNanos() {
    return attempt == null ? state.diskDeadlineNanos() : Long.MAX_VALUE;
  }

  /// Somebody wishes that another member leads.
  ///
  /// @param wanted who; null for whoever has most of the log
  /// @param leadership null if this member does not lead
  void begin(long asker, @Nullable NodeId wanted, @Nullable Leadership leadership) {
    if (leadership == null) {
      tell(asker, new TransferOutcome.NotLeader(state.leader()));
    } else if (attempt != null) {
      tell(asker, new TransferOutcome.UnderWay(attempt.target));
    } else if (state.self.equals(wanted)) {
      tell(asker, new TransferOutcome.TakenOver(state.self));
    } else {
      NodeId chosen = wanted == null ? closest(leadership, Long.MAX_VALUE) : wanted;
      if (chosen == null || !mayLead(chosen) || leadership.followerOf(chosen) == null) {
        tell(asker, new TransferOutcome.NoTarget());
      } else {
        start(asker, chosen);
      }
    }
  }

  /// This leader's state is damaged: it serves what it can, but whoever needs its snapshot needs
  /// another leader.
  void beginUnasked(Leadership leadership) {
    NodeId heir = attempt == null ? closest(leadership, state.options.transferLagMax()) : null;
    sometimes("raft leader hands over because its state cannot be read", heir != null);
    if (heir != null) {
      start(NOBODY, heir);
    }
  }

  /// This leader goes because it has no vote any more: who has all that is committed, and most of
  /// the log, may stand at once, so that nobody waits for an election timeout. If it does not hear
  /// of it, they do.
  void bequeath(Leadership leadership) {
    long uncommitted = state.log.lastIndex() - state.commitIndex();
    NodeId heir = closest(leadership, uncommitted);
    if (heir != null) {
      sometimes("raft leader that is removed names its heir", true);
      askToStand(heir, leadership);
    }
  }

  private void askToStand(NodeId heir, Leadership leadership) {
    state.send(heir, new RaftMessage.TimeoutNow(state.term(), leadership.giveUpLease()));
  }

  /// Whether this leader must go because its disk stands still. If a follower is close it is asked
  /// to take over first: the others need not wait for an election timeout then.
  boolean mustLeave(Leadership leadership) {
    if (!state.diskStandsStill()) {
      return false;
    }
    if (attempt == null) {
      NodeId heir = closest(leadership, state.options.transferLagMax());
      if (heir != null) {
        start(NOBODY, heir);
        return false;
      }
    } else if (state.nowNanos < attempt.deadlineNanos) {
      return false;
    }
    sometimes("raft leader gives up because its disk stands still", true);
    return true;
  }

  /// Goes on as far as the step under way allows.
  ///
  /// @param leadership null if this member does not lead
  void advance(@Nullable Leadership leadership) {
    Attempt now = attempt;
    if (now == null) {
      return;
    }
    if (leadership == null || state.term() != now.term) {
      now.phase = Phase.LEFT;
      arrive(now);
      return;
    }
    Progress progress = leadership.followerOf(now.target);
    if (progress == null || !mayLead(now.target)) {
      end(now, new TransferOutcome.NoTarget());
    } else {
      push(now, progress, leadership);
    }
  }

  private boolean mayLead(NodeId id) {
    return state.rules.transfer().mayLead(state.configuration(), id);
  }

  private void start(long asker, NodeId to) {
    long timeout = state.options.electionTimeoutMax().toNanos();
    long deadline = state.nowNanos + state.rules.transfer().patienceNanos(timeout);
    attempt = new Attempt(asker, to, state.term(), deadline);
  }

  private void push(Attempt now, Progress progress, Leadership leadership) {
    long last = state.log.lastIndex();
    long missing = last - progress.matchIndex();
    if (state.nowNanos >= now.deadlineNanos) {
      boolean leaves = now.ticket == NOBODY && state.diskStandsStill();
      if (!leaves) {
        sometimes("raft gives up a transfer of leadership", true);
        end(
            now,
            missing > 0 ? new TransferOutcome.Behind(missing) : new TransferOutcome.Unanswered());
      }
      return;
    }
    boolean close = isAlive(progress, leadership) && missing <= state.options.transferLagMax();
    if (now.phase == Phase.CATCHING_UP && close) {
      sometimes("raft holds proposals until the target of a transfer is ready", missing > 0);
      now.phase = Phase.HOLDING;
    }
    boolean ready =
        now.phase == Phase.HOLDING
            && state.rules.transfer().mayTakeOver(progress.matchIndex(), last);
    long heartbeat = state.options.heartbeatInterval().toNanos();
    boolean again =
        now.phase == Phase.ASKED
            && state.nowNanos - now.askedNanos >= state.rules.transfer().repeatNanos(heartbeat);
    if (ready || again) {
      now.phase = Phase.ASKED;
      now.askedNanos = state.nowNanos;
      askToStand(now.target, leadership);
    }
  }

  private void arrive(Attempt now) {
    NodeId leader = state.leader();
    if (leader != null) {
      sometimes("raft leadership was transferred", leader.equals(now.target));
      end(
          now,
          leader.equals(state.self)
              ? new TransferOutcome.Unanswered()
              : new TransferOutcome.TakenOver(leader));
    } else if (state.nowNanos >= now.deadlineNanos) {
      end(now, new TransferOutcome.Unknown());
    }
  }

  private void end(Attempt ended, TransferOutcome outcome) {
    tell(ended.ticket, outcome);
    attempt = null;
  }

  private void tell(long asker, TransferOutcome outcome) {
    if (asker != NOBODY) {
      state.emit(new RaftEffect.TransferEnded(asker, outcome));
    }
  }

  /// The follower that was heard lately and has most of the log.
  ///
  /// @param missingMax how much it may lack
  private @Nullable NodeId closest(Leadership leadership, long missingMax) {
    NodeId best = null;
    long bestMatch = -1;
    for (NodeId voter : state.configuration().voters()) {
      Progress progress = leadership.followerOf(voter);
      if (progress != null
          && isAlive(progress, leadership)
          && state.log.lastIndex() - progress.matchIndex() <= missingMax
          && progress.matchIndex() > bestMatch) {
        best = voter;
        bestMatch = progress.matchIndex();
      }
    }
    return best;
  }

  /// Who slept with its leader counts as heard when they woke.
  private boolean isAlive(Progress progress, Leadership leadership) {
    long heard = Math.max(progress.heardNanos(), leadership.wokenNanos());
    long silence = state.nowNanos - heard;
    return silence < state.options.electionTimeoutMin().toNanos();
  }
}
