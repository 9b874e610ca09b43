package dev.nucleusdb.linearizability.special;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue into which every value goes once (Henzinger, Sezgin, Vafeiadis 2013: what can be wrong
/// is wrong of two values already).
///
/// First the values are put in an order that neither enqueues nor dequeues contradict, then the two
/// rows of operations are merged: a dequeue goes as soon as it may, for that never harms.
final class UniqueElements implements SpecialCase {
  private static final Proposal NOTHING = new Proposal.Nothing();

  @Override
  public Proposal propose(List<Operation> operations) {
    Map<Value, Element> elements = new LinkedHashMap<>();
    List<Operation> empties = new ArrayList<>();
    List<Operation> dequeues = new ArrayList<>();
    List<Operation> unknownDequeues = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.FAILED) {
        continue;
      }
      Action action = operation.action();
      boolean completed = operation.outcome() == Outcome.OK;
      if (action.function().equals("enqueue")) {
        Element element = new Element(operation);
        if (elements.putIfAbsent(action.argument(0), element) != null) {
          return NOTHING;
        }
      } else if (action.result().equals(Value.ABSENT)) {
        empties.add(operation);
      } else if (completed && !action.result().equals(Value.UNRECORDED)) {
        dequeues.add(operation);
      } else if (completed) {
        return NOTHING;
      } else {
        unknownDequeues.add(operation);
      }
    }
    for (Operation dequeue : dequeues) {
      @Nullable Element element = elements.get(dequeue.action().result());
      if (element == null) {
        return new Proposal.Conflict(List.of(dequeue));
      }
      if (element.dequeue != null) {
        return new Proposal.Conflict(List.of(element.enqueue, element.dequeue, dequeue));
      }
      element.dequeue = dequeue;
    }
    List<Element> certain =
        new ArrayList<>(elements.values().stream().filter(Element::isCertain).toList());
    matchUnknown(certain, unknownDequeues);
    Proposal proposal = QueueOrder.propose(certain, empties);
    return !unknownDequeues.isEmpty() && !(proposal instanceof Proposal.Order) ? NOTHING : proposal;
  }

  /// A value that nobody took, although one that was enqueued after it was taken, must have been
  /// taken by a dequeue of unknown result.
  private static void matchUnknown(List<Element> elements, List<Operation> unknownDequeues) {
    long lastTaken = -1;
    for (Element element : elements) {
      if (element.dequeue != null) {
        lastTaken = Math.max(lastTaken, element.enqueue.invokeTime());
      }
    }
    int matched = 0;
    for (Element element : elements) {
      boolean stuck = element.dequeue == null && element.enqueue.returnTime() < lastTaken;
      if (stuck && matched < unknownDequeues.size()) {
        element.dequeue = unknownDequeues.get(matched++);
      }
    }
  }

  /// A value with what put it in and what took it out.
  static final class Element {
    final Operation enqueue;
    @Nullable Operation dequeue;

    /// Whether its place among the values is known.
    boolean ordered;

    Element(Operation enqueue) {
      this.enqueue = enqueue;
    }

    boolean isCertain() {
      return dequeue != null || enqueue.outcome() == Outcome.OK;
    }

    /// When the dequeue was invoked; never, if there was none.
    long dequeueInvoked() {
      return dequeue == null ? Operation.NEVER : dequeue.invokeTime();
    }

    long dequeueReturned() {
      return dequeue == null ? Operation.NEVER : dequeue.returnTime();
    }
  }
}
