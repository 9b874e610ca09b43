package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.format.StoreId;
import dev.nucleusdb.bitcask.index.HashKeydir;
import dev.nucleusdb.bitcask.index.Keydir;
import dev.nucleusdb.bitcask.index.OrderedTree;
import dev.nucleusdb.bitcask.recovery.Checkpoint;
import org.jspecify.annotations.Nullable;

/// Which index a store keeps. It is no part of what stands on the disk: the same store may be
/// opened with the one today and with the other tomorrow.
public enum IndexKind {
  /// The keys themselves, in order: scans, views and prefixes cost what they show.
  ORDERED {
    @Override
    Keydir make(StoreId storeId) {
      return new OrderedTree();
    }

    @Override
    @Nullable Keydir load(Checkpoint saved, StoreId storeId) {
      return saved.load(OrderedTree::load);
    }
  },
  /// Fingerprints of the keys: about 24 bytes for each, however long it is, and the quickest gets
  /// and puts. Whatever needs an order reads and sorts all keys first.
  HASH {
    @Override
    Keydir make(StoreId storeId) {
      return new HashKeydir(storeId.high(), storeId.low());
    }

    @Override
    @Nullable Keydir load(Checkpoint saved, StoreId storeId) {
      return saved.load(
          (source, binding) -> HashKeydir.load(source, binding, storeId.high(), storeId.low()));
    }
  };

  abstract Keydir make(StoreId storeId);

  /// The index that was saved; null if it is damaged, or of the other kind.
  abstract @Nullable Keydir load(Checkpoint saved, StoreId storeId);
}
