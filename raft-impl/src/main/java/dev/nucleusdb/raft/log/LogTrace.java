package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.trace.TraceKind;

/// What the write-ahead log tells of itself.
public final class LogTrace {
  /// An entry's frame was appended, or found in recovery: it is durable once its segment is, up to
  /// the frame's end. See [#segmentOf] and [#endOf] for the place.
  public static final TraceKind FRAME = TraceKind.of("wal.frame", "index", "term", "place");

  /// An entry's frame was moved to another place, and is durable there; see [#FRAME].
  public static final TraceKind MOVED = TraceKind.of("wal.moved", "index", "term", "place");

  /// A segment was begun.
  public static final TraceKind ROLL = TraceKind.of("wal.roll", "segment");

  /// A torn tail was cut off in recovery.
  public static final TraceKind TORN = TraceKind.of("wal.torn", "segment", "offset");

  /// A segment that nobody needs was deleted.
  public static final TraceKind DELETE = TraceKind.of("wal.delete", "segment");

  private static final int END_BITS = 40;

  private LogTrace() {}

  /// The segment in the place of a frame.
  public static long segmentOf(long place) {
    return place >>> END_BITS;
  }

  /// The offset behind a frame in its segment, in bytes.
  public static long endOf(long place) {
    return place & ((1L << END_BITS) - 1);
  }

  static long place(long segment, long end) {
    return segment << END_BITS | end;
  }
}
