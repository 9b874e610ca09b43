package dev.nucleusdb.database.node;

import static dev.nucleusdb.core.assertion.Assertions.require;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.database.wire.KeyValuePair;
import dev.nucleusdb.database.wire.SnapshotEnd;
import dev.nucleusdb.database.wire.SnapshotPiece;
import java.util.Arrays;

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
    SnapshotPiece read = parse(piece);
    if (read.hasEnd()) {
      end(read.getEnd());
      return;
    }
    WriteBatch batch = new WriteBatch();
    for (KeyValuePair pair : read.getPairsList()) {
      byte[] key = pair.getKey().toByteArray();
      byte[] value = pair.getValue().toByteArray();
      require(Arrays.compareUnsigned(key, last) > 0, "the keys of a snapshot do not rise");
      checksum.add(key, value);
      batch.put(key, value);
      last = key;
    }
    replacement.add(batch);
  }

  private static SnapshotPiece parse(byte[] piece) {
    try {
      return SnapshotPiece.parseFrom(piece);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a piece of a snapshot that is none", e);
    }
  }

  private void end(SnapshotEnd end) {
    require(
        end.getPairCount() == checksum.pairCount() && end.getChecksum() == checksum.value(),
        "the snapshot has %d pairs with another checksum, %d came",
        end.getPairCount(),
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
