package dev.nucleusdb.core.consensus;

import dev.nucleusdb.core.node.NodeId;
import org.jspecify.annotations.Nullable;

/// What becomes of a wish that another member should lead. None of these loses or doubles a
/// command: the worst is a short pause of writes.
public sealed interface TransferOutcome {
  /// Another member leads now: nearly always the one that was asked for.
  ///
  /// @param leader who leads
  record TakenOver(NodeId leader) implements TransferOutcome {}

  /// Nothing was begun: this member does not lead.
  ///
  /// @param leader who does, as far as this member knows
  record NotLeader(@Nullable NodeId leader) implements TransferOutcome {}

  /// Nothing was begun: the target is no voter, or, if none was named, no follower was heard
  /// lately.
  record NoTarget() implements TransferOutcome {}

  /// Nothing was begun: another transfer is under way.
  ///
  /// @param target to whom
  record UnderWay(NodeId target) implements TransferOutcome {}

  /// Given up: the target did not catch up in time. This member leads on.
  ///
  /// @param missingEntries how many it still lacks
  record Behind(long missingEntries) implements TransferOutcome {}

  /// Given up: the target had everything and was asked, but did not take over in time. This member
  /// leads on, or leads again.
  record Unanswered() implements TransferOutcome {}

  /// This member leads no more; who does, it has not heard in time.
  record Unknown() implements TransferOutcome {}
}
