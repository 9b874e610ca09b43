package dev.nucleusdb.sim;

import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;

/// Builds a node from its seams, anew for every incarnation.
@FunctionalInterface
public interface NodeFactory {
  /// Builds, but does not start, a node.
  Node create(NodeContext context);
}
