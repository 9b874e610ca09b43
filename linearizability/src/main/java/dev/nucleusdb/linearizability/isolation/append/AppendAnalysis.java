package dev.nucleusdb.linearizability.isolation.append;

import dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph;
import dev.nucleusdb.linearizability.isolation.cycle.VersionOrders;
import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.Patience;
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
public record AppendAnalysis(
    Optional<String> defect, boolean[] member, DependencyGraph graph, VersionOrders versions) {
  /// Analyses a history.
  ///
  /// A transaction whose fate is unknown happened if somebody saw what it appended; if nobody did,
  /// it is left out, for whether or not it happened, nothing contradicts that it did not.
  ///
  /// @param findings where to put what is wrong without any cycle; what is there when patience ends
  ///   is certain
  /// @throws EndOfPatience if patience ends
  public static AppendAnalysis of(
      TransactionHistory history, FindingList findings, Patience patience) {
    StepsByKey byKey = StepsByKey.of(history, patience);
    FindingList found = new FindingList();
    ListOrders orders = new ListOrders(history, byKey, found, patience);
    FindingList certain = orders.defect().isEmpty() ? findings : new FindingList();
    certain.addAll(found);
    ListEdges edges = new ListEdges(history, byKey, orders, certain, patience);
    DependencyGraph graph = DependencyGraph.of(history, orders.member(), edges.edges());
    return new AppendAnalysis(orders.defect(), orders.member(), graph, edges.versions());
  }
}
