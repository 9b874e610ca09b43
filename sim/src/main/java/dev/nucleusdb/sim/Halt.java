package dev.nucleusdb.sim;

import dev.nucleusdb.core.node.NodeId;

/// A node's last words.
///
/// @param node who
/// @param atNanos when, in true time
/// @param reason why
public record Halt(NodeId node, long atNanos, String reason) {}
