package dev.nucleusdb.scenarios.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// What the clients did, for people to read.
public final class OperationLog {
  /// How an operation ended.
  public enum End {
    /// It was done.
    OK,
    /// It was not done and never will be.
    FAILED,
    /// It may have been done.
    UNKNOWN
  }

  /// One operation.
  ///
  /// @param client the client's number, from 1
  /// @param text the operation in words
  /// @param result what came of it in words
  /// @param beginNanos when it began, in true time
  /// @param endNanos when the client knew, in true time
  /// @param end how it ended
  public record Entry(
      int client, String text, String result, long beginNanos, long endNanos, End end) {}

  private final List<Entry> records = new ArrayList<>();

  void add(Entry entry) {
    records.add(entry);
  }

  /// The operations of several logs in one.
  public static OperationLog merged(List<OperationLog> logs) {
    OperationLog all = new OperationLog();
    logs.forEach(log -> all.records.addAll(log.records));
    all.records.sort(Comparator.comparingLong(Entry::endNanos));
    return all;
  }

  /// All operations in the order in which they ended.
  public List<Entry> records() {
    return Collections.unmodifiableList(records);
  }
}
