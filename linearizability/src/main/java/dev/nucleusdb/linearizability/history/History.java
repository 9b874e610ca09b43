package dev.nucleusdb.linearizability.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that the clients of one run asked and were told.
///
/// @param operations the operations, ordered as their invocations stand in the source
public record History(List<Operation> operations) {
  /// Copies the operations.
  public History {
    operations = List.copyOf(operations);
  }

  /// An empty history to be filled event by event.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects the events of a run as they happen. Not safe for use by several threads.
  ///
  /// A process has at most one operation that it waits for. After [#info] it may go on: the wait is
  /// over, the operation is not. What is still open at [#build] is of unknown outcome.
  public static final class Builder implements HistorySink {
    private final List<Operation> operations = new ArrayList<>();

    /// Place in `operations` of what each process waits for. Never iterated.
    private final Map<Long, Integer> waiting = new LinkedHashMap<>();

    private int eventCount;

    private Builder() {}

    @Override
    public boolean isWaiting(long process) {
      return waiting.containsKey(process);
    }

    @Override
    public Operation waitingFor(long process) {
      return operations.get(placeOf(process));
    }

    /// A process asks for something.
    ///
    /// @param key the object, or [Value#UNRECORDED] where there is only one
    /// @throws IllegalStateException if the process waits already
    /// @throws IllegalArgumentException if the time is negative
    public Builder invoke(
        long process, String function, Value key, List<Value> arguments, long time) {
      return invokeAtLine(0, process, function, key, arguments, time);
    }

    @Override
    public Builder invokeAtLine(
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
      Action action = new Action(function, key, arguments, Value.UNRECORDED);
      Operation operation =
          new Operation(
              eventCount++, line, process, action, time, Operation.NEVER, Outcome.UNKNOWN);
      waiting.put(process, operations.size());
      operations.add(operation);
      return this;
    }

    /// The operation took effect, and there is nothing to say of its result.
    ///
    /// @throws IllegalStateException if the process waits for nothing
    /// @throws IllegalArgumentException if the time lies before the invocation
    public Builder ok(long process, long time) {
      return ok(process, Value.UNRECORDED, time);
    }

    /// The operation took effect with a result.
    ///
    /// @throws IllegalStateException if the process waits for nothing
    /// @throws IllegalArgumentException if the time lies before the invocation
    public Builder ok(long process, Value result, long time) {
      return complete(process, result, time, Outcome.OK);
    }

    /// The operation certainly had no effect and saw nothing.
    ///
    /// @throws IllegalStateException if the process waits for nothing
    /// @throws IllegalArgumentException if the time lies before the invocation
    public Builder fail(long process, long time) {
      return complete(process, Value.UNRECORDED, time, Outcome.FAILED);
    }

    /// The process gave up; the operation may have happened, may still happen, or not.
    ///
    /// @throws IllegalStateException if the process waits for nothing
    public Builder info(long process) {
      return complete(process, Value.UNRECORDED, Operation.NEVER, Outcome.UNKNOWN);
    }

    /// The history so far. The builder may be used on.
    public History build() {
      return new History(operations);
    }

    @Override
    public Builder complete(long process, Value result, long time, Outcome outcome) {
      int place = placeOf(process);
      operations.set(place, operations.get(place).ended(result, time, outcome));
      waiting.remove(process);
      eventCount++;
      return this;
    }

    private int placeOf(long process) {
      Integer place = waiting.get(process);
      if (place == null) {
        throw new IllegalStateException("process " + process + " waits for nothing");
      }
      return place;
    }
  }
}
