package dev.nucleusdb.peers.stores;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/// The store below H2, with its defaults: what was put without sync lies up to a second in the
/// heap.
public final class MvStoreStorage implements StorageSystem {
  /// Constructed by name.
  public MvStoreStorage() {}

  @Override
  public OpenStore open(StorePlace place) {
    MVStore store =
        new MVStore.Builder().fileName(place.folder().resolve("store.mv").toString()).open();
    MVMap<byte[], byte[]> map =
        store.openMap(
            "bench",
            new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
    return new Open(store, map, place.synced());
  }

  private record Open(MVStore store, MVMap<byte[], byte[]> map, boolean synced)
      implements OpenStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value);
      if (synced) {
        store.commit();
        store.sync();
      }
    }

    @Override
    public long scanKeys() {
      return scan();
    }

    /// A page of the map holds keys and values: they are read together in any case.
    @Override
    public long scan() {
      long count = 0;
      for (Cursor<byte[], byte[]> cursor = map.cursor(null); cursor.hasNext(); ) {
        count += cursor.next().length > 0 && cursor.getValue().length > 0 ? 1 : 0;
      }
      return count;
    }

    @Override
    public void settle() {
      store.commit();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
