package dev.nucleusdb.linearizability.isolation;

import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.isolation.level.IsolationLevel;
import dev.nucleusdb.linearizability.isolation.level.OrderKept;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The definitions, over all orders of commit: what the judges are compared with. Takes time that
/// grows with the factorial, and shares nothing with the judge but the history.
///
/// For each set of transactions of unknown fate that may have happened, and each order of commit,
/// the versions of a list are the appends in that order. A read from outside shows a version; a
/// level says which transactions a transaction must see (`visible`), and each read must show the
/// newest version that a seen transaction wrote (Cerone, Bernardi, Gotsman 2015).
final class BruteForceLevels {
  private final TransactionHistory history;
  private final boolean registers;
  private final Set<IsolationLevel> holding = EnumSet.noneOf(IsolationLevel.class);
  private List<Integer> order = List.of();
  private int[] placeOf;

  private BruteForceLevels(DataModel model, TransactionHistory history) {
    this.history = history;
    this.registers = model == DataModel.REGISTERS;
    this.placeOf = new int[history.size()];
  }

  static Set<IsolationLevel> of(DataModel model, TransactionHistory history) {
    BruteForceLevels levels = new BruteForceLevels(model, history);
    levels.chooseMembers(0, new ArrayList<>());
    return levels.holding;
  }

  private void chooseMembers(int next, List<Integer> members) {
    if (next == history.size()) {
      permute(new ArrayList<>(members), 0);
      return;
    }
    if (history.outcome(next) != Outcome.OK) {
      chooseMembers(next + 1, members);
    }
    if (history.outcome(next) != Outcome.FAILED) {
      members.add(next);
      chooseMembers(next + 1, members);
      members.removeLast();
    }
  }

  private void permute(List<Integer> members, int from) {
    if (from == members.size()) {
      order = List.copyOf(members);
      placeOf = new int[history.size()];
      Arrays.fill(placeOf, -1);
      for (int place = 0; place < order.size(); place++) {
        placeOf[order.get(place)] = place;
      }
      judgeOrder();
      return;
    }
    for (int place = from; place < members.size(); place++) {
      Collections.swap(members, from, place);
      permute(members, from + 1);
      Collections.swap(members, from, place);
    }
  }

  private void judgeOrder() {
    for (IsolationLevel level : IsolationLevel.values()) {
      if (!holding.contains(level) && keepsOrder(level.order()) && explains(level)) {
        holding.add(level);
      }
    }
  }

  private boolean before(OrderKept kept, int first, int second) {
    boolean session =
        first < second
            && history.session(first) == history.session(second)
            && history.outcome(first) == Outcome.OK;
    boolean time =
        history.outcome(first) == Outcome.OK
            && history.returnTime(first) < history.invokeTime(second);
    return switch (kept) {
      case NONE -> false;
      case SESSION -> session;
      case REAL_TIME -> session || time;
    };
  }

  private boolean keepsOrder(OrderKept kept) {
    for (int first : order) {
      for (int second : order) {
        if (before(kept, first, second) && placeOf[first] > placeOf[second]) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean explains(IsolationLevel level) {
    return switch (level.base()) {
      case READ_UNCOMMITTED -> readsArePrefixes(false);
      case READ_COMMITTED -> readsArePrefixes(true) && readsFromEarlier();
      case READ_ATOMIC -> consistent() && sees(visible(level.order(), false, false));
      case CAUSAL -> consistent() && sees(visible(level.order(), true, false));
      case PARALLEL_SNAPSHOT -> consistent() && sees(visible(level.order(), true, true));
      case SNAPSHOT -> consistent() && snapshots(level.order());
      case REPEATABLE_READ, SERIALIZABLE -> consistent() && serial();
    };
  }

  // ---- lists

  /// What a key holds after the first transactions of the order: all elements, or the value of a
  /// register as the only one.
  private List<Integer> list(int key, int end) {
    List<Integer> list = new ArrayList<>();
    for (int place = 0; place < end; place++) {
      List<Integer> added = appended(order.get(place), key, history.endStep(order.get(place)));
      if (registers && !added.isEmpty()) {
        list.clear();
      }
      list.addAll(registers && !added.isEmpty() ? List.of(added.getLast()) : added);
    }
    return list;
  }

  private List<Integer> appended(int transaction, int key, int endStep) {
    List<Integer> own = new ArrayList<>();
    for (int step = history.firstStep(transaction); step < endStep; step++) {
      if (history.kind(step).isWrite() && history.key(step) == key) {
        own.add(history.value(step));
      }
    }
    return own;
  }

  private boolean isRead(int step) {
    return !history.kind(step).isWrite();
  }

  private List<Integer> read(int step) {
    List<Integer> read = new ArrayList<>();
    if (registers) {
      return history.value(step) == TransactionHistory.ABSENT
          ? List.of()
          : List.of(history.value(step));
    }
    for (int place = history.listStart(step); place < history.listEnd(step); place++) {
      read.add(history.elements()[place]);
    }
    return read;
  }

  private interface ReadTest {
    boolean passes(int transaction, int step);
  }

  private boolean allReads(ReadTest test) {
    for (int transaction : order) {
      if (history.outcome(transaction) != Outcome.OK) {
        continue;
      }
      for (int step = history.firstStep(transaction); step < history.endStep(transaction); step++) {
        if (isRead(step) && !test.passes(transaction, step)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isAborted(int key, int value) {
    for (int other = 0; other < history.size(); other++) {
      if (history.outcome(other) == Outcome.FAILED
          && appended(other, key, history.endStep(other)).contains(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWritten(int key, int value) {
    for (int other = 0; other < history.size(); other++) {
      if (appended(other, key, history.endStep(other)).contains(value)) {
        return true;
      }
    }
    return false;
  }

  /// Elements of aborted transactions are ignored unless reads have to be committed.
  private boolean readsArePrefixes(boolean committed) {
    if (registers) {
      return allReads((_, step) ->
          read(step).stream()
              .allMatch(value ->
                  isWritten(history.key(step), value)
                      && !(committed && isAborted(history.key(step), value))));
    }
    return allReads((transaction, step) -> {
      int key = history.key(step);
      List<Integer> seen = new ArrayList<>(read(step));
      if (!committed) {
        seen.removeIf(value -> isAborted(key, value));
      }
      List<Integer> all = list(key, order.size());
      return seen.size() <= all.size() && all.subList(0, seen.size()).equals(seen);
    });
  }

  /// What a read shows of others: the list without what its own transaction had appended, or null
  /// if that is not its end.
  private @Nullable List<Integer> external(int transaction, int step) {
    List<Integer> read = read(step);
    List<Integer> own = appended(transaction, history.key(step), step);
    if (registers) {
      return own.isEmpty() ? read : null;
    }
    int before = read.size() - own.size();
    return before >= 0 && read.subList(before, read.size()).equals(own)
        ? read.subList(0, before)
        : null;
  }

  /// Whether a read of a register shows what its own transaction had written last.
  private boolean isOwn(int transaction, int step) {
    List<Integer> own = appended(transaction, history.key(step), step);
    return registers && !own.isEmpty() && read(step).equals(List.of(own.getLast()));
  }

  /// Who wrote the version that a read shows, -1 for nobody, -2 if no transaction's last append is
  /// its end.
  private int writerOfVersion(int key, List<Integer> version) {
    if (version.isEmpty()) {
      return -1;
    }
    for (int place = 0; place < order.size(); place++) {
      int writer = order.get(place);
      if (!appended(writer, key, history.endStep(writer)).isEmpty()
          && list(key, place + 1).equals(version)) {
        return writer;
      }
    }
    return -2;
  }

  private boolean readsFromEarlier() {
    return allReads((transaction, step) -> {
      List<Integer> read = read(step);
      List<Integer> own = appended(transaction, history.key(step), step);
      List<Integer> all = appended(transaction, history.key(step), history.endStep(transaction));
      if (all.subList(own.size(), all.size()).stream().anyMatch(read::contains)) {
        return false;
      }
      List<Integer> external = external(transaction, step);
      if (external == null) {
        external = read;
      }
      if (isOwn(transaction, step)) {
        return true;
      }
      if (!external.isEmpty() && all.contains(external.getLast())) {
        return true;
      }
      int writer = writerOfVersion(history.key(step), external);
      return writer == -1 || (writer >= 0 && placeOf[writer] < placeOf[transaction]);
    });
  }

  /// Whether all reads show versions, and none contradicts its own transaction.
  private boolean consistent() {
    return readsArePrefixes(true)
        && allReads((transaction, step) -> {
          if (isOwn(transaction, step)) {
            return true;
          }
          List<Integer> external = external(transaction, step);
          if (external == null) {
            return false;
          }
          for (int earlier = history.firstStep(transaction); earlier < step; earlier++) {
            if (isRead(earlier)
                && history.key(earlier) == history.key(step)
                && !isOwn(transaction, earlier)
                && !external.equals(external(transaction, earlier))) {
              return false;
            }
          }
          return true;
        });
  }

  // ---- visibility

  private boolean writes(int transaction, int key) {
    return !appended(transaction, key, history.endStep(transaction)).isEmpty();
  }

  /// The least that must be visible, or null if it is not part of the order.
  private boolean @Nullable [][] visible(OrderKept kept, boolean transitive, boolean conflicts) {
    int count = history.size();
    boolean[][] visible = new boolean[count][count];
    for (int first : order) {
      for (int second : order) {
        visible[first][second] |= before(kept, first, second);
        for (int key = 0; conflicts && key < history.keyCount(); key++) {
          visible[first][second] |=
              placeOf[first] < placeOf[second] && writes(first, key) && writes(second, key);
        }
      }
    }
    boolean readable =
        allReads((transaction, step) -> {
          if (isOwn(transaction, step)) {
            return true;
          }
          List<Integer> external = Objects.requireNonNull(external(transaction, step));
          int writer = writerOfVersion(history.key(step), external);
          if (writer >= 0 && writer != transaction) {
            visible[writer][transaction] = true;
          }
          return writer >= -1;
        });
    if (!readable) {
      return null;
    }
    for (int middle = 0; transitive && middle < count; middle++) {
      for (int first = 0; first < count; first++) {
        for (int second = 0; second < count; second++) {
          visible[first][second] |= visible[first][middle] && visible[middle][second];
        }
      }
    }
    for (int first : order) {
      for (int second : order) {
        if (visible[first][second] && placeOf[first] >= placeOf[second]) {
          return null;
        }
      }
    }
    return visible;
  }

  private boolean sees(boolean @Nullable [][] visible) {
    return visible != null
        && allReads((transaction, step) -> {
          if (isOwn(transaction, step)) {
            return true;
          }
          int key = history.key(step);
          int newest = -1;
          for (int writer : order) {
            if (visible[writer][transaction] && writes(writer, key)) {
              newest = writer;
            }
          }
          List<Integer> version = newest < 0 ? List.of() : list(key, placeOf[newest] + 1);
          return version.equals(external(transaction, step));
        });
  }

  private boolean snapshots(OrderKept kept) {
    for (int transaction : order) {
      boolean found = false;
      for (int size = placeOf[transaction]; size >= 0 && !found; size--) {
        found = fits(transaction, size, kept);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /// Whether a transaction may have read the first transactions of the order.
  private boolean fits(int transaction, int size, OrderKept kept) {
    for (int place = size; place < placeOf[transaction]; place++) {
      int other = order.get(place);
      if (before(kept, other, transaction)) {
        return false;
      }
      for (int key = 0; key < history.keyCount(); key++) {
        if (writes(other, key) && writes(transaction, key)) {
          return false;
        }
      }
    }
    return readsAre(transaction, size);
  }

  private boolean readsAre(int transaction, int size) {
    return allReads((other, step) ->
        other != transaction
            || isOwn(transaction, step)
            || list(history.key(step), size).equals(external(transaction, step)));
  }

  private boolean serial() {
    return order.stream().allMatch(transaction -> readsAre(transaction, placeOf[transaction]));
  }
}
