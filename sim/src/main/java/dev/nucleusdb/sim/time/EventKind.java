package dev.nucleusdb.sim.time;

/// What kinds of things are folded into a world's digest. The codes are part of the digest, from 1
/// to 15.
public enum EventKind {
  /// A task of the scenario.
  TASK(1),
  /// A node's or client's timer.
  TIMER(2),
  /// A message that was handed over.
  DELIVERY(3),
  /// A message that met another fate.
  FATE(4),
  /// The end of a sync.
  SYNC(5),
  /// A trace event.
  TRACE(6),
  /// The begin of a fault.
  FAULT_BEGIN(7),
  /// The end of a fault.
  FAULT_END(8),
  /// A node came up.
  NODE_UP(9),
  /// A node went down.
  NODE_DOWN(10),
  /// The end of chaos.
  HEAL(11),
  /// The end of a connection was heard.
  DISCONNECTED(12),
  /// A fiber that goes on because another one, or a callback, woke it.
  FIBER(15);

  private final int code;

  EventKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
