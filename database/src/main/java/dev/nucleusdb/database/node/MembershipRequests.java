package dev.nucleusdb.database.node;

import dev.nucleusdb.core.consensus.ReplicatedLog;
import dev.nucleusdb.core.consensus.ReplicatedLog.MembershipResult;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Request;
import dev.nucleusdb.database.gateway.Request.MemberAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who takes part, for those who ask and those who wish it otherwise.
final class MembershipRequests {
  private final List<Member> founders;
  private final ReplicatedLog log;

  /// @param founders all nodes that the cluster was founded with
  MembershipRequests(List<Member> founders, ReplicatedLog log) {
    this.founders = founders;
    this.log = log;
  }

  /// Where a node is, as the log says or else as the cluster was founded; empty if neither does.
  String addressOf(@Nullable NodeId id) {
    Member member = id == null ? null : known(id);
    return member == null ? "" : member.address().name();
  }

  /// Answers once, a wish only when it is known what became of it.
  void serve(Request.Members wish, Consumer<Answer.Body> answer) {
    if (wish.voters().isEmpty() && wish.learners().isEmpty()) {
      ReplicatedLog.Status status = log.status();
      answer.accept(
          status.leading() ? members(true, "") : new Answer.NotLeader(addressOf(status.leader())));
      return;
    }
    String flaw = flawOf(wish);
    if (flaw != null) {
      answer.accept(new Answer.Refused(Answer.Kind.INVALID, flaw));
      return;
    }
    log.changeMembership(
        located(wish.voters()),
        located(wish.learners()),
        result -> answer.accept(answerTo(result)));
  }

  private @Nullable String flawOf(Request.Members wish) {
    if (wish.voters().isEmpty()) {
      return "a cluster needs a voter";
    }
    TreeSet<Integer> seen = new TreeSet<>();
    List<MemberAddress> all = new ArrayList<>(wish.voters());
    all.addAll(wish.learners());
    for (MemberAddress member : all) {
      if (member.id() < 1) {
        return "there is no node " + member.id() + "; ids are numbers from 1";
      }
      if (!seen.add(member.id())) {
        return "n" + member.id() + " is named twice";
      }
      if (member.address().isEmpty() && known(new NodeId(member.id())) == null) {
        return "where n" + member.id() + " is must be said when it is added: ID=HOST:PORT";
      }
    }
    return null;
  }

  private List<Member> located(List<MemberAddress> wished) {
    List<Member> located = new ArrayList<>();
    for (MemberAddress member : wished) {
      NodeId id = new NodeId(member.id());
      Member known = known(id);
      located.add(
          known == null || !member.address().isEmpty()
              ? new Member(id, new Address(member.address()))
              : known);
    }
    return located;
  }

  private @Nullable Member known(NodeId id) {
    ReplicatedLog.Members now = log.members();
    List<Member> all = new ArrayList<>(now.voters());
    all.addAll(now.learners());
    all.addAll(founders);
    return all.stream().filter(member -> member.id().equals(id)).findFirst().orElse(null);
  }

  private Answer.Body answerTo(MembershipResult result) {
    return switch (result) {
      case MembershipResult.Changed _ -> members(true, "");
      case MembershipResult.Refused refused -> members(false, refused.reason());
      case MembershipResult.NotLeader elsewhere ->
          new Answer.NotLeader(addressOf(elsewhere.leader()));
      case MembershipResult.Unknown _ ->
          members(false, "the leader changed; the next one may finish it, or forget it");
    };
  }

  private Answer.Members members(boolean done, String words) {
    ReplicatedLog.Members now = log.members();
    return new Answer.Members(
        done, words, addresses(now.voters()), addresses(now.learners()), now.changing());
  }

  private static List<MemberAddress> addresses(List<Member> members) {
    return members.stream()
        .map(member -> new MemberAddress(member.id().value(), member.address().name()))
        .toList();
  }
}
