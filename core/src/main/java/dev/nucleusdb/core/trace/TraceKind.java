package dev.nucleusdb.core.trace;

import java.util.List;

/// A kind of trace event. Each component declares its kinds as constants beside the code that emits
/// them. An event carries up to three numbers, whose meaning the labels give.
///
/// @param name `component.event`, unique; part of every digest
/// @param labels what the numbers are, at most three
public record TraceKind(String name, List<String> labels) {

  /// A kind with the given labels.
  public static TraceKind of(String name, String... labels) {
    return new TraceKind(name, List.of(labels));
  }

  /// One event in words, `raft.commit index=7 term=2`.
  public String describe(long a, long b, long c) {
    StringBuilder text = new StringBuilder(name);
    long[] values = {a, b, c};
    for (int i = 0; i < labels.size(); i++) {
      text.append(' ').append(labels.get(i)).append('=').append(values[i]);
    }
    return text.toString();
  }
}
