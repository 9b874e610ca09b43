package dev.nucleusdb.database.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.wire.KeyValuePair;
import dev.nucleusdb.database.wire.SnapshotEnd;
import dev.nucleusdb.database.wire.SnapshotPiece;
import java.util.ArrayList;
import java.util.List;

/// Pieces of a snapshot to bytes and back (`database.proto`).
public final class SnapshotCodec {
  private SnapshotCodec() {}

  /// A piece.
  public sealed interface Piece {
    /// Stored keys and values, in the order of the keys.
    ///
    /// @param pairs at least one
    record Pairs(List<Reply.Pair> pairs) implements Piece {}

    /// The last piece: what all others held.
    ///
    /// @param pairCount how many pairs
    /// @param checksum of all of them
    record End(long pairCount, int checksum) implements Piece {}
  }

  /// A piece as bytes.
  public static byte[] encode(Piece piece) {
    SnapshotPiece.Builder builder = SnapshotPiece.newBuilder();
    switch (piece) {
      case Piece.Pairs(List<Reply.Pair> pairs) ->
          pairs.forEach(pair ->
              builder.addPairs(
                  KeyValuePair.newBuilder()
                      .setKey(wrapped(pair.key()))
                      .setValue(wrapped(pair.value()))));
      case Piece.End(long pairCount, int checksum) ->
          builder.setEnd(SnapshotEnd.newBuilder().setPairCount(pairCount).setChecksum(checksum));
    }
    return builder.build().toByteArray();
  }

  private static ByteString wrapped(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /// The piece in `bytes`.
  ///
  /// @throws IllegalArgumentException if they are none
  public static Piece decode(byte[] bytes) {
    SnapshotPiece piece;
    try {
      piece = SnapshotPiece.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a piece of a snapshot that is none", e);
    }
    if (piece.hasEnd()) {
      return new Piece.End(piece.getEnd().getPairCount(), piece.getEnd().getChecksum());
    }
    List<Reply.Pair> pairs = new ArrayList<>(piece.getPairsCount());
    for (KeyValuePair pair : piece.getPairsList()) {
      pairs.add(new Reply.Pair(pair.getKey().toByteArray(), pair.getValue().toByteArray()));
    }
    return new Piece.Pairs(pairs);
  }
}
