package dev.nucleusdb.database.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.database.wire.KeyValuePair;
import dev.nucleusdb.database.wire.SnapshotEnd;
import dev.nucleusdb.database.wire.SnapshotPiece;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the replicated state of one moment: pairs in the order of their keys, and at the end how
/// many there were, with their checksum.
final class StateReader implements SnapshotReader {
  private final StorageEngine.Snapshot snapshot;
  private final StateChecksum checksum = new StateChecksum();
  private byte[] from = KeySpace.REPLICATED_BEGIN;
  private boolean ended;

  StateReader(StorageEngine.Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public long index() {
    return snapshot.appliedIndex();
  }

  @Override
  public byte @Nullable [] next(int bytesMax) {
    if (ended) {
      return null;
    }
    SnapshotPiece.Builder piece = SnapshotPiece.newBuilder();
    long[] bytes = {0};
    snapshot.scan(
        from,
        null,
        (key, value) -> {
          bytes[0] += key.length + value.length;
          if (piece.getPairsCount() > 0 && bytes[0] > bytesMax) {
            return false;
          }
          checksum.add(key, value);
          piece.addPairs(pair(key, value));
          from = Arrays.copyOf(key, key.length + 1);
          return true;
        });
    if (piece.getPairsCount() == 0) {
      ended = true;
      piece.setEnd(
          SnapshotEnd.newBuilder()
              .setPairCount(checksum.pairCount())
              .setChecksum(checksum.value()));
    }
    return piece.build().toByteArray();
  }

  private static KeyValuePair.Builder pair(byte[] key, byte[] value) {
    ByteString wrapped = UnsafeByteOperations.unsafeWrap(value);
    return KeyValuePair.newBuilder().setKey(ByteString.copyFrom(key)).setValue(wrapped);
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
