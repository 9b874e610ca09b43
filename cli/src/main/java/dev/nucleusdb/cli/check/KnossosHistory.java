package dev.nucleusdb.cli.check;

import dev.nucleusdb.linearizability.history.Action;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Outcome;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.CasRegister;
import dev.nucleusdb.linearizability.model.FifoQueue;
import dev.nucleusdb.linearizability.model.KeyValue;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Mutex;
import dev.nucleusdb.linearizability.model.Register;
import dev.nucleusdb.linearizability.model.SetModel;
import dev.nucleusdb.linearizability.model.UnorderedQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A history as Knossos takes it: one for each object, since Knossos knows no keys, written as EDN.
///
/// | here | there |
/// |---|---|
/// | `kv`: `get`, `put`, `cas`, `delete` | `cas-register`: `read`, `write`, `cas`, a `write` of absent |
/// | absent | `:absent`, for nil means that nothing was recorded |
/// | failed operations | left out |
/// | crashed operations | `:info` at the end, with the function and value of the invocation; the process goes on under another number, since Knossos lets none go on |
///
/// What Knossos cannot be asked is refused rather than bent: a `cas` that saw another value, a
/// `dequeue` of unknown outcome, functions that its models lack.
final class KnossosHistory {
  /// A history, or a model, that Knossos cannot be asked about; the message says why.
  static final class NotAskedException extends Exception {
    private static final long serialVersionUID = 1;

    NotAskedException(String message) {
      super(message);
    }
  }

  /// A moment of the history; at equal times invocations come first, because intervals are closed.
  private record Event(long time, boolean isCompletion, int index, String text) {
    private static final Comparator<Event> ORDER =
        Comparator.comparingLong(Event::time)
            .thenComparing(Event::isCompletion)
            .thenComparingInt(Event::index);
  }

  private KnossosHistory() {}

  /// The question as one map of EDN.
  ///
  /// @throws NotAskedException if Knossos has no word for it
  static String edn(History history, Model<?> model) throws NotAskedException {
    String arguments = "";
    String name =
        switch (model) {
          case Register _ -> "register";
          case CasRegister _, KeyValue _ -> "cas-register";
          case Mutex _ -> "mutex";
          case SetModel _ -> "set";
          case FifoQueue _ -> "fifo-queue";
          case UnorderedQueue _ -> "unordered-queue";
          case Model<?> other -> throw new NotAskedException("it has no model " + other.name());
        };
    @Nullable Value initial = initial(model);
    if (initial != null) {
      arguments = value(initial);
    }
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    for (Operation operation : history.operations()) {
      Value key = operation.action().key();
      objects.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
    }
    StringBuilder text = new StringBuilder("{:model \"").append(name);
    text.append("\" :arguments [").append(arguments).append("] :histories [");
    for (List<Operation> operations : objects.values()) {
      text.append("\n[").append(events(operations)).append(']');
    }
    return text.append("]}\n").toString();
  }

  private static @Nullable Value initial(Model<?> model) {
    return switch (model) {
      case Register register -> register.initial();
      case CasRegister register -> register.initial();
      case KeyValue keys -> keys.initial();
      case Model<?> _ -> null;
    };
  }

  private static String events(List<Operation> operations) throws NotAskedException {
    List<Event> events = new ArrayList<>();
    Map<Long, Long> aliases = new LinkedHashMap<>();
    long fresh = operations.stream().mapToLong(Operation::process).max().orElse(0) + 1;
    for (Operation operation : operations) {
      if (operation.outcome() == Outcome.FAILED) {
        continue;
      }
      long process = aliases.getOrDefault(operation.process(), operation.process());
      boolean crashed = operation.outcome() == Outcome.UNKNOWN;
      if (crashed) {
        aliases.put(operation.process(), fresh++);
      }
      String body = body(operation);
      int index = operation.index();
      events.add(event(operation.invokeTime(), false, index, "invoke", process, body));
      events.add(
          event(operation.returnTime(), true, index, crashed ? "info" : "ok", process, body));
    }
    events.sort(Event.ORDER);
    return events.stream().map(Event::text).collect(Collectors.joining("\n"));
  }

  /// An invocation says what its completion says, as Knossos itself completes histories.
  private static Event event(
      long time, boolean isCompletion, int index, String type, long process, String body) {
    String text = "{:process " + process + " :type :" + type + " " + body + "}";
    return new Event(time, isCompletion, index, text);
  }

  private static String body(Operation operation) throws NotAskedException {
    Action action = operation.action();
    String function = action.function();
    if (action.result().equals(Value.FALSE)) {
      throw new NotAskedException("it has no " + function + " that was refused");
    }
    return switch (function) {
      case "read", "get" -> ":f :read :value " + seen(action.result());
      case "write", "put" -> ":f :write :value " + value(action.argument(0));
      case "delete" -> ":f :write :value " + value(Value.ABSENT);
      case "cas" ->
          ":f :cas :value [" + value(action.argument(0)) + " " + value(action.argument(1)) + "]";
      case "acquire", "release" -> ":f :" + function + " :value nil";
      case "add", "enqueue" -> ":f :" + function + " :value " + value(action.argument(0));
      case "dequeue" -> ":f :dequeue :value " + taken(action.result());
      case String other -> throw new NotAskedException("it has no " + other);
    };
  }

  private static String taken(Value result) throws NotAskedException {
    if (result instanceof Value.Nothing) {
      throw new NotAskedException("it has no dequeue that found nothing, or of unknown outcome");
    }
    return value(result);
  }

  /// What a read saw; a list is a set, which only the model of sets reads.
  private static String seen(Value value) {
    return value instanceof Value.Tuple(List<Value> elements)
        ? elements.stream()
            .map(KnossosHistory::value)
            .distinct()
            .collect(Collectors.joining(" ", "#{", "}"))
        : value(value);
  }

  private static String value(Value value) {
    if (value.equals(Value.ABSENT)) {
      return ":absent";
    }
    return switch (value) {
      case Value.Nothing _ -> "nil";
      case Value.Text(String text) -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Truth(boolean truth) -> Boolean.toString(truth);
      case Value.Tuple(List<Value> elements) ->
          elements.stream().map(KnossosHistory::value).collect(Collectors.joining(" ", "[", "]"));
    };
  }
}
