package dev.nucleusdb.bitcask;

import dev.nucleusdb.core.contract.StorageEngineContract;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.trace.Trace;

/// The contract holds with an index that has no order, too.
class HashedBitcaskContractTest extends StorageEngineContract {
  private static final BitcaskOptions SMALL_SEGMENTS =
      BitcaskOptions.DEFAULT
          .withSegmentSizeBytes(512)
          .withMerge(0.5, 200, 4)
          .withIndex(IndexKind.HASH);

  private final MemoryDisk disk = new MemoryDisk();

  @Override
  protected StorageEngine open() {
    return Bitcask.open(
        disk, "store/1", SMALL_SEGMENTS, BitcaskRules.DEFAULT, new SplitMix(1), Trace.NONE);
  }

  @Override
  protected void completeSyncs() {
    disk.completeSyncs();
  }

  @Override
  protected void crash() {
    disk.crash(null);
  }
}
