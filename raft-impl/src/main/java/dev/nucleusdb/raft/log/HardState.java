package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.node.NodeId;
import org.jspecify.annotations.Nullable;

/// What a member must never forget (§5, figure 2): written as one record, so that the term and the
/// vote in it cannot come apart.
///
/// @param term the latest term seen; never goes back
/// @param vote whom this member voted for in that term, if anyone; once set, it stays for the term
public record HardState(long term, @Nullable NodeId vote) {
  /// The state of a member that has never run.
  public static final HardState INITIAL = new HardState(0, null);
}
