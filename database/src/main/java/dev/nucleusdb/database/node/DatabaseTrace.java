package dev.nucleusdb.database.node;

import dev.nucleusdb.core.trace.TraceKind;

/// What a node tells of itself.
public final class DatabaseTrace {
  /// An operation took effect.
  public static final TraceKind EXECUTED =
      TraceKind.of("kv.executed", "index", "session", "sequence");

  /// An operation that had been executed came again and had no effect.
  public static final TraceKind REPEATED =
      TraceKind.of("kv.repeated", "index", "session", "sequence");

  /// The store is durable up to here by itself.
  public static final TraceKind STORE_DURABLE = TraceKind.of("kv.store-durable", "index");

  /// A client was told that its write is done.
  public static final TraceKind ACKNOWLEDGED = TraceKind.of("kv.acknowledged", "index");

  /// A client was told what the node's own state says, and how old that may be.
  public static final TraceKind STALE_READ = TraceKind.of("kv.stale-read", "applied", "staleness");

  /// Housekeeping met a damaged record and left it where it is.
  public static final TraceKind STORE_DAMAGED = TraceKind.of("kv.store-damaged", "offset");

  private DatabaseTrace() {}
}
