package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges all levels by the cycles of one graph.
///
/// A level holds if the graph has no cycle of its shape (`o` are the edges of session order or real
/// time, as the level keeps them; `*` any number, `+` at least one):
///
/// | level | forbidden |
/// |---|---|
/// | read uncommitted | `(ww o)+` |
/// | read committed | `(ww wr o)+` |
/// | read atomic | `rw` to any later version of what was read, then one `wr` or `o` |
/// | causal | the same, then `(wr o)+` |
/// | parallel snapshot isolation | one `rw`, then `(ww wr o)+` |
/// | snapshot isolation | any cycle in which no two `rw` are adjacent |
/// | repeatable read | any cycle without a predicate's `rw` |
/// | serializable | any cycle |
public final class CycleJudge {
  private final DependencyGraph graph;
  private final CounterexampleSearch search;
  private final Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);

  private CycleJudge(
      TransactionHistory history,
      DependencyGraph suspects,
      VersionOrders versions,
      EdgeReasons reasons,
      Patience patience) {
    this.graph = suspects;
    this.search = new CounterexampleSearch(history, suspects, versions, reasons, patience);
  }

  /// What the cycles say.
  ///
  /// @param standings by level
  /// @param order all members in an order that explains everything, if there is one
  /// @param kept what else that order agrees with
  public record Judgement(
      Map<IsolationLevel, Standing> standings, Optional<int[]> order, OrderKept kept) {}

  /// Judges a graph.
  public static Judgement judge(
      TransactionHistory history,
      DependencyGraph graph,
      VersionOrders versions,
      EdgeReasons reasons,
      Patience patience) {
    int memberCount = 0;
    for (int node = 0; node < graph.size(); node++) {
      memberCount += graph.isMember(node) ? 1 : 0;
    }
    int[] order = SerialOrder.of(graph, DependencyGraph.ALL);
    if (order.length == memberCount) {
      Map<IsolationLevel, Standing> all = new EnumMap<>(IsolationLevel.class);
      for (IsolationLevel level : IsolationLevel.values()) {
        all.put(level, new Standing.Holds());
      }
      return new Judgement(all, Optional.of(order), OrderKept.REAL_TIME);
    }
    DependencyGraph suspects = graph.induced(Components.of(graph, DependencyGraph.ALL).onCycles());
    CycleJudge judge = new CycleJudge(history, suspects, versions, reasons, patience);
    BlindWrites blind = new BlindWrites(graph, versions);
    for (OrderKept kept : OrderKept.values()) {
      judge.judge(kept);
      if (!judge.holds(BaseLevel.SERIALIZABLE, kept) && blind.exist()) {
        judge.confirm(blind, kept);
      }
    }
    for (OrderKept kept : new OrderKept[] {OrderKept.SESSION, OrderKept.NONE}) {
      if (judge.holds(BaseLevel.SERIALIZABLE, kept)) {
        int kinds = DependencyGraph.DEPENDENCIES | DependencyGraph.kindsOf(kept);
        return new Judgement(judge.standings, Optional.of(SerialOrder.of(graph, kinds)), kept);
      }
    }
    return new Judgement(judge.standings, Optional.empty(), OrderKept.NONE);
  }

  private boolean holds(BaseLevel base, OrderKept kept) {
    return standings.get(IsolationLevel.of(base, kept)) instanceof Standing.Holds;
  }

  /// Judges the levels of one order, the weaker ones first, since a violation of one is one of all
  /// that imply it.
  private void judge(OrderKept kept) {
    int order = DependencyGraph.kindsOf(kept);
    int data = DependencyGraph.DATA | order;
    settle(BaseLevel.READ_UNCOMMITTED, kept, () -> cycle(EdgeKind.WW.bit() | order));
    settle(BaseLevel.READ_COMMITTED, kept, () -> cycle(data));
    int unlost = DependencyGraph.DATA_UNLOST | order;
    boolean separated =
        !isViolated(BaseLevel.READ_COMMITTED, kept)
            && SeparatedCycles.exist(graph, unlost | DependencyGraph.ANTI);
    settle(
        BaseLevel.READ_ATOMIC,
        kept,
        () -> separated ? search.fracturedRead(kept) : Optional.empty());
    settle(
        BaseLevel.CAUSAL,
        kept,
        () -> separated ? search.unseenCause(EdgeKind.WR.bit() | order) : Optional.empty());
    settle(
        BaseLevel.PARALLEL_SNAPSHOT,
        kept,
        () -> separated ? search.singleAntiDependency(unlost) : Optional.empty());
    settle(
        BaseLevel.SNAPSHOT,
        kept,
        () -> separated ? search.separatedCycle(unlost | DependencyGraph.ANTI) : Optional.empty());
    settle(BaseLevel.REPEATABLE_READ, kept, () -> cycle(data | EdgeKind.RW.bit()));
    settle(BaseLevel.SERIALIZABLE, kept, () -> cycle(data | DependencyGraph.ANTI));
  }

  /// Tries to prove that the levels of snapshots hold, whatever the order of versions that nobody
  /// read.
  private void confirm(BlindWrites blind, OrderKept kept) {
    int data = DependencyGraph.DATA_UNLOST | DependencyGraph.kindsOf(kept);
    int all = data | DependencyGraph.ANTI;
    if (holds(BaseLevel.SNAPSHOT, kept)) {
      if (!SeparatedCycles.exist(blind.inOrderOfSnapshots(all), all)) {
        return;
      }
      leaveOpen(BaseLevel.SNAPSHOT, kept);
    }
    if (holds(BaseLevel.PARALLEL_SNAPSHOT, kept)
        && hasSingleAntiDependency(blind.inOrderOf(data), data)) {
      leaveOpen(BaseLevel.PARALLEL_SNAPSHOT, kept);
    }
  }

  private boolean hasSingleAntiDependency(DependencyGraph ordered, int data) {
    int[] onCycles = Components.of(ordered, data | DependencyGraph.ANTI).onCycles();
    try {
      return search.in(ordered.induced(onCycles)).singleAntiDependency(data).isPresent();
    } catch (EndOfPatience _) {
      return true;
    }
  }

  private void leaveOpen(BaseLevel base, OrderKept kept) {
    standings.put(
        IsolationLevel.of(base, kept),
        new Standing.Unknown("it depends on the order of versions that nobody read"));
  }

  private Optional<Finding> cycle(int kinds) {
    Components components = Components.of(graph, kinds);
    return components.onCycles().length == 0
        ? Optional.empty()
        : Optional.of(search.shortestCycle(components, kinds));
  }

  private boolean isViolated(BaseLevel base, OrderKept kept) {
    return standings.get(IsolationLevel.of(base, kept)) instanceof Standing.Violated;
  }

  /// Looks for a violation.
  private interface Question {
    Optional<Finding> answer() throws EndOfPatience;
  }

  private void settle(BaseLevel base, OrderKept kept, Question question) {
    IsolationLevel level = IsolationLevel.of(base, kept);
    Standing inherited = inherited(level);
    if (inherited != null) {
      standings.put(level, inherited);
      return;
    }
    try {
      Optional<Finding> finding = question.answer();
      standings.put(
          level, finding.isPresent() ? new Standing.Violated(finding.get()) : new Standing.Holds());
    } catch (EndOfPatience _) {
      standings.put(level, new Standing.Unknown("the deadline was reached"));
    }
  }

  /// The violation of a weaker level, or null if none is known.
  private @Nullable Standing inherited(IsolationLevel level) {
    for (Map.Entry<IsolationLevel, Standing> weaker : standings.entrySet()) {
      if (weaker.getValue() instanceof Standing.Violated && level.implies(weaker.getKey())) {
        return weaker.getValue();
      }
    }
    return null;
  }
}
