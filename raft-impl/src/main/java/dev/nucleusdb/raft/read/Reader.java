package dev.nucleusdb.raft.read;

import dev.nucleusdb.core.node.NodeId;

/// Who wants to read.
public sealed interface Reader {
  /// Somebody at this member.
  ///
  /// @param ticket who
  record Here(long ticket) implements Reader {}

  /// Another member, for those who asked it.
  ///
  /// @param from which
  /// @param number of its request
  record There(NodeId from, long number) implements Reader {}
}
