package dev.nucleusdb.database.node;

import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.gateway.SnapshotCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    List<Reply.Pair> pairs = new ArrayList<>();
    long[] bytes = {0};
    snapshot.scan(
        from,
        null,
        (key, value) -> {
          bytes[0] += key.length + value.length;
          if (!pairs.isEmpty() && bytes[0] > bytesMax) {
            return false;
          }
          checksum.add(key, value);
          pairs.add(new Reply.Pair(key, value));
          from = Arrays.copyOf(key, key.length + 1);
          return true;
        });
    ended = pairs.isEmpty();
    return SnapshotCodec.encode(
        ended
            ? new SnapshotCodec.Piece.End(checksum.pairCount(), checksum.value())
            : new SnapshotCodec.Piece.Pairs(pairs));
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
