package dev.nucleusdb.linearizability.stream;

import dev.nucleusdb.linearizability.Counterexample;
import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.LinearizabilityChecker;
import dev.nucleusdb.linearizability.Verdict;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The events of one object on their way into its [Frontier].
///
/// An invocation waits until it is known how the operation ended, and everything behind it waits
/// too. Invocations come before returns of the same time, because intervals are closed; so events
/// of the latest time wait as well.
final class ObjectStream<S> {
  /// An operation whose outcome becomes known.
  static final class Pending {
    final Operation invoked;
    private @Nullable Operation ended;

    Pending(Operation invoked) {
      this.invoked = invoked;
    }
  }

  /// An invocation, or a return.
  private record Event(Pending pending, boolean isReturn, long time) {}

  private final Value key;
  private final Model<S> model;
  private final Limits limits;
  private final StreamOptions options;
  private final Frontier<S> frontier;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final Deque<Event> latestReturns = new ArrayDeque<>();
  private long latest = -1;

  /// The operations since the past was settled, and the state in which it was.
  private List<Operation> since = new ArrayList<>();

  private S settledState;
  private long passedCount;
  private @Nullable StreamVerdict ended;

  ObjectStream(Value key, Model<S> model, Limits limits, StreamOptions options) {
    this.key = key;
    this.model = model;
    this.limits = limits;
    this.options = options;
    this.frontier = new Frontier<>(model, limits);
    this.settledState = model.initial();
  }

  void invoke(Pending pending) {
    if (ended == null) {
      advanceTo(pending.invoked.invokeTime());
      waiting.add(new Event(pending, false, pending.invoked.invokeTime()));
      if (waiting.size() + latestReturns.size() > options.maxWaiting()) {
        end(new StreamVerdict.Undecided(key, passedCount, Verdict.Cause.MEMORY));
      }
    }
  }

  void complete(Pending pending, Operation operation) {
    pending.ended = operation;
    if (ended == null && operation.outcome() == Outcome.OK) {
      advanceTo(operation.returnTime());
      latestReturns.add(new Event(pending, true, operation.returnTime()));
    }
  }

  /// Nothing comes any more that is earlier than this.
  void advanceTo(long time) {
    if (time > latest) {
      waiting.addAll(latestReturns);
      latestReturns.clear();
      latest = time;
      drain();
    }
  }

  /// Judges what has come, as if nothing that is open would ever end.
  void finish() {
    for (Event event : waiting) {
      if (event.pending.ended == null) {
        event.pending.ended = event.pending.invoked;
      }
    }
    advanceTo(Long.MAX_VALUE);
  }

  StreamVerdict verdict() {
    return ended == null ? new StreamVerdict.Holding(key, passedCount) : ended;
  }

  boolean isViolated() {
    return ended instanceof StreamVerdict.Violated;
  }

  /// How many operations and events are remembered.
  int remembered() {
    return since.size() + waiting.size() + latestReturns.size();
  }

  long configurations() {
    return frontier.expanded();
  }

  private void drain() {
    while (ended == null && !waiting.isEmpty() && waiting.getFirst().time < latest) {
      Event event = waiting.getFirst();
      Operation operation = event.pending.ended;
      if (operation == null) {
        return;
      }
      waiting.removeFirst();
      if (event.isReturn) {
        complete(operation);
      } else if (operation.outcome() != Outcome.FAILED) {
        since.add(operation);
        frontier.invoke(operation);
      }
    }
  }

  private void complete(Operation operation) {
    if (!frontier.complete(operation)) {
      Verdict.Cause limit = frontier.limit();
      end(
          limit == null
              ? violated(operation)
              : new StreamVerdict.Undecided(key, passedCount, limit));
      return;
    }
    passedCount++;
    if (frontier.size() == 1 && since.size() >= options.settleFrom() + 2 * frontier.openCount()) {
      Frontier.Settled<S> settled = frontier.settle();
      settledState = settled.state();
      since = new ArrayList<>(settled.open());
    }
  }

  private StreamVerdict violated(Operation stuck) {
    List<Operation> prefix = new ArrayList<>();
    for (Operation operation : since) {
      boolean stillOpen = operation.returnTime() > stuck.returnTime();
      prefix.add(stillOpen ? operation.withoutReturn() : operation);
    }
    prefix.sort(Comparator.comparingLong(Operation::invokeTime));
    Model<S> resumed = new Resumed<>(model, settledState);
    Verdict verdict = LinearizabilityChecker.check(new History(prefix), resumed, limits);
    Counterexample counterexample =
        verdict instanceof Verdict.Invalid invalid
            ? invalid.counterexample()
            : new Counterexample(prefix, List.of(), List.of(), stuck, states(), false);
    return new StreamVerdict.Violated(key, passedCount, resumed, counterexample);
  }

  private List<String> states() {
    List<S> states = frontier.states();
    return states.size() > Counterexample.MAX_POSSIBLE_STATES
        ? List.of()
        : states.stream().map(Objects::toString).toList();
  }

  private void end(StreamVerdict verdict) {
    ended = verdict;
    waiting.clear();
    latestReturns.clear();
    since = new ArrayList<>();
  }
}
