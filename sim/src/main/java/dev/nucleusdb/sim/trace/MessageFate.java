package dev.nucleusdb.sim.trace;

/// How a message ended.
public enum MessageFate {
  /// It was handed to its receiver.
  DELIVERED(1),
  /// A second copy of it was handed to its receiver.
  DELIVERED_AGAIN(2),
  /// It was lost on the way by chance.
  LOST(3),
  /// A partition stood in its way.
  CUT(4),
  /// The link's queue was full; the sender was told.
  REFUSED(5),
  /// The receiver was down, or crashed while it was on the way.
  DEAD_RECEIVER(6),
  /// It was handed to its receiver with a bit changed on the way.
  DAMAGED(7),
  /// It was handed to somebody else.
  MISDELIVERED(8);

  private final int code;

  MessageFate(int code) {
    this.code = code;
  }

  /// Its number in a digest, from 1 to 15.
  public int code() {
    return code;
  }
}
