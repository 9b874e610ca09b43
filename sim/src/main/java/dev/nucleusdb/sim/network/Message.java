package dev.nucleusdb.sim.network;

/// A message on its way.
///
/// @param link its way
/// @param ordinal which one of the link
/// @param sentNanos when it was sent
/// @param bytes what it says
/// @param hash the fingerprint of the bytes when they were sent
/// @param receiverEpoch the receiver's incarnation when it was sent; a late copy carries -1 and
///   reaches any
record Message(
    Link link, long ordinal, long sentNanos, byte[] bytes, long hash, int receiverEpoch) {
  static final int ANY_EPOCH = -1;

  Message copy() {
    return new Message(link, ordinal, sentNanos, bytes, hash, ANY_EPOCH);
  }

  boolean isCopy() {
    return receiverEpoch == ANY_EPOCH;
  }
}
