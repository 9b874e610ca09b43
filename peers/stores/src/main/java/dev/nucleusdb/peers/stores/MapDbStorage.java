package dev.nucleusdb.peers.stores;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import java.io.File;
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/// MapDB: its hash map over a mapped file. Durable puts need its transactions.
public final class MapDbStorage implements StorageSystem {
  /// Constructed by name.
  public MapDbStorage() {}

  @Override
  public OpenStore open(StorePlace place) {
    File file = place.folder().resolve("map.db").toFile();
    DBMaker.Maker maker =
        DBMaker.fileDB(file).fileMmapEnable().fileMmapPreclearDisable().cleanerHackEnable();
    DB database = (place.synced() ? maker.transactionEnable() : maker).make();
    HTreeMap<byte[], byte[]> map =
        database.hashMap("bench", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).createOrOpen();
    return new Open(database, map, place.synced());
  }

  private record Open(DB database, HTreeMap<byte[], byte[]> map, boolean synced)
      implements OpenStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
      return map.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      map.put(key, value);
      if (synced) {
        database.commit();
      }
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public long scanKeys() {
      throw new UnsupportedOperationException("a hash map has no order");
    }

    @Override
    public long scan() {
      throw new UnsupportedOperationException("a hash map has no order");
    }

    @Override
    public void settle() {
      // It merges nothing.
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
