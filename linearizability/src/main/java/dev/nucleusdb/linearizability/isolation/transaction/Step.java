package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One step of a transaction, for reports.
///
/// @param kind what it does
/// @param key on which key
/// @param values what was appended or written, or what was read: the elements of a list in order,
///   or the value of a register
/// @param known false for a read whose result nobody recorded
public record Step(StepKind kind, Value key, List<Value> values, boolean known) {
  /// Copies the values.
  public Step {
    values = List.copyOf(values);
  }

  @Override
  public String toString() {
    String content =
        switch (kind) {
          case APPEND, WRITE -> values.getFirst().toString();
          case READ_LIST, SEE_LIST ->
              known
                  ? values.stream().map(Value::toString).collect(Collectors.joining(" ", "[", "]"))
                  : "?";
          case READ -> known ? values.getFirst().toString() : "?";
        };
    String word =
        switch (kind) {
          case APPEND -> "append %s %s";
          case READ_LIST, READ -> "read %s %s";
          case SEE_LIST -> "see %s %s";
          case WRITE -> "write %s %s";
        };
    return String.format(Locale.ROOT, word, key, content);
  }
}
