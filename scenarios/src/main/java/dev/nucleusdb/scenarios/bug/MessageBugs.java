package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.scenarios.bug.network.ForgedMessages;
import dev.nucleusdb.scenarios.bug.network.ForgedMessages.Forgery;
import java.util.List;
import java.util.function.Supplier;

/// Bugs in what a node makes of what messages say: of which term they are, what they answer, how
/// much they vouch for.
final class MessageBugs {
  private MessageBugs() {}

  static List<Bug> all() {
    return List.of(
        forged(
            "old-leader-obeyed",
            "a follower takes requests of a leader of an earlier term for those of the present one",
            "§5.1, receiver's rule 1, left out; hashicorp/raft 695 is a kin",
            OldLeaderObeyed::new),
        forged(
            "acknowledges-longest-log",
            "a follower acknowledges the longest log that it has had, also what was cut since",
            "CCF, NSDI 2025, inaccurate acknowledgement; Ratis RATIS-2605",
            AcknowledgesLongestLog::new),
        forged(
            "refusal-acknowledges",
            "a leader counts a refused request as one that was accepted",
            "CCF, NSDI 2025, commitment on a negative acknowledgement; KAFKA-13141",
            RefusalAcknowledges::new));
  }

  static Bug forged(String name, String description, String source, Supplier<Forgery> forgery) {
    return new Bug(
        name,
        description,
        source,
        blueprint -> blueprint.withSeams(context -> ForgedMessages.on(context, forgery)));
  }

  private static final class OldLeaderObeyed implements Forgery {
    private long highest;

    @Override
    public RaftMessage sent(RaftMessage message) {
      if (!(message instanceof RaftMessage.PreVoteRequest)) {
        highest = Math.max(highest, message.term());
      }
      return message;
    }

    @Override
    public RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.AppendRequest request && request.term() < highest
          ? new RaftMessage.AppendRequest(
              highest,
              request.previousIndex(),
              request.previousTerm(),
              request.entries(),
              request.commitIndex(),
              request.releaseIndex(),
              request.round(),
              request.standing())
          : message;
    }
  }

  private static final class AcknowledgesLongestLog implements Forgery {
    private long longest;

    @Override
    public RaftMessage sent(RaftMessage message) {
      if (!(message instanceof RaftMessage.AppendAccepted accepted)) {
        return message;
      }
      longest = Math.max(longest, accepted.matchIndex());
      return new RaftMessage.AppendAccepted(
          accepted.term(), longest, accepted.round(), accepted.mark());
    }
  }

  private static final class RefusalAcknowledges implements Forgery {
    @Override
    public RaftMessage heard(RaftMessage message) {
      return message instanceof RaftMessage.AppendRejected refusal
          ? new RaftMessage.AppendAccepted(
              refusal.term(), refusal.rejectedIndex(), refusal.round(), 0)
          : message;
    }
  }
}
