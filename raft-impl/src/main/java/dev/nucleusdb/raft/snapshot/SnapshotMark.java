package dev.nucleusdb.raft.snapshot;

import dev.nucleusdb.raft.membership.Membership;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What a log must know of the entries that a snapshot stands for (§7: last included index and
/// term, and the latest configuration). In bytes, little endian: `index:8 term:8 membership?`.
///
/// @param index the last entry whose effect is in it; committed
/// @param term the term of that entry
/// @param membership who takes part there; null if no entry up to there has named it
public record SnapshotMark(long index, long term, @Nullable Membership membership) {
  private static final int HEAD_BYTES = 16;

  /// As bytes.
  public byte[] toBytes() {
    byte[] named = membership == null ? new byte[0] : membership.toBytes();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + named.length);
    return bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(index).putLong(term).put(named).array();
  }

  /// From bytes.
  ///
  /// @return null if they are no mark
  public static @Nullable SnapshotMark ofBytes(byte[] bytes) {
    if (bytes.length < HEAD_BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long index = buffer.getLong();
    long term = buffer.getLong();
    byte[] named = new byte[buffer.remaining()];
    buffer.get(named);
    Membership membership = named.length == 0 ? null : Membership.ofBytes(named);
    return membership == null && named.length > 0
        ? null
        : new SnapshotMark(index, term, membership);
  }
}
