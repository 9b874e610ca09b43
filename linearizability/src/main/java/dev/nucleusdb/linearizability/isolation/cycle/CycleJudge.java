package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final Patience patience;
  private final CounterexampleSearch search;
  private final Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);

  private CycleJudge(
      TransactionHistory history,
      DependencyGraph suspects,
      VersionOrders versions,
      EdgeReasons reasons) {
    this.graph = suspects;
    this.patience = suspects.patience();
    this.search = new CounterexampleSearch(history, suspects, versions, reasons);
  }

  /// What the cycles say.
  ///
  /// @param standings by level
  /// @param order all members in an order that explains everything, if there is one
  /// @param kept what else that order agrees with
  public record Judgement(
      Map<IsolationLevel, Standing> standings, Optional<int[]> order, OrderKept kept) {}

  /// Judges a graph, within the patience that it was made with.
  ///
  /// @throws EndOfPatience if it ends before any level is judged
  public static Judgement judge(
      TransactionHistory history,
      DependencyGraph graph,
      VersionOrders versions,
      EdgeReasons reasons) {
    graph.patience().begin("levels were decided", IsolationLevel.values().length);
    int memberCount = 0;
    for (int node = 0; node < graph.size(); node++) {
      memberCount += graph.isMember(node) ? 1 : 0;
    }
    long held = graph.patience().held();
    int[] order = SerialOrder.of(graph, DependencyGraph.ALL);
    if (order.length == memberCount) {
      Map<IsolationLevel, Standing> all = new EnumMap<>(IsolationLevel.class);
      for (IsolationLevel level : IsolationLevel.values()) {
        all.put(level, new Standing.Holds());
      }
      return new Judgement(all, Optional.of(order), OrderKept.REAL_TIME);
    }
    int[] onCycles = Components.of(graph, DependencyGraph.ALL).onCycles();
    graph.patience().giveBack(graph.patience().held() - held);
    DependencyGraph suspects = graph.induced(onCycles);
    CycleJudge judge = new CycleJudge(history, suspects, versions, reasons);
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
        return new Judgement(judge.standings, orderOf(graph, kinds), kept);
      }
    }
    return new Judgement(judge.standings, Optional.empty(), OrderKept.NONE);
  }

  private static Optional<int[]> orderOf(DependencyGraph graph, int kinds) {
    try {
      return Optional.of(SerialOrder.of(graph, kinds));
    } catch (EndOfPatience _) {
      return Optional.empty();
    }
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
    Separated separated = new Separated(kept, unlost | DependencyGraph.ANTI);
    settle(
        BaseLevel.READ_ATOMIC,
        kept,
        () -> separated.exist() ? search.fracturedRead(kept) : Optional.empty());
    settle(
        BaseLevel.CAUSAL,
        kept,
        () -> separated.exist() ? search.unseenCause(EdgeKind.WR.bit() | order) : Optional.empty());
    settle(
        BaseLevel.PARALLEL_SNAPSHOT,
        kept,
        () -> separated.exist() ? search.singleAntiDependency(unlost) : Optional.empty());
    settle(
        BaseLevel.SNAPSHOT,
        kept,
        () ->
            separated.exist()
                ? search.separatedCycle(unlost | DependencyGraph.ANTI)
                : Optional.empty());
    settle(BaseLevel.REPEATABLE_READ, kept, () -> cycle(data | EdgeKind.RW.bit()));
    settle(BaseLevel.SERIALIZABLE, kept, () -> cycle(data | DependencyGraph.ANTI));
  }

  /// Whether there are cycles without adjacent anti-dependencies, which is found out once, when the
  /// first level asks.
  private final class Separated {
    private final OrderKept kept;
    private final int kinds;
    private @Nullable Boolean known;

    Separated(OrderKept kept, int kinds) {
      this.kept = kept;
      this.kinds = kinds;
    }

    boolean exist() {
      if (known == null) {
        known = !isViolated(BaseLevel.READ_COMMITTED, kept) && SeparatedCycles.exist(graph, kinds);
      }
      return known;
    }
  }

  /// Tries to prove that the levels of snapshots hold, whatever the order of versions that nobody
  /// read.
  private void confirm(BlindWrites blind, OrderKept kept) {
    int data = DependencyGraph.DATA_UNLOST | DependencyGraph.kindsOf(kept);
    int all = data | DependencyGraph.ANTI;
    if (holds(BaseLevel.SNAPSHOT, kept)) {
      if (isConfirmed(() -> SeparatedCycles.exist(blind.inOrderOfSnapshots(all), all))) {
        return;
      }
      leaveOpen(BaseLevel.SNAPSHOT, kept);
    }
    if (holds(BaseLevel.PARALLEL_SNAPSHOT, kept)
        && !isConfirmed(() -> hasSingleAntiDependency(blind.inOrderOf(data), data))) {
      leaveOpen(BaseLevel.PARALLEL_SNAPSHOT, kept);
    }
  }

  /// Whether an order certainly has no cycle.
  private boolean isConfirmed(BooleanSupplier hasCycle) {
    long held = patience.held();
    try {
      return !hasCycle.getAsBoolean();
    } catch (EndOfPatience _) {
      return false;
    } finally {
      patience.giveBack(patience.held() - held);
    }
  }

  private boolean hasSingleAntiDependency(DependencyGraph ordered, int data) {
    int[] onCycles = Components.of(ordered, data | DependencyGraph.ANTI).onCycles();
    return search.in(ordered.induced(onCycles)).singleAntiDependency(data).isPresent();
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
    Optional<Finding> answer();
  }

  private void settle(BaseLevel base, OrderKept kept, Question question) {
    IsolationLevel level = IsolationLevel.of(base, kept);
    Standing inherited = inherited(level);
    if (inherited != null) {
      standings.put(level, inherited);
      patience.advance();
      return;
    }
    long held = patience.held();
    try {
      patience.requireTime();
      Optional<Finding> finding = question.answer();
      standings.put(
          level, finding.isPresent() ? new Standing.Violated(finding.get()) : new Standing.Holds());
      patience.advance();
    } catch (EndOfPatience end) {
      standings.put(level, end.standing());
    } finally {
      patience.giveBack(patience.held() - held);
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
