package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.gateway.SnapshotCodec;
import java.util.Arrays;
import java.util.List;

/// Gathers the pieces of a [StateReader] and puts them in force if none is missing or changed.
final class StateWriter implements SnapshotWriter {
  private final StorageEngine.Replacement replacement;
  private final Runnable onInstalled;
  private final StateChecksum checksum = new StateChecksum();
  private byte[] last = KeySpace.MARK;
  private boolean ended;

  StateWriter(StorageEngine.Replacement replacement, Runnable onInstalled) {
    this.replacement = replacement;
    this.onInstalled = onInstalled;
  }

  @Override
  public void add(byte[] piece) {
    require(!ended, "a piece came after the last");
    switch (SnapshotCodec.decode(piece)) {
      case SnapshotCodec.Piece.Pairs(List<Reply.Pair> pairs) -> add(pairs);
      case SnapshotCodec.Piece.End(long pairCount, int sum) -> end(pairCount, sum);
    }
  }

  private void add(List<Reply.Pair> pairs) {
    WriteBatch batch = new WriteBatch();
    for (Reply.Pair pair : pairs) {
      require(Arrays.compareUnsigned(pair.key(), last) > 0, "the keys of a snapshot do not rise");
      checksum.add(pair.key(), pair.value());
      batch.put(pair.key(), pair.value());
      last = pair.key();
    }
    replacement.add(batch);
  }

  private void end(long pairCount, int sum) {
    require(
        pairCount == checksum.pairCount() && sum == checksum.value(),
        "the snapshot has %d pairs with another checksum, %d came",
        pairCount,
        checksum.pairCount());
    ended = true;
  }

  @Override
  public void install(long index, byte[] mark) {
    require(ended, "pieces of the snapshot are missing");
    replacement.add(new WriteBatch().put(KeySpace.MARK, mark));
    replacement.install(index);
    onInstalled.run();
  }

  @Override
  public void close() {
    replacement.close();
  }
}
