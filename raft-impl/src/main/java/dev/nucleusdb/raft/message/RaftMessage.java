package dev.nucleusdb.raft.message;

import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.util.List;

/// What one member says to another (§5, figure 2; pre-vote: thesis §9.6; transfer of leadership:
/// thesis §3.10).
public sealed interface RaftMessage {
  /// The sender's current term, but for pre-votes, which speak of a term that has not begun.
  long term();

  /// Whether it says what its sender has promised, or has on its disk: for that it must still have
  /// the disk that it did so with.
  default boolean tellsOfOwnState() {
    return switch (this) {
      case PreVoteReply _, VoteReply _, AppendAccepted _, AppendRejected _, SnapshotReply _ -> true;
      case PreVoteRequest _,
          VoteRequest _,
          AppendRequest _,
          InstallSnapshot _,
          TimeoutNow _,
          Sleep _,
          Wake _,
          ReadRequest _,
          ReadReply _,
          EntryRequest _,
          EntryReply _ ->
          false;
    };
  }

  /// Would you vote for me in `term`? Changes nothing at either side.
  ///
  /// @param term the term that the sender would begin, one above its own
  /// @param lastIndex the end of the sender's log
  /// @param lastTerm its term
  record PreVoteRequest(long term, long lastIndex, long lastTerm) implements RaftMessage {}

  /// The answer to a pre-vote.
  ///
  /// @param term the term asked for if granted, else the replier's own
  /// @param granted whether the replier would vote so
  /// @param removedIndex the place of an entry that is committed and by which who asked is out; 0
  ///   if the replier knows none
  /// @param removedTerm its term
  record PreVoteReply(long term, boolean granted, long removedIndex, long removedTerm)
      implements RaftMessage {
    /// To a member, as far as the replier knows.
    public PreVoteReply(long term, boolean granted) {
      this(term, granted, 0, 0);
    }
  }

  /// Vote for me in `term`.
  ///
  /// @param term the sender's term
  /// @param lastIndex the end of the sender's log
  /// @param lastTerm its term
  /// @param transfer whether the leader itself wishes it, so that nobody need protect it
  record VoteRequest(long term, long lastIndex, long lastTerm, boolean transfer)
      implements RaftMessage {}

  /// The answer to a request for a vote; a grant leaves only after the vote is durable.
  ///
  /// @param term the replier's term
  /// @param granted whether it is a vote
  record VoteReply(long term, boolean granted) implements RaftMessage {}

  /// Entries to be appended after `previousIndex`; without entries a heartbeat.
  ///
  /// @param term the leader's term
  /// @param previousIndex the index before the first entry
  /// @param previousTerm its term
  /// @param entries what follows, may be empty
  /// @param commitIndex how far the leader knows the log to be committed
  /// @param releaseIndex nobody needs the log up to here
  /// @param round the leader's count of broadcasts in this term; the reply repeats it
  /// @param standing what else a broadcast says; [Standing#NONE] in a request with entries
  record AppendRequest(
      long term,
      long previousIndex,
      long previousTerm,
      List<Entry> entries,
      long commitIndex,
      long releaseIndex,
      long round,
      Standing standing)
      implements RaftMessage {
    /// A request that is no broadcast.
    public AppendRequest(
        long term,
        long previousIndex,
        long previousTerm,
        List<Entry> entries,
        long commitIndex,
        long releaseIndex,
        long round) {
      this(
          term,
          previousIndex,
          previousTerm,
          entries,
          commitIndex,
          releaseIndex,
          round,
          Standing.NONE);
    }

    /// The index of the last entry that the request speaks of.
    public long lastIndex() {
      return previousIndex + entries.size();
    }
  }

  /// How the leader stands when it begins a round.
  ///
  /// @param mark the last that the leader has heard of the receiver; 0 if none
  /// @param confirmedRound the last round that a majority has answered, if it began after the
  ///   leader had committed an entry of its term; else 0
  /// @param leaseLeftNanos for how long by its clock the leader holds a lease; 0 if it holds none
  record Standing(long mark, long confirmedRound, long leaseLeftNanos) {
    /// Nothing is said.
    public static final Standing NONE = new Standing(0, 0, 0);
  }

  /// The log matches the leader's up to `matchIndex`, durably.
  ///
  /// @param term the replier's term
  /// @param matchIndex the last index that matches and is durable
  /// @param round as in the request
  /// @param mark the replier's number for a moment before this; 0 if the request is no broadcast
  record AppendAccepted(long term, long matchIndex, long round, long mark) implements RaftMessage {
    /// Without a mark.
    public AppendAccepted(long term, long matchIndex, long round) {
      this(term, matchIndex, round, 0);
    }
  }

  /// The log does not fit, or the term is over.
  ///
  /// @param term the replier's term
  /// @param rejectedIndex the previous index of the request
  /// @param hintIndex an index at which the logs may agree
  /// @param hintTerm the replier's term at that index
  /// @param round as in the request; 0 if that was of an earlier term
  record AppendRejected(long term, long rejectedIndex, long hintIndex, long hintTerm, long round)
      implements RaftMessage {}

  /// A piece of the state after all entries up to an index, for a follower that needs entries which
  /// the log no longer holds (§7).
  ///
  /// @param term the leader's term
  /// @param mark which snapshot
  /// @param number which piece, from 0
  /// @param last whether it is the last
  /// @param piece what the state machine made of it
  /// @param round as in [AppendRequest]
  record InstallSnapshot(
      long term, SnapshotMark mark, int number, boolean last, byte[] piece, long round)
      implements RaftMessage {}

  /// Pieces were stored. After the last one comes [AppendAccepted].
  ///
  /// @param term the replier's term
  /// @param index of which snapshot
  /// @param wanted the piece to come next; 0 if nothing of it is there
  /// @param round as in the request; 0 if that was of an earlier term
  record SnapshotReply(long term, long index, int wanted, long round) implements RaftMessage {}

  /// How far must a state machine be, for reads that have come by now (thesis §6.4.1)?
  ///
  /// @param term the sender's term
  /// @param number made by the sender, never the same twice
  record ReadRequest(long term, long number) implements RaftMessage {}

  /// So far: a majority has confirmed the leader in a round that began after the request came.
  ///
  /// @param term the leader's term
  /// @param number of the request
  /// @param index its commit index when the request came
  record ReadReply(long term, long number, long index) implements RaftMessage {}

  /// My disk has lost an entry: do you have it?
  ///
  /// @param term the sender's term
  /// @param index where the entry is
  /// @param entryTerm its term
  record EntryRequest(long term, long index, long entryTerm) implements RaftMessage {}

  /// I do, and these that follow it here.
  ///
  /// @param term the sender's term
  /// @param firstIndex the index of the first
  /// @param entries from there on
  record EntryReply(long term, long firstIndex, List<Entry> entries) implements RaftMessage {}

  /// All is committed, and you know it: sleep, until something happens or my node is lost.
  ///
  /// @param term the leader's term
  /// @param lastIndex where its log ends
  /// @param round a broadcast of its own: what is older says nothing any more
  record Sleep(long term, long lastIndex, long round) implements RaftMessage {}

  /// I am awake, and you lead, as far as I know.
  ///
  /// @param term the sender's term
  record Wake(long term) implements RaftMessage {}

  /// Do not wait for my silence: begin an election now.
  ///
  /// @param term the leader's term
  /// @param releasedIndex nobody serves reads by the lease of an entry up to here any more; 0 if
  ///   somebody may
  record TimeoutNow(long term, long releasedIndex) implements RaftMessage {}
}
