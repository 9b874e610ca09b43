package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph;
import dev.nucleusdb.linearizability.isolation.cycle.VersionOrders;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.transaction.StepsByKey;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Optional;

/// What is known of a history of lists.
///
/// @param defect what makes the history unfit to be judged, if anything does; then the rest means
///   nothing
/// @param member by transaction, whether it happened
/// @param graph what depends on what
/// @param versions the order of the versions of each key
/// @param findings what is wrong without any cycle
public record AppendAnalysis(
    Optional<String> defect,
    boolean[] member,
    DependencyGraph graph,
    VersionOrders versions,
    FindingList findings) {
  /// Analyses a history.
  ///
  /// A transaction whose fate is unknown happened if somebody saw what it appended; if nobody did,
  /// it is left out, for whether or not it happened, nothing contradicts that it did not.
  public static AppendAnalysis of(TransactionHistory history) {
    FindingList findings = new FindingList();
    StepsByKey byKey = StepsByKey.of(history);
    ListOrders orders = new ListOrders(history, byKey, findings);
    ListEdges edges = new ListEdges(history, byKey, orders, findings);
    DependencyGraph graph = DependencyGraph.of(history, orders.member(), edges.edges());
    return new AppendAnalysis(orders.defect(), orders.member(), graph, edges.versions(), findings);
  }
}
