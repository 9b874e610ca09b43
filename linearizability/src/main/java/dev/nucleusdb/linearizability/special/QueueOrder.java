package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.special.UniqueElements.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The order of a queue's values, and of the operations on them.
final class QueueOrder {
  private static final Proposal NOTHING = new Proposal.Nothing();

  private QueueOrder() {}

  static Proposal propose(List<Element> elements, List<Operation> empties) {
    List<Element> order = new ArrayList<>();
    @Nullable Proposal conflict = arrange(elements, order);
    return conflict == null ? merge(order, empties) : conflict;
  }

  /// Takes one value after the other of which no remaining one was enqueued before, nor dequeued
  /// before. Where there is none, two remaining values contradict each other.
  private static @Nullable Proposal arrange(List<Element> elements, List<Element> order) {
    List<Element> byInvocation =
        sorted(elements, Comparator.comparingLong(e -> e.enqueue.invokeTime()));
    List<Element> byEnqueued =
        sorted(elements, Comparator.comparingLong(e -> e.enqueue.returnTime()));
    List<Element> byDequeued = sorted(elements, Comparator.comparingLong(Element::dequeueReturned));
    PriorityQueue<Element> ready =
        new PriorityQueue<>(
            Comparator.comparingLong(Element::dequeueInvoked)
                .thenComparingLong(e -> e.enqueue.invokeTime()));
    int invoked = 0;
    int enqueued = 0;
    int dequeued = 0;
    while (order.size() < elements.size()) {
      while (byEnqueued.get(enqueued).ordered) {
        enqueued++;
      }
      while (byDequeued.get(dequeued).ordered) {
        dequeued++;
      }
      Element firstEnqueued = byEnqueued.get(enqueued);
      while (invoked < byInvocation.size()
          && byInvocation.get(invoked).enqueue.invokeTime() <= firstEnqueued.enqueue.returnTime()) {
        ready.add(byInvocation.get(invoked++));
      }
      Element next = ready.remove();
      Element firstDequeued = byDequeued.get(dequeued);
      if (next.dequeueInvoked() > firstDequeued.dequeueReturned()) {
        return conflict(firstEnqueued, firstDequeued);
      }
      order.add(next);
      next.ordered = true;
    }
    return null;
  }

  private static List<Element> sorted(List<Element> elements, Comparator<Element> by) {
    List<Element> sorted = new ArrayList<>(elements);
    sorted.sort(by);
    return sorted;
  }

  private static Proposal conflict(Element one, Element other) {
    List<Operation> kept = new ArrayList<>(List.of(one.enqueue, other.enqueue));
    for (Element element : List.of(one, other)) {
      if (element.dequeue != null) {
        kept.add(element.dequeue);
      }
    }
    return new Proposal.Conflict(kept);
  }

  /// Merges enqueues and dequeues, each in the order of the values, and what found the queue empty.
  /// If that goes wrong, another order of the values may still do.
  private static Proposal merge(List<Element> elements, List<Operation> empties) {
    List<Operation> enqueues = new ArrayList<>();
    List<Operation> dequeues = new ArrayList<>();
    for (Element element : elements) {
      enqueues.add(element.enqueue);
      if (element.dequeue != null) {
        if (dequeues.size() < enqueues.size() - 1) {
          return NOTHING;
        }
        dequeues.add(element.dequeue);
      }
    }
    Row in = new Row(enqueues);
    Row out = new Row(dequeues);
    Row empty = new Row(sortedByReturn(empties));
    List<Operation> order = new ArrayList<>();
    while (!in.isDone() || !out.isDone() || !empty.isDone()) {
      if (in.place == out.place && empty.mayGo(in, out)) {
        order.add(empty.take());
      } else if (out.place < in.place && out.mayGo(in, empty)) {
        order.add(out.take());
      } else if (in.mayGo(out, empty)) {
        order.add(in.take());
      } else {
        return NOTHING;
      }
    }
    return new Proposal.Order(order);
  }

  private static List<Operation> sortedByReturn(List<Operation> operations) {
    List<Operation> sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparingLong(Operation::returnTime));
    return sorted;
  }

  /// Operations that go one after the other.
  private static final class Row {
    private final List<Operation> operations;

    /// By place, the first return from there on.
    private final long[] firstReturn;

    private int place;

    Row(List<Operation> operations) {
      this.operations = operations;
      this.firstReturn = new long[operations.size() + 1];
      firstReturn[operations.size()] = Operation.NEVER;
      for (int index = operations.size() - 1; index >= 0; index--) {
        firstReturn[index] = Math.min(firstReturn[index + 1], operations.get(index).returnTime());
      }
    }

    boolean isDone() {
      return place == operations.size();
    }

    /// Whether nothing that has not gone yet in the other rows returned before the next one here.
    boolean mayGo(Row one, Row other) {
      return !isDone()
          && operations.get(place).invokeTime()
              <= Math.min(one.firstReturn[one.place], other.firstReturn[other.place]);
    }

    Operation take() {
      return operations.get(place++);
    }
  }
}
