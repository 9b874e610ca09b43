package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.scenarios.bug.network.ForgedMessages.Forgery;
import java.util.List;

/// Bugs in what a node takes for the answer to a question: one that came too late, or was asked for
/// something else.
final class AnswerBugs {
  private AnswerBugs() {}

  static List<Bug> all() {
    return List.of(
        MessageBugs.forged(
            "vote-of-earlier-term-counts",
            "a candidate counts votes that it was given in an earlier term",
            "akka-raft 46",
            VoteOfEarlierTerm::new),
        MessageBugs.forged(
            "pre-vote-counts-as-vote",
            "a candidate counts pre-votes that come late as votes",
            "class of defect; of the kind of nebula 3415, two rounds of one election mixed up",
            PreVoteAsVote::new),
        MessageBugs.forged(
            "read-index-overlooked",
            "a follower asks its leader before it serves a read, and does not wait for what it says",
            "MicroRaft 8cef993; Ratis RATIS-1773",
            ReadIndexOverlooked::new));
  }

  private static final class VoteOfEarlierTerm implements Forgery {
    private long asked;

    @Override
    public RaftMessage sent(RaftMessage message) {
      if (message instanceof RaftMessage.VoteRequest request) {
        asked = request.term();
      }
      return message;
    }

    @Override
    public RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.VoteReply reply
              && reply.granted()
              && reply.term() < asked
          ? new RaftMessage.VoteReply(asked, true)
          : message;
    }
  }

  /// A pre-vote that is granted names the term that the candidate would begin.
  private static final class PreVoteAsVote implements Forgery {
    private long asked;

    @Override
    public RaftMessage sent(RaftMessage message) {
      if (message instanceof RaftMessage.VoteRequest request) {
        asked = request.term();
      }
      return message;
    }

    @Override
    public RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.PreVoteReply reply
              && reply.granted()
              && reply.term() == asked
          ? new RaftMessage.VoteReply(asked, true)
          : message;
    }
  }

  private static final class ReadIndexOverlooked implements Forgery {
    @Override
    public RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.ReadReply reply
          ? new RaftMessage.ReadReply(reply.term(), reply.number(), 0)
          : message;
    }
  }
}
