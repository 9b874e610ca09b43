package dev.nucleusdb.linearizability.isolation.verify;

import dev.nucleusdb.linearizability.isolation.level.Anomaly;
import dev.nucleusdb.linearizability.isolation.level.BaseLevel;
import dev.nucleusdb.linearizability.isolation.level.EdgeKind;
import dev.nucleusdb.linearizability.isolation.level.Finding;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Derives each edge of a cycle again from the raw transactions, and says which levels forbid its
/// shape.
public final class CycleVerifier {
  private final TransactionHistory history;
  private final RawLists lists;

  private CycleVerifier(TransactionHistory history, List<Integer> transactions) {
    this.history = history;
    this.lists = new RawLists(history, transactions);
  }

  /// What is wrong with a cycle of transactions on lists as proof that a level is violated, or
  /// empty if it is one.
  public static Optional<String> objection(
      TransactionHistory history, Finding finding, IsolationLevel level) {
    List<Integer> cycle = finding.transactions();
    CycleVerifier verifier = new CycleVerifier(history, cycle);
    for (int place = 0; place < cycle.size(); place++) {
      int from = cycle.get(place);
      int to = cycle.get((place + 1) % cycle.size());
      EdgeKind kind = finding.edges().get(place);
      if (from == to || !verifier.isEdge(from, to, kind)) {
        return Optional.of("T" + (from + 1) + " -> T" + (to + 1) + " is no " + kind);
      }
    }
    return misnamed(finding)
        .or(() ->
            isForbidden(finding.edges(), level)
                ? Optional.empty()
                : Optional.of(level + " allows it"));
  }

  /// Whether a cycle has another name than its edges give it.
  static Optional<String> misnamed(Finding finding) {
    return finding.anomaly() == Anomaly.ofCycle(finding.edges())
        ? Optional.empty()
        : Optional.of("it is no " + finding.anomaly());
  }

  /// Whether a level forbids cycles of some edges.
  static boolean isForbidden(List<EdgeKind> edges, IsolationLevel level) {
    int rw = (int) edges.stream().filter(EdgeKind::isAntiDependency).count();
    boolean data = edges.contains(EdgeKind.WW) || edges.contains(EdgeKind.CONFLICT);
    boolean adjacent = false;
    for (int place = 0; place < edges.size(); place++) {
      EdgeKind next = edges.get((place + 1) % edges.size());
      adjacent |= edges.get(place).isAntiDependency() && next.isAntiDependency();
    }
    BaseLevel base = level.base();
    boolean shape = rw == 0 && !edges.contains(EdgeKind.WR);
    if (base.implies(BaseLevel.READ_COMMITTED)) {
      shape |= rw == 0;
    }
    if (base.implies(BaseLevel.READ_ATOMIC)) {
      shape |= rw == 1 && !data && edges.size() == 2;
    }
    if (base.implies(BaseLevel.CAUSAL)) {
      shape |= rw == 1 && !data;
    }
    if (base.implies(BaseLevel.PARALLEL_SNAPSHOT)) {
      shape |= rw == 1;
    }
    if (base.implies(BaseLevel.SNAPSHOT)) {
      shape |= !adjacent;
    }
    if (base.implies(BaseLevel.REPEATABLE_READ)) {
      shape |= !edges.contains(EdgeKind.PREDICATE_RW);
    }
    shape |= base == BaseLevel.SERIALIZABLE;
    OrderKept order = level.order();
    boolean unlost = base.implies(BaseLevel.PARALLEL_SNAPSHOT);
    return shape
        && (unlost || !edges.contains(EdgeKind.CONFLICT))
        && (order.implies(OrderKept.SESSION) || !edges.contains(EdgeKind.SESSION))
        && (order.implies(OrderKept.REAL_TIME) || !edges.contains(EdgeKind.REAL_TIME));
  }

  private boolean isEdge(int from, int to, EdgeKind kind) {
    return switch (kind) {
      case SESSION ->
          from < to && history.session(from) == history.session(to) && history.isCommitted(from);
      case REAL_TIME ->
          history.isCommitted(from) && history.returnTime(from) < history.invokeTime(to);
      case WR -> lists.steps(to).stream().anyMatch(read -> readsFrom(to, read, from));
      case RW, PREDICATE_RW ->
          lists.steps(from).stream()
              .anyMatch(read ->
                  lists.isRead(from, read)
                      && lists.steps(to).stream().anyMatch(add -> isLater(from, read, add)));
      case WW ->
          lists.steps(from).stream()
              .anyMatch(first ->
                  lists.isAppend(first)
                      && lists.steps(to).stream().anyMatch(add -> isAfter(first, add)));
      case CONFLICT ->
          lists.steps(from).stream()
              .anyMatch(read ->
                  lists.isRead(from, read)
                      && lists.steps(to).stream().anyMatch(add -> isNext(from, read, add)));
    };
  }

  /// Whether a read shows a version of a writer.
  private boolean readsFrom(int reader, int read, int writer) {
    if (!lists.isRead(reader, read)) {
      return false;
    }
    List<Integer> seen = lists.fromOthers(reader, read);
    return !seen.isEmpty()
        && lists.steps(writer).stream()
            .anyMatch(add ->
                lists.isAppend(add)
                    && history.key(add) == history.key(read)
                    && history.value(add) == seen.getLast());
  }

  /// Whether what a step appended comes after what a read showed: in a longer list that was read,
  /// or in none.
  private boolean isLater(int reader, int read, int add) {
    if (!lists.isAppend(add) || history.key(add) != history.key(read)) {
      return false;
    }
    List<Integer> seen = lists.fromOthers(reader, read);
    int value = history.value(add);
    return !seen.contains(value)
        && (!lists.isSeen(history.key(add), value)
            || lists.readsOf(history.key(add)).stream()
                .anyMatch(longer ->
                    longer.contains(value) && Collections.indexOfSubList(longer, seen) == 0));
  }

  /// Whether what one step appended comes after what another did.
  private boolean isAfter(int first, int second) {
    int key = history.key(first);
    if (!lists.isAppend(second) || history.key(second) != key) {
      return false;
    }
    int early = history.value(first);
    int late = history.value(second);
    boolean together =
        lists.readsOf(key).stream()
            .anyMatch(list ->
                list.contains(early)
                    && list.contains(late)
                    && list.indexOf(early) < list.indexOf(late));
    return together || (lists.isSeen(key, early) && !lists.isSeen(key, late));
  }

  /// Whether a transaction read the newest version that anybody read, and appended to it, while a
  /// step of another one appended something that nobody read.
  private boolean isNext(int reader, int read, int add) {
    int key = history.key(read);
    List<Integer> seen = lists.fromOthers(reader, read);
    boolean appends =
        lists.steps(reader).stream()
            .anyMatch(step -> lists.isAppend(step) && history.key(step) == key);
    return appends
        && lists.isAppend(add)
        && history.key(add) == key
        && !lists.isSeen(key, history.value(add))
        && lists.readsOf(key).stream().allMatch(list -> list.size() <= seen.size());
  }
}
