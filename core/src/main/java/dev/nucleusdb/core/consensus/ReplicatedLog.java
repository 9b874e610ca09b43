package dev.nucleusdb.core.consensus;

import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A log that a cluster agrees on. Single-threaded: the node's thread makes all calls and runs all
/// callbacks.
public interface ReplicatedLog {

  /// Recovers from the disk and joins the cluster; committed commands above
  /// [StateMachine#appliedIndex] are applied as they become known.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if the log on the disk cannot be trusted
  void start(StateMachine machine);

  /// Proposes a command. The callback runs exactly once, unless the node stops before.
  ///
  /// @throws IllegalArgumentException if the command is larger than the log takes
  void propose(byte[] command, ProposalCallback callback);

  /// Asks for a linearizable read, on any member: once the callback is told `Ready`, the state
  /// machine here holds the effect of every command that was acknowledged before this call, on any
  /// member.
  void read(ReadCallback callback);

  /// How old the state machine here may be, whoever leads and whether or not anybody does: it holds
  /// the effect of every command that was acknowledged, on any member, before so long ago. Null if
  /// that is not known, as it is not before a leader was heard.
  @Nullable Duration staleness();

  /// Hands leadership to another member, so that a planned stop pauses writes for two round trips
  /// and not for an election timeout. The callback runs exactly once, within an election timeout of
  /// this member; while the target takes over, proposals are told [ProposalResult.Transferring].
  ///
  /// @param target who is to lead; null for whichever follower has most of the log
  void transferLeadership(@Nullable NodeId target, TransferCallback callback);

  /// Asks for these members, and no others, to take part. New voters are brought up to date first.
  /// The callback runs exactly once, unless the node stops before.
  ///
  /// @param voters all who decide, with their addresses; a member keeps its name for ever
  /// @param learners all who get the log and do not count
  /// @throws IllegalArgumentException if there is no voter, or somebody is named twice
  void changeMembership(List<Member> voters, List<Member> learners, MembershipCallback callback);

  /// Asks for these members, and no others, to be the voters, and for no learners.
  ///
  /// @throws IllegalArgumentException if there is none, or one twice
  default void changeMembership(List<Member> voters, MembershipCallback callback) {
    changeMembership(voters, List.of(), callback);
  }

  /// Who takes part, as far as this member's log says, committed or not.
  Members members();

  /// Where this member stands now.
  Status status();

  /// What is in the way of this member and, as far as it knows, of its group: one line each, for
  /// people; empty if nothing is.
  List<String> diagnose();

  /// Says that the state machine's effects up to `index` are durable by themselves; the log may
  /// drop what nobody needs any more.
  void released(long index);

  /// Stops taking part. Callbacks that wait are told [ProposalResult.Unknown],
  /// [MembershipResult.Unknown] or [ReadResult.Unavailable], and those of transfers
  /// [TransferOutcome.Unknown].
  void stop();

  /// What becomes of a proposal.
  sealed interface ProposalResult {
    /// It was committed and applied here.
    ///
    /// @param index its place in the log
    /// @param result what the state machine answered
    record Applied(long index, Object result) implements ProposalResult {}

    /// It was not taken, and never will be: this member is not the leader.
    ///
    /// @param leader who is, as far as this member knows
    record NotLeader(@Nullable NodeId leader) implements ProposalResult {}

    /// It was not taken, and never will be: too much is waiting already.
    record Overloaded() implements ProposalResult {}

    /// It was not taken, and never will be: leadership is being handed over. Soon another member
    /// takes it, or this one again.
    record Transferring() implements ProposalResult {}

    /// It may be committed later, or never: leadership was lost on the way.
    record Unknown() implements ProposalResult {}
  }

  /// What becomes of a read.
  sealed interface ReadResult {
    /// The state machine may be read now, within this callback.
    record Ready() implements ReadResult {}

    /// This member cannot serve it.
    ///
    /// @param leader who might, as far as this member knows
    record Unavailable(@Nullable NodeId leader) implements ReadResult {}
  }

  /// What becomes of a change of membership.
  sealed interface MembershipResult {
    /// It is committed: the members asked for decide alone.
    record Changed() implements MembershipResult {}

    /// It was not begun, or was undone: the voters are as before.
    ///
    /// @param reason why, for a person
    record Refused(String reason) implements MembershipResult {}

    /// It was not begun, and never will be: this member is not the leader.
    ///
    /// @param leader who is, as far as this member knows
    record NotLeader(@Nullable NodeId leader) implements MembershipResult {}

    /// It may be finished by the next leader, or be forgotten: leadership was lost on the way.
    record Unknown() implements MembershipResult {}
  }

  /// Is told what became of a proposal.
  @FunctionalInterface
  interface ProposalCallback {
    /// Runs once, on the node's thread.
    void completed(ProposalResult result);
  }

  /// Is told what became of a change of membership.
  @FunctionalInterface
  interface MembershipCallback {
    /// Runs once, on the node's thread.
    void completed(MembershipResult result);
  }

  /// Is told what became of a read.
  @FunctionalInterface
  interface ReadCallback {
    /// Runs once, on the node's thread.
    void completed(ReadResult result);
  }

  /// Is told what became of a transfer of leadership.
  @FunctionalInterface
  interface TransferCallback {
    /// Runs once, on the node's thread.
    void completed(TransferOutcome outcome);
  }

  /// Who takes part.
  ///
  /// @param voters who decides; while a change is under way, those of before and those of after
  /// @param learners who gets the log and does not count
  /// @param changing whether a majority of those before and one of those after must agree
  record Members(List<Member> voters, List<Member> learners, boolean changing) {}

  /// A member's standing.
  ///
  /// @param leading whether it believes to lead
  /// @param leader whom it believes to lead, if anyone
  /// @param term its current term
  /// @param commitIndex the highest index it knows to be committed
  /// @param appliedIndex the highest index applied here
  /// @param lastIndex the last index of its log
  record Status(
      boolean leading,
      @Nullable NodeId leader,
      long term,
      long commitIndex,
      long appliedIndex,
      long lastIndex) {}
}
