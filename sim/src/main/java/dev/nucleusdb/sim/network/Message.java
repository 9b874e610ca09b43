package dev.nucleusdb.sim.network;

import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.sim.trace.MessageFate;

/// A message on its way.
///
/// @param link its way
/// @param ordinal which one of the link, from 1
/// @param sentNanos when it was sent
/// @param bytes what it says, not to be changed
/// @param hash the fingerprint of the bytes when they were sent
/// @param type what the scenario calls its kind; empty if it has no name
/// @param receiverEpoch the receiver's incarnation when it was sent; a stray carries -1 and reaches
///   any
/// @param connection which connection of its link carries it, from 0
/// @param arrivesAs what is told of it when it is handed over
public record Message(
    Link link,
    long ordinal,
    long sentNanos,
    byte[] bytes,
    long hash,
    String type,
    int receiverEpoch,
    long connection,
    MessageFate arrivesAs) {
  private static final int ANY_EPOCH = -1;

  /// What tells the receiver that the connection of now has ended: it comes after all else.
  static Message endOf(Link link, long nowNanos, int receiverEpoch) {
    return new Message(
        link,
        link.sentCount,
        nowNanos,
        new byte[0],
        0,
        "connection-end",
        receiverEpoch,
        link.connection(),
        MessageFate.DELIVERED);
  }

  /// A second copy that may be late.
  Message copy() {
    return new Message(
        link,
        ordinal,
        sentNanos,
        bytes,
        hash,
        type,
        ANY_EPOCH,
        connection,
        MessageFate.DELIVERED_AGAIN);
  }

  /// A copy on the way to somebody else.
  Message divertedTo(Link other) {
    return new Message(
        other,
        ordinal,
        sentNanos,
        bytes,
        hash,
        type,
        ANY_EPOCH,
        connection,
        MessageFate.MISDELIVERED);
  }

  /// The same with one bit changed; the sender's array stays as it is.
  Message flipped(long bit) {
    if (bytes.length == 0) {
      return this;
    }
    byte[] changed = bytes.clone();
    int index = (int) Long.remainderUnsigned(bit, 8L * bytes.length);
    changed[index >>> 3] ^= (byte) (1 << (index & 7));
    return new Message(
        link,
        ordinal,
        sentNanos,
        changed,
        Digest.hash(changed),
        type,
        receiverEpoch,
        connection,
        MessageFate.DAMAGED);
  }

  /// Whether it is a copy that belongs to no connection: it takes no room on its link, and any
  /// incarnation may get it.
  boolean isStray() {
    return receiverEpoch == ANY_EPOCH;
  }
}
