package dev.nucleusdb.linearizability.isolation.register;

import dev.nucleusdb.linearizability.isolation.cycle.DependencyGraph;
import dev.nucleusdb.linearizability.isolation.cycle.GraphCycles;
import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.EndOfPatience;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.FindingList;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.level.Standing;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import dev.nucleusdb.linearizability.isolation.verify.SerialOrderVerifier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Judges histories of registers.
///
/// Read committed, read atomic and causal are decided exactly, in polynomial time. Serializability
/// is NP-complete: a cycle of inferred edges refutes it, an order that replays proves it, and of at
/// most [SerialSearch#MAX_TRANSACTIONS] transactions all orders are searched. The levels of
/// snapshots hold if serializability does, are violated if causality is or an update was lost, and
/// are unknown otherwise.
public final class RegisterJudge {
  private static final int WRITE_READ = EdgeKind.WR.bit();
  private static final int ALL = EdgeKind.WR.bit() | EdgeKind.WW.bit() | EdgeKind.RW.bit();

  private final TransactionHistory history;
  private final RegisterReads reads;
  private final Patience patience;
  private final Map<IsolationLevel, Standing> standings = new EnumMap<>(IsolationLevel.class);
  private Optional<int[]> order = Optional.empty();
  private OrderKept orderKept = OrderKept.NONE;

  private RegisterJudge(TransactionHistory history, RegisterReads reads, Patience patience) {
    this.history = history;
    this.reads = reads;
    this.patience = patience;
  }

  /// What was found out.
  ///
  /// @param defect what makes the history unfit to be judged, if anything does
  /// @param standings what cycles and orders say, by level
  /// @param findings what is wrong with single reads
  /// @param order a serial order, if one was found
  /// @param orderKept what else that order agrees with
  public record Judgement(
      Optional<String> defect,
      Map<IsolationLevel, Standing> standings,
      FindingList findings,
      Optional<int[]> order,
      OrderKept orderKept) {}

  /// Judges a history.
  public static Judgement judge(TransactionHistory history, Patience patience) {
    RegisterReads reads = new RegisterReads(history, patience);
    RegisterJudge judge = new RegisterJudge(history, reads, patience);
    if (reads.defect().isEmpty()) {
      patience.begin("orders were looked at", OrderKept.values().length);
      for (OrderKept kept : OrderKept.values()) {
        judge.judgeWithin(kept);
        patience.advance();
      }
    }
    return new Judgement(
        reads.defect(), judge.standings, reads.findings(), judge.order, judge.orderKept);
  }

  /// Judges the levels of one order; those that patience does not last for stay open.
  private void judgeWithin(OrderKept kept) {
    long held = patience.held();
    try {
      judge(kept);
    } catch (EndOfPatience end) {
      for (BaseLevel base : BaseLevel.values()) {
        if (!standings.containsKey(IsolationLevel.of(base, kept))) {
          set(base, kept, end.standing());
        }
      }
    } finally {
      patience.giveBack(patience.held() - held);
    }
  }

  private void judge(OrderKept kept) {
    int kinds = DependencyGraph.kindsOf(kept);
    InferredOrders orders = new InferredOrders(history, reads, patience);
    DependencyGraph plain = orders.graph();
    set(BaseLevel.READ_UNCOMMITTED, kept, new Standing.Holds());
    Standing committed = acyclic(plain, WRITE_READ | kinds);
    set(BaseLevel.READ_COMMITTED, kept, committed);
    Standing atomic = committed;
    if (committed instanceof Standing.Holds) {
      orders.infer(plain, kinds, WRITE_READ);
      atomic = acyclic(orders.graph(), ALL | kinds);
    }
    set(BaseLevel.READ_ATOMIC, kept, atomic);
    Standing causal = atomic;
    if (atomic instanceof Standing.Holds) {
      orders.infer(plain, WRITE_READ | kinds, 0);
      causal = acyclic(orders.graph(), ALL | kinds);
    }
    set(BaseLevel.CAUSAL, kept, causal);
    Standing serial = causal instanceof Standing.Holds ? serial(orders, kept) : causal;
    set(BaseLevel.SERIALIZABLE, kept, serial);
    set(BaseLevel.REPEATABLE_READ, kept, serial);
    Standing snapshot =
        serial instanceof Standing.Violated && causal instanceof Standing.Holds
            ? new Standing.Unknown("registers do not show the order of versions")
            : serial;
    set(BaseLevel.PARALLEL_SNAPSHOT, kept, snapshot);
    set(BaseLevel.SNAPSHOT, kept, snapshot);
  }

  private void set(BaseLevel base, OrderKept kept, Standing standing) {
    Standing known = standing;
    for (Map.Entry<IsolationLevel, Standing> weaker : standings.entrySet()) {
      if (weaker.getValue() instanceof Standing.Violated
          && IsolationLevel.of(base, kept).implies(weaker.getKey())) {
        known = weaker.getValue();
      }
    }
    standings.put(IsolationLevel.of(base, kept), known);
  }

  private Standing acyclic(DependencyGraph graph, int kinds) {
    patience.requireTime();
    Optional<Finding> cycle =
        GraphCycles.shortest(history, graph, kinds, new RegisterReasons(history));
    return cycle.isPresent() ? new Standing.Violated(cycle.get()) : new Standing.Holds();
  }

  private Standing serial(InferredOrders orders, OrderKept kept) {
    int kinds = ALL | DependencyGraph.kindsOf(kept);
    DependencyGraph graph = orders.graph();
    boolean news = true;
    while (news) {
      news = orders.infer(graph, kinds, 0);
      news |= orders.inferOverwrites(graph, kinds);
      graph = orders.graph();
      Standing standing = acyclic(graph, kinds);
      if (!(standing instanceof Standing.Holds)) {
        return standing;
      }
    }
    int[] candidate = GraphCycles.order(graph, kinds);
    if (SerialOrderVerifier.objection(history, candidate, kept).isEmpty()) {
      return found(candidate, kept);
    }
    int[] members =
        IntStream.range(0, history.size()).filter(each -> reads.member()[each]).toArray();
    if (members.length > SerialSearch.MAX_TRANSACTIONS) {
      return new Standing.Unknown("too many transactions to search all their orders");
    }
    SerialSearch search =
        new SerialSearch(history, graph, kinds, members, kept == OrderKept.REAL_TIME, patience);
    return switch (search.run()) {
      case ORDER -> found(search.order().orElseThrow(), kept);
      case NO_ORDER ->
          new Standing.Violated(
              new Finding(
                  Anomaly.NO_SERIAL_ORDER,
                  IntStream.of(members).boxed().toList(),
                  List.of(),
                  List.of("all orders of these transactions were searched, and none replays")));
      case GIVEN_UP -> new Standing.Unknown("the bound of the search was reached");
    };
  }

  private Standing found(int[] serialOrder, OrderKept kept) {
    order = Optional.of(serialOrder);
    orderKept = kept;
    return new Standing.Holds();
  }
}
