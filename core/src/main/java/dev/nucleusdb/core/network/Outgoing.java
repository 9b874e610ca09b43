package dev.nucleusdb.core.network;

import java.nio.ByteBuffer;

/// A message that need not be bytes yet when it is sent: a network that copies messages anyway has
/// it written to where the copy would go, on a thread of its own.
///
/// What it is made of never changes after it was sent.
public interface Outgoing {

  /// How many bytes it takes; always the same number.
  int size();

  /// Writes the message: exactly [#size] bytes, the same each time. From any thread.
  ///
  /// @param into with room for it
  void writeTo(ByteBuffer into);

  /// The message in an array that nobody may change.
  default byte[] toBytes() {
    byte[] bytes = new byte[size()];
    writeTo(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /// A message that is bytes already.
  ///
  /// @param bytes nobody changes them any more
  record Whole(byte[] bytes) implements Outgoing {
    @Override
    public int size() {
      return bytes.length;
    }

    @Override
    public void writeTo(ByteBuffer into) {
      into.put(bytes);
    }

    @Override
    public byte[] toBytes() {
      return bytes;
    }
  }
}
