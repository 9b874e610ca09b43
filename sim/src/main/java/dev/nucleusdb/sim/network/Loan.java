package dev.nucleusdb.sim.network;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import java.util.Arrays;

/// Messages are lent to their receivers, as a network may that uses its arrays again: in the middle
/// of an array, which is filled with what no message says as soon as the receiver returns. Whoever
/// keeps bytes without copying them keeps that, and is found by what he does with it.
final class Loan {
  private static final byte OVER = (byte) 0xa5;
  private static final int AROUND_BYTES = 5;

  private Loan() {}

  /// Lends a message to a receiver.
  ///
  /// @return whether the receiver has left the bytes as they were
  static boolean hand(Network.Receiver receiver, Address from, byte[] message) {
    byte[] lent = new byte[message.length + 2 * AROUND_BYTES];
    Arrays.fill(lent, OVER);
    System.arraycopy(message, 0, lent, AROUND_BYTES, message.length);
    receiver.receiveLent(from, lent, AROUND_BYTES, message.length);
    int end = AROUND_BYTES + message.length;
    boolean unchanged = Arrays.equals(lent, AROUND_BYTES, end, message, 0, message.length);
    Arrays.fill(lent, OVER);
    return unchanged;
  }
}
