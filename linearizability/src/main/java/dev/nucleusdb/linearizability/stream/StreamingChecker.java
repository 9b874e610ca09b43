package dev.nucleusdb.linearizability.stream;

import dev.nucleusdb.linearizability.Limits;
import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.HistorySink;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Judges a history while it is made, object by object, and forgets what is settled.
///
/// Events come in order of time. A return is judged as soon as the outcome of everything that was
/// invoked before it is known; so one client that waits for ever holds back the judgement of its
/// object. What is remembered of an object is what is open, the crashed operations that may still
/// take effect, and what came since there was one way alone in which all could have happened.
///
/// Not safe for use by several threads.
///
/// @param <S> the type of the model's states
public final class StreamingChecker<S> implements HistorySink {
  private final Model<S> model;
  private final Limits limits;
  private final StreamOptions options;
  private final Consumer<StreamVerdict.Violated> onViolation;
  private final Map<Value, ObjectStream<S>> objects = new LinkedHashMap<>();

  /// By process, what it waits for. Never iterated.
  private final Map<Long, ObjectStream.Pending> open = new LinkedHashMap<>();

  /// The objects that had an event at the latest time.
  private final List<ObjectStream<S>> touched = new ArrayList<>();

  private long latest;
  private int eventCount;
  private boolean finished;

  /// @param model what is judged by; it is not fitted to the operations, which are not known
  /// @param limits for each object
  /// @param options how much is remembered
  /// @param onViolation is told of each violated object once, when it is found
  public StreamingChecker(
      Model<S> model,
      Limits limits,
      StreamOptions options,
      Consumer<StreamVerdict.Violated> onViolation) {
    this.model = model;
    this.limits = limits;
    this.options = options;
    this.onViolation = onViolation;
  }

  @Override
  public boolean isWaiting(long process) {
    return open.containsKey(process);
  }

  @Override
  public Operation waitingFor(long process) {
    return pendingOf(process).invoked;
  }

  /// @throws IllegalArgumentException if time goes back, or the model cannot judge the operation
  @Override
  public StreamingChecker<S> invokeAtLine(
      int line, long process, String function, Value key, List<Value> arguments, long time) {
    if (isWaiting(process)) {
      throw new IllegalStateException(
          "process "
              + process
              + " invoked "
              + function
              + " while it waits for "
              + waitingFor(process));
    }
    advanceTo(time);
    Action action = new Action(function, key, arguments, Value.UNRECORDED);
    requireJudged(action);
    Operation operation =
        new Operation(eventCount++, line, process, action, time, Operation.NEVER, Outcome.UNKNOWN);
    ObjectStream.Pending pending = new ObjectStream.Pending(operation);
    open.put(process, pending);
    ObjectStream<S> object = objectOf(operation);
    touched.add(object);
    object.invoke(pending);
    return this;
  }

  /// @throws IllegalArgumentException if time goes back, or the model cannot judge the operation
  @Override
  public StreamingChecker<S> complete(long process, Value result, long time, Outcome outcome) {
    ObjectStream.Pending pending = pendingOf(process);
    if (outcome != Outcome.UNKNOWN) {
      advanceTo(time);
    }
    Operation ended = pending.invoked.ended(result, time, outcome);
    requireJudged(ended.action());
    eventCount++;
    open.remove(process);
    ObjectStream<S> object = objectOf(ended);
    touched.add(object);
    object.complete(pending, ended);
    return this;
  }

  /// The history ends here: what is open will never return. The verdicts, in order of first
  /// appearance.
  public List<StreamVerdict> finish() {
    finished = true;
    for (ObjectStream<S> object : objects.values()) {
      boolean known = object.isViolated();
      object.finish();
      tell(object, known);
    }
    return verdicts();
  }

  /// What is said so far of each object, in order of first appearance. Events that wait for an
  /// outcome are not judged yet.
  public List<StreamVerdict> verdicts() {
    return objects.values().stream().map(ObjectStream::verdict).toList();
  }

  /// How many operations and events are remembered of all objects.
  public long remembered() {
    return objects.values().stream().mapToLong(ObjectStream::remembered).sum();
  }

  /// How many configurations were made.
  public long configurations() {
    return objects.values().stream().mapToLong(ObjectStream::configurations).sum();
  }

  private void advanceTo(long time) {
    if (finished) {
      throw new IllegalStateException("the history has ended");
    }
    if (time < latest) {
      throw new IllegalArgumentException(
          "expected events in order of time, but " + time + " came after " + latest);
    }
    if (time > latest) {
      latest = time;
      for (ObjectStream<S> object : touched) {
        boolean known = object.isViolated();
        object.advanceTo(time);
        tell(object, known);
      }
      touched.clear();
    }
  }

  private void tell(ObjectStream<S> object, boolean known) {
    if (!known && object.verdict() instanceof StreamVerdict.Violated violated) {
      onViolation.accept(violated);
    }
  }

  private void requireJudged(Action action) {
    Optional<String> objection = model.objectionTo(action);
    if (objection.isPresent()) {
      throw new IllegalArgumentException("expected " + objection.get());
    }
  }

  private ObjectStream<S> objectOf(Operation operation) {
    Value key = model.partition(operation.action());
    return objects.computeIfAbsent(key, _ -> new ObjectStream<>(key, model, limits, options));
  }

  private ObjectStream.Pending pendingOf(long process) {
    ObjectStream.@Nullable Pending pending = open.get(process);
    if (pending == null) {
      throw new IllegalStateException("process " + process + " waits for nothing");
    }
    return pending;
  }
}
