package dev.nucleusdb.sim.jqwik;

/// How large a cluster is.
///
/// @param nodes how many nodes
/// @param clients how many clients
public record ClusterShape(int nodes, int clients) {}
