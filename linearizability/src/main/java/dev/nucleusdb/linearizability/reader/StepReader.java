package dev.nucleusdb.linearizability.reader;

import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.isolation.transaction.DataModel;
import dev.nucleusdb.linearizability.isolation.transaction.StepKind;
import dev.nucleusdb.linearizability.isolation.transaction.TransactionHistoryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the steps of transactions.
///
/// ```
///   step  = "[" function key value "]"
///   function
///     append              adds value to the end of the list of key
///     r, read             reads key: a list, or any other value of a register
///     see                 sees key, one item of those that a predicate ranges over, as a list
///     w, write            replaces the value of key
/// ```
///
/// Nil that a transaction read of a list is the empty list, and of a register that there was
/// nothing.
final class StepReader {
  private final TextScanner in;
  private final TransactionHistoryBuilder builder;

  private final boolean lists;

  StepReader(TextScanner in, TransactionHistoryBuilder builder, DataModel model) {
    this.in = in;
    this.builder = builder;
    this.lists = model == DataModel.LISTS;
  }

  /// Adds the steps of a transaction to the builder.
  ///
  /// @param offset where the event stands
  /// @param value the steps as written, or null if there are none
  /// @param recorded whether what reads show was seen
  void read(int offset, @Nullable Datum value, boolean recorded) throws MalformedHistoryException {
    if (!(value instanceof Datum.Sequence(_, List<Datum> elements))) {
      throw in.expected(
          value == null ? offset : value.offset(), "a list of steps as value of a transaction");
    }
    for (Datum element : elements) {
      step(element, recorded);
    }
  }

  private void step(Datum datum, boolean recorded) throws MalformedHistoryException {
    if (!(datum instanceof Datum.Sequence(_, List<Datum> parts))
        || parts.size() < 2
        || parts.size() > 3) {
      throw in.expected(datum.offset(), "a step [function key value]");
    }
    String function = Datum.nameOf(parts.get(0));
    Value key = parts.get(1).toValue();
    Datum value = parts.size() == 3 ? parts.get(2) : new Datum.Nil(datum.offset());
    switch (function) {
      case "append" -> {
        requireLists(true, datum);
        builder.append(key, written(value));
      }
      case "w", "write" -> {
        requireLists(false, datum);
        builder.write(key, written(value));
      }
      case "see" -> {
        requireLists(true, datum);
        readList(key, value, recorded, true);
      }
      case "r", "read" -> read(key, value, recorded);
      case null, default ->
          throw in.expected(parts.get(0).offset(), "append, r, see or w as function of a step");
    }
  }

  private Value written(Datum value) throws MalformedHistoryException {
    if (value instanceof Datum.Nil) {
      throw in.expected(value.offset(), "a value that is written");
    }
    return value.toValue();
  }

  private void requireLists(boolean wanted, Datum step) throws MalformedHistoryException {
    if (lists != wanted) {
      throw in.expected(
          step.offset(),
          lists ? "a step on a list, append, r or see" : "a step on a register, r or w");
    }
  }

  private void read(Value key, Datum value, boolean recorded) throws MalformedHistoryException {
    if (lists) {
      readList(key, value, recorded, false);
    } else if (recorded) {
      builder.read(key, value.toValue());
    } else {
      builder.readUnknown(StepKind.READ, key);
    }
  }

  private void readList(Value key, Datum value, boolean recorded, boolean predicate)
      throws MalformedHistoryException {
    if (!recorded) {
      builder.readUnknown(predicate ? StepKind.SEE_LIST : StepKind.READ_LIST, key);
      return;
    }
    List<Value> seen = new ArrayList<>();
    if (value instanceof Datum.Sequence(_, List<Datum> elements)) {
      elements.forEach(element -> seen.add(element.toValue()));
    } else if (!(value instanceof Datum.Nil)) {
      throw in.expected(value.offset(), "a list that was read");
    }
    builder.readList(key, seen, predicate);
  }
}
