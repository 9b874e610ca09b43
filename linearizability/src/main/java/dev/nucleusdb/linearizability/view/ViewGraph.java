package dev.nucleusdb.linearizability.view;

import dev.nucleusdb.linearizability.search.PartialOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The operations of one view, with those that must come before each.
///
/// Of another client's operations a view holds the updates alone. Where its order counts, the rest
/// stands there as silent operations, so that the order is passed on through them.
final class ViewGraph {
  /// The client of a view that holds the operations of all.
  static final int ALL_CLIENTS = -1;

  /// The client of a view that holds the updates alone.
  static final int NOBODY = -2;

  private final Program<?> program;
  private final ViewOrder order;
  private final int viewer;
  private final int[] seen;

  /// By operation of the program, its number here, or -1.
  private final int[] numberOf;

  /// By number, the operation of the program.
  final int[] operations;

  final PartialOrder.Part[] part;
  final List<List<Integer>> predecessors = new ArrayList<>();

  /// @param viewer the client whose view it is, [#ALL_CLIENTS], or [#NOBODY]
  /// @param seen by operation of the program, the update that it is taken to have seen,
  ///   [Program#INITIAL], or [Program#NOTHING]
  ViewGraph(Program<?> program, ViewOrder order, int viewer, int[] seen) {
    this.program = program;
    this.order = order;
    this.viewer = viewer;
    this.seen = seen;
    this.numberOf = new int[program.size()];
    Arrays.fill(numberOf, -1);
    this.operations = choose();
    this.part = new PartialOrder.Part[operations.length];
    boolean[] happened = happened();
    for (int number = 0; number < operations.length; number++) {
      numberOf[operations[number]] = number;
      predecessors.add(new ArrayList<>());
      part[number] =
          !happened[operations[number]]
              ? PartialOrder.Part.OPTIONAL
              : isJudged(operations[number])
                  ? PartialOrder.Part.REQUIRED
                  : PartialOrder.Part.SILENT;
    }
    link();
  }

  private int[] choose() {
    List<Integer> chosen = new ArrayList<>();
    for (int operation = 0; operation < program.size(); operation++) {
      if (order.program() || isJudged(operation)) {
        chosen.add(operation);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /// What completed, and what must have happened because it was seen.
  private boolean[] happened() {
    boolean[] happened = program.completed.clone();
    for (int operation = 0; operation < program.size(); operation++) {
      if (order.asksWhoWasSeen() && seen[operation] >= 0) {
        happened[seen[operation]] = true;
      }
      if (isJudged(operation) && program.surelySeen[operation] >= 0) {
        happened[program.surelySeen[operation]] = true;
      }
    }
    return happened;
  }

  /// Whether the view must explain an operation's answer.
  boolean isJudged(int operation) {
    return program.updates[operation] || isOwn(operation);
  }

  private boolean isOwn(int operation) {
    return viewer == ALL_CLIENTS || program.client[operation] == viewer;
  }

  private void link() {
    for (int[] own : program.byClient) {
      if (order.program()) {
        linkInOrder(own);
        continue;
      }
      int[] updates = Arrays.stream(own).filter(one -> program.updates[one]).toArray();
      if (order.monotonicWrites()) {
        linkInOrder(updates);
      }
      if (order.writesFollowReads()) {
        linkSeenBefore(own, updates);
      }
      if (own.length > 0 && isOwn(own[0])) {
        linkOwn(own, updates);
      }
    }
    if (order.readsFrom()) {
      for (int operation : operations) {
        if (seen[operation] >= 0) {
          link(seen[operation], operation);
        }
      }
    }
  }

  private void linkOwn(int[] own, int[] updates) {
    int[] observers = Arrays.stream(own).filter(one -> program.observes[one]).toArray();
    if (order.monotonicReads()) {
      linkInOrder(observers);
    }
    if (order.readYourWrites()) {
      for (int update : updates) {
        for (int observer : observers) {
          if (program.precedes(update, observer)) {
            link(update, observer);
          }
        }
      }
    }
  }

  private void linkSeenBefore(int[] own, int[] updates) {
    for (int operation : own) {
      if (seen[operation] < 0) {
        continue;
      }
      for (int update : updates) {
        if (program.precedes(operation, update)) {
          link(seen[operation], update);
        }
      }
    }
  }

  /// Links operations of one client, each to those just before it, which stand for all others.
  private void linkInOrder(int[] members) {
    int[] byReturn =
        Arrays.stream(members)
            .filter(one -> program.completed[one])
            .boxed()
            .sorted(Comparator.comparingLong(one -> program.operations.get(one).returnTime()))
            .mapToInt(Integer::intValue)
            .toArray();
    int returned = 0;
    for (int member : members) {
      long invoked = program.operations.get(member).invokeTime();
      while (returned < byReturn.length
          && program.operations.get(byReturn[returned]).returnTime() < invoked) {
        returned++;
      }
      long latestInvocation = -1;
      for (int place = returned - 1; place >= 0; place--) {
        int before = byReturn[place];
        if (program.operations.get(before).returnTime() < latestInvocation) {
          break;
        }
        link(before, member);
        latestInvocation = Math.max(latestInvocation, program.operations.get(before).invokeTime());
      }
    }
  }

  private void link(int before, int after) {
    predecessors.get(numberOf[after]).add(numberOf[before]);
  }

  int size() {
    return operations.length;
  }

  /// Whether the view must explain what the operation of a number saw, and only one update can.
  boolean mustSee(int number) {
    return part[number] == PartialOrder.Part.REQUIRED
        && program.surelySeen[operations[number]] != Program.NOTHING;
  }

  /// If [#mustSee]: the number of the update that the operation of a number saw, or
  /// [Program#INITIAL].
  int seenBy(int number) {
    int update = program.surelySeen[operations[number]];
    return update < 0 ? update : numberOf[update];
  }

  /// The same, ready for the search.
  ///
  /// @param ownFirst whether the viewer's operations are preferred; otherwise, what was invoked
  ///   earlier is
  PartialOrder partialOrder(boolean ownFirst) {
    int[] preference = new int[size()];
    int[][] before = new int[size()][];
    for (int number = 0; number < size(); number++) {
      boolean behind = ownFirst && !isOwn(operations[number]);
      preference[number] = behind ? program.size() + number : number;
      before[number] = predecessors.get(number).stream().mapToInt(Integer::intValue).toArray();
    }
    return new PartialOrder(
        Arrays.stream(operations).mapToObj(program.operations::get).toList(),
        part,
        before,
        preference);
  }
}
