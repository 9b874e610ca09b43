package dev.nucleusdb.raft.conversation;

import dev.nucleusdb.core.consensus.TransferOutcome;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftEffect;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Protocol values in the words of conversations. `3@2` is index 3 of term 2.
final class Words {
  private Words() {}

  static String of(RaftMessage message) {
    return switch (message) {
      case RaftMessage.PreVoteRequest m ->
          "PreVoteRequest term " + m.term() + ", log ends " + place(m.lastIndex(), m.lastTerm());
      case RaftMessage.PreVoteReply m -> preVoteReply(m);
      case RaftMessage.VoteRequest m ->
          "VoteRequest term "
              + m.term()
              + ", log ends "
              + place(m.lastIndex(), m.lastTerm())
              + (m.transfer() ? ", transfer" : "");
      case RaftMessage.VoteReply m ->
          "VoteReply term " + m.term() + ", " + (m.granted() ? "granted" : "refused");
      case RaftMessage.AppendRequest m -> appendRequest(m);
      case RaftMessage.AppendAccepted m ->
          "AppendAccepted term " + m.term() + ", match " + m.matchIndex() + ", round " + m.round();
      case RaftMessage.AppendRejected m ->
          "AppendRejected term "
              + m.term()
              + ", nothing fits after "
              + m.rejectedIndex()
              + ", try "
              + place(m.hintIndex(), m.hintTerm())
              + ", round "
              + m.round();
      case RaftMessage.Sleep m ->
          "Sleep term " + m.term() + ", log ends " + m.lastIndex() + ", round " + m.round();
      case RaftMessage.Wake m -> "Wake term " + m.term();
      case RaftMessage.TimeoutNow m ->
          "TimeoutNow term "
              + m.term()
              + (m.releasedIndex() > 0 ? ", no lease by what is up to " + m.releasedIndex() : "");
      case RaftMessage.ReadRequest m -> "ReadRequest term " + m.term() + ", number " + m.number();
      case RaftMessage.ReadReply m ->
          "ReadReply term " + m.term() + ", number " + m.number() + ", index " + m.index();
      case RaftMessage.EntryRequest m ->
          "EntryRequest term " + m.term() + ", lost is " + place(m.index(), m.entryTerm());
      case RaftMessage.EntryReply m -> entryReply(m);
      case RaftMessage.InstallSnapshot m -> installSnapshot(m);
      case RaftMessage.SnapshotReply m ->
          "SnapshotReply term "
              + m.term()
              + ", of "
              + m.index()
              + " piece "
              + m.wanted()
              + " is next, round "
              + m.round();
    };
  }

  private static String preVoteReply(RaftMessage.PreVoteReply m) {
    return "PreVoteReply term "
        + m.term()
        + ", "
        + (m.granted() ? "granted" : "refused")
        + (m.removedIndex() > 0 ? ", removed by " + place(m.removedIndex(), m.removedTerm()) : "");
  }

  private static String entryReply(RaftMessage.EntryReply m) {
    return "EntryReply term " + m.term() + ", " + entries(m.firstIndex(), m.entries());
  }

  private static String installSnapshot(RaftMessage.InstallSnapshot m) {
    return "InstallSnapshot term "
        + m.term()
        + ", "
        + of(m.mark())
        + ", piece "
        + m.number()
        + (m.last() ? ", the last" : "")
        + ", round "
        + m.round();
  }

  static String of(SnapshotMark mark) {
    Membership membership = mark.membership();
    return place(mark.index(), mark.term())
        + (membership == null ? "" : " [" + of(membership) + "]");
  }

  private static String appendRequest(RaftMessage.AppendRequest m) {
    String after = "after " + place(m.previousIndex(), m.previousTerm());
    String what =
        m.entries().isEmpty()
            ? after + " nothing"
            : after + " " + entries(m.previousIndex() + 1, m.entries());
    return "AppendRequest term "
        + m.term()
        + ", "
        + what
        + ", commit "
        + m.commitIndex()
        + (m.releaseIndex() > 0 ? ", release " + m.releaseIndex() : "")
        + ", round "
        + m.round()
        + leaseWords(m.standing().leaseLeftNanos());
  }

  private static String leaseWords(long leftNanos) {
    return leftNanos > 0 ? ", lease for " + leftNanos / 1_000_000 + " ms" : "";
  }

  static String entries(long firstIndex, List<Entry> entries) {
    StringJoiner words = new StringJoiner(" ");
    long index = firstIndex;
    for (Entry entry : entries) {
      words.add(place(index++, entry.term()) + "=" + command(entry));
    }
    return words.toString();
  }

  static String command(Entry entry) {
    if (entry.isLost()) {
      return "(lost)";
    }
    Membership membership = entry.membership();
    if (membership != null) {
      return "[" + of(membership) + "]";
    }
    return entry.isNoOp() ? "-" : new String(entry.command(), StandardCharsets.UTF_8);
  }

  static String place(long index, long term) {
    return index + "@" + term;
  }

  /// Members that are reached by their names.
  static List<dev.nucleusdb.core.node.Member> members(List<NodeId> ids) {
    return ids.stream()
        .map(id -> new dev.nucleusdb.core.node.Member(id, new Address(id.toString())))
        .toList();
  }

  static String of(HardState state) {
    return "term " + state.term() + " vote " + orNone(state.vote());
  }

  static String of(RaftEffect.Refusal why) {
    return switch (why) {
      case NOT_LEADER -> ": it does not lead";
      case OVERLOADED -> ": too much is waiting";
      case TRANSFERRING -> ": leadership is being handed over";
    };
  }

  static String of(TransferOutcome outcome) {
    return switch (outcome) {
      case TransferOutcome.TakenOver(NodeId leader) -> leader + " leads";
      case TransferOutcome.NotLeader(NodeId leader) -> "not mine to give, leader " + orNone(leader);
      case TransferOutcome.NoTarget() -> "nobody to hand it to";
      case TransferOutcome.UnderWay(NodeId target) -> "it is being handed to " + target;
      case TransferOutcome.Behind(long missing) -> "the target still lacks " + missing;
      case TransferOutcome.Unanswered() -> "the target did not take over";
      case TransferOutcome.Unknown() -> "who leads is not known";
    };
  }

  static String of(Role role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String orNone(@Nullable NodeId id) {
    return id == null ? "none" : id.toString();
  }

  /// Who takes part, and by which disks they are known.
  static String of(Membership membership) {
    String stores =
        membership.stores().bound().stream()
            .map(bound -> bound.id() + ":" + bound.storeId())
            .collect(Collectors.joining(" "));
    return membership.configuration() + (stores.isEmpty() ? "" : " stores=(" + stores + ")");
  }
}
