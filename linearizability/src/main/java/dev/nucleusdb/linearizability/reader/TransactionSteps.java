package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;

/// Reads operations on several objects at once: `txn` with its steps `[f key value]`, and
/// `transfer` with its `{from to amount}`.
final class TransactionSteps {
  private TransactionSteps() {}

  /// The steps as they were asked for: what a read says in an invocation means nothing.
  static List<Value> asked(Datum.Sequence steps) {
    List<Value> asked = new ArrayList<>();
    for (Datum step : steps.elements()) {
      asked.add(isRead(step) ? withValue(step, Value.UNRECORDED) : step.toValue());
    }
    return asked;
  }

  /// The steps with what they saw.
  static Value seen(Datum.Sequence steps, NilMeaning nilMeaning) {
    List<Value> seen = new ArrayList<>();
    for (Datum step : steps.elements()) {
      boolean unseen = nilMeaning == NilMeaning.UNKNOWN && isRead(step) && lastIsNil(step);
      seen.add(unseen ? withValue(step, Value.UNRECORDED) : step.toValue());
    }
    return new Value.Tuple(seen);
  }

  /// From, to and amount; a map that lacks one gives fewer.
  static List<Value> fromToAmount(Datum.Mapping transfer) {
    List<Value> arguments = new ArrayList<>();
    for (String name : new String[] {"from", "to", "amount"}) {
      Datum part = transfer.get(name);
      if (part != null) {
        arguments.add(part.toValue());
      }
    }
    return arguments;
  }

  private static boolean isRead(Datum step) {
    if (!(step instanceof Datum.Sequence sequence) || sequence.elements().size() < 2) {
      return false;
    }
    String function = Datum.nameOf(sequence.elements().get(0));
    return "r".equals(function) || "read".equals(function);
  }

  private static boolean lastIsNil(Datum step) {
    return step instanceof Datum.Sequence sequence
        && (sequence.elements().size() == 2 || sequence.elements().get(2) instanceof Datum.Nil);
  }

  private static Value withValue(Datum step, Value value) {
    List<Value> parts = new ArrayList<>();
    if (step instanceof Datum.Sequence sequence) {
      parts.add(sequence.elements().get(0).toValue());
      parts.add(sequence.elements().get(1).toValue());
    }
    parts.add(value);
    return new Value.Tuple(parts);
  }
}
