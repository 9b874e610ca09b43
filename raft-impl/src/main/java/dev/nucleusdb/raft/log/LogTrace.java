package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.trace.TraceKind;

/// What the write-ahead log tells of itself.
public final class LogTrace {
  /// An entry's frame was appended: it is durable once the segment is, up to the end offset.
  public static final TraceKind FRAME = TraceKind.of("wal.frame", "index", "segment", "end");

  /// A segment was begun.
  public static final TraceKind ROLL = TraceKind.of("wal.roll", "segment");

  /// A torn tail was cut off in recovery.
  public static final TraceKind TORN = TraceKind.of("wal.torn", "segment", "offset");

  /// A segment that nobody needs was deleted.
  public static final TraceKind DELETE = TraceKind.of("wal.delete", "segment");

  private LogTrace() {}
}
