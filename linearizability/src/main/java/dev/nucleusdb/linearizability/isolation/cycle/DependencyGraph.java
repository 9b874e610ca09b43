package dev.nucleusdb.linearizability.isolation.cycle;

import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.level.Patience;
import dev.nucleusdb.linearizability.isolation.transaction.ReturnOrder;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Arrays;

/// Transactions and what depends on what, in compressed rows.
///
/// Nodes are numbered by invocation. An edge is one int: the target's number, and the kind in the
/// three lowest bits. Session order is edges like the others. Real time is kept as times alone: `r`
/// is before `s` if `r` returned before `s` was invoked, so with nodes sorted by invocation, what
/// follows a return is a suffix of all nodes.
public final class DependencyGraph {
  /// The kinds that carry information: what a transaction's effects are built on.
  static final int DATA = EdgeKind.WW.bit() | EdgeKind.WR.bit();

  /// The same where no update may be lost.
  static final int DATA_UNLOST = DATA | EdgeKind.CONFLICT.bit();

  /// Both kinds of anti-dependency.
  static final int ANTI = EdgeKind.RW.bit() | EdgeKind.PREDICATE_RW.bit();

  /// What follows from data.
  static final int DEPENDENCIES = DATA | ANTI;

  /// Every kind.
  static final int ALL =
      DEPENDENCIES | EdgeKind.CONFLICT.bit() | EdgeKind.SESSION.bit() | EdgeKind.REAL_TIME.bit();

  private static final int KIND_BITS = 3;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;

  /// What a node takes beside its edges: two times, its transaction, its place by return, whether
  /// it is a member, and what is needed while the graph is made.
  private static final long BYTES_OF_NODE = 32;

  private final Patience patience;
  private final int[] first;
  private final int[] edges;
  private final boolean[] member;
  private final long[] invokeTimes;
  private final long[] returnTimes;

  /// Nodes that returned, by the time of their return.
  private final int[] byReturn;

  /// The transaction in the history that each node stands for.
  private final int[] transactions;

  private DependencyGraph(
      Patience patience,
      EdgeCollector.Sorted sorted,
      boolean[] member,
      long[] invokeTimes,
      long[] returnTimes,
      int[] transactions) {
    this.patience = patience;
    this.first = sorted.first();
    this.edges = sorted.edges();
    this.member = member;
    this.invokeTimes = invokeTimes;
    this.returnTimes = returnTimes;
    this.transactions = transactions;
    this.byReturn = sortedByReturn(member, returnTimes);
  }

  /// The graph of a history.
  ///
  /// @param member by transaction, whether it happened; others have no edges
  /// @param collector the edges that follow from data; session order is added here
  public static DependencyGraph of(
      TransactionHistory history, boolean[] member, EdgeCollector collector) {
    int count = history.size();
    collector.patience().take(BYTES_OF_NODE * count);
    new SessionOrder(history, member).addTo(collector);
    long[] invokeTimes = new long[count];
    long[] returnTimes = new long[count];
    int[] transactions = new int[count];
    for (int node = 0; node < count; node++) {
      invokeTimes[node] = history.invokeTime(node);
      returnTimes[node] = history.returnTime(node);
      transactions[node] = node;
    }
    return new DependencyGraph(
        collector.patience(),
        collector.sorted(count),
        member,
        invokeTimes,
        returnTimes,
        transactions);
  }

  /// The part of this graph that some nodes and the edges between them are.
  ///
  /// @param nodes in ascending order
  DependencyGraph induced(int[] nodes) {
    patience.take(Integer.BYTES * (long) size() + BYTES_OF_NODE * nodes.length);
    int[] newNumbers = new int[size()];
    Arrays.fill(newNumbers, -1);
    long[] invokes = new long[nodes.length];
    long[] returns = new long[nodes.length];
    int[] names = new int[nodes.length];
    boolean[] members = new boolean[nodes.length];
    for (int place = 0; place < nodes.length; place++) {
      newNumbers[nodes[place]] = place;
      invokes[place] = invokeTimes[nodes[place]];
      returns[place] = returnTimes[nodes[place]];
      names[place] = transactions[nodes[place]];
      members[place] = true;
    }
    EdgeCollector inner = new EdgeCollector(patience);
    for (int node : nodes) {
      for (int edge = first[node]; edge < first[node + 1]; edge++) {
        int target = newNumbers[target(edge)];
        if (target >= 0) {
          inner.add(newNumbers[node], target, kind(edge));
        }
      }
    }
    patience.giveBack(Integer.BYTES * (long) size());
    return new DependencyGraph(
        patience, inner.sorted(nodes.length), members, invokes, returns, names);
  }

  /// The same graph with more edges.
  DependencyGraph extended(EdgeCollector more) {
    for (int node = 0; node < size(); node++) {
      for (int edge = first[node]; edge < first[node + 1]; edge++) {
        more.add(node, target(edge), kind(edge));
      }
    }
    patience.take(Integer.BYTES * (long) size());
    return new DependencyGraph(
        patience, more.sorted(size()), member, invokeTimes, returnTimes, transactions);
  }

  /// A graph of twice as many nodes, `2 n` and `2 n + 1` for each node `n`, with its times and
  /// other edges.
  DependencyGraph doubled(EdgeCollector collector) {
    int count = 2 * size();
    patience.take(BYTES_OF_NODE * count);
    boolean[] members = new boolean[count];
    long[] invokes = new long[count];
    long[] returns = new long[count];
    int[] names = new int[count];
    for (int node = 0; node < count; node++) {
      members[node] = member[node / 2];
      invokes[node] = invokeTimes[node / 2];
      returns[node] = returnTimes[node / 2];
      names[node] = transactions[node / 2];
    }
    return new DependencyGraph(patience, collector.sorted(count), members, invokes, returns, names);
  }

  private static int[] sortedByReturn(boolean[] member, long[] returnTimes) {
    int count = 0;
    for (int node = 0; node < member.length; node++) {
      count += returns(member, returnTimes, node) ? 1 : 0;
    }
    int[] nodes = new int[count];
    count = 0;
    for (int node = 0; node < member.length; node++) {
      if (returns(member, returnTimes, node)) {
        nodes[count++] = node;
      }
    }
    ReturnOrder.sort(nodes, returnTimes);
    return nodes;
  }

  private static boolean returns(boolean[] member, long[] returnTimes, int node) {
    return member[node] && returnTimes[node] != TransactionHistory.NEVER;
  }

  static int packed(int target, EdgeKind kind) {
    return target << KIND_BITS | kind.code();
  }

  /// The set of kinds that an order adds to those of data, as bits.
  public static int kindsOf(OrderKept order) {
    return switch (order) {
      case NONE -> 0;
      case SESSION -> EdgeKind.SESSION.bit();
      case REAL_TIME -> EdgeKind.SESSION.bit() | EdgeKind.REAL_TIME.bit();
    };
  }

  /// How long what is done with it may take, and how much it may hold.
  Patience patience() {
    return patience;
  }

  int size() {
    return transactions.length;
  }

  /// How many edges there are, real time aside.
  public int edgeCount() {
    return edges.length;
  }

  boolean isMember(int node) {
    return member[node];
  }

  int transaction(int node) {
    return transactions[node];
  }

  int firstEdge(int node) {
    return first[node];
  }

  int endEdge(int node) {
    return first[node + 1];
  }

  int target(int edge) {
    return edges[edge] >>> KIND_BITS;
  }

  EdgeKind kind(int edge) {
    return EdgeKind.of(edges[edge] & KIND_MASK);
  }

  /// Whether an edge's kind is in a set.
  boolean isOf(int edge, int kinds) {
    return (kinds >>> (edges[edge] & KIND_MASK) & 1) != 0;
  }

  int[] byReturn() {
    return byReturn;
  }

  long invokeTime(int node) {
    return invokeTimes[node];
  }

  long returnTime(int node) {
    return returnTimes[node];
  }

  boolean returned(int node) {
    return returns(member, returnTimes, node);
  }

  /// The first node that was invoked after a time, or the size if there is none.
  int firstInvokedAfter(long time) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (invokeTimes[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
