package dev.nucleusdb.peers.stores;

import dev.nucleusdb.bench.store.OpenStore;
import dev.nucleusdb.bench.store.StorageSystem;
import dev.nucleusdb.bench.store.StorePlace;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/// LMDB: each put is a transaction; each get renews the read transaction of its thread, as its
/// documentation advises, so that it sees what was put.
public final class LmdbStorage implements StorageSystem {
  private static final long MAP_BYTES_MIN = 1L << 30;
  private static final int MAP_FACTOR = 8;
  private static final int READERS_MAX = 256;
  private static final int KEY_BYTES_MAX = 511;

  /// Constructed by name.
  public LmdbStorage() {}

  @Override
  public OpenStore open(StorePlace place) {
    Env.Builder<ByteBuffer> builder =
        Env.create()
            .setMapSize(Math.max(MAP_BYTES_MIN, MAP_FACTOR * place.dataBytes()))
            .setMaxReaders(READERS_MAX)
            .setMaxDbs(1);
    Env<ByteBuffer> environment =
        place.synced()
            ? builder.open(place.folder().toFile())
            : builder.open(place.folder().toFile(), EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP);
    return new Open(environment, environment.openDbi("bench", DbiFlags.MDB_CREATE));
  }

  private static byte[] copy(ByteBuffer found) {
    byte[] bytes = new byte[found.remaining()];
    found.get(found.position(), bytes);
    return bytes;
  }

  /// What a thread reads and writes with.
  private static final class Hand {
    private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES_MAX);
    private ByteBuffer value = ByteBuffer.allocateDirect(1 << 12);
    private @Nullable Txn<ByteBuffer> reading;

    ByteBuffer key(byte[] bytes) {
      return key.clear().put(bytes).flip();
    }

    ByteBuffer value(byte[] bytes) {
      if (value.capacity() < bytes.length) {
        value = ByteBuffer.allocateDirect(bytes.length);
      }
      return value.clear().put(bytes).flip();
    }
  }

  private static final class Open implements OpenStore {
    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> database;
    private final ThreadLocal<Hand> hands = ThreadLocal.withInitial(Hand::new);

    Open(Env<ByteBuffer> environment, Dbi<ByteBuffer> database) {
      this.environment = environment;
      this.database = database;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      Hand hand = hands.get();
      Txn<ByteBuffer> reading = hand.reading;
      if (reading == null) {
        reading = environment.txnRead();
        hand.reading = reading;
      } else {
        reading.renew();
      }
      ByteBuffer found = database.get(reading, hand.key(key));
      byte[] value = found == null ? null : copy(found);
      reading.reset();
      return value;
    }

    @Override
    public void put(byte[] key, byte[] value) {
      Hand hand = hands.get();
      try (Txn<ByteBuffer> writing = environment.txnWrite()) {
        database.put(writing, hand.key(key), hand.value(value));
        writing.commit();
      }
    }

    @Override
    public long scanKeys() {
      return scan(false);
    }

    @Override
    public long scan() {
      return scan(true);
    }

    private long scan(boolean withValues) {
      long count = 0;
      try (Txn<ByteBuffer> reading = environment.txnRead();
          Cursor<ByteBuffer> cursor = database.openCursor(reading)) {
        for (boolean there = cursor.first(); there; there = cursor.next()) {
          boolean whole = copy(cursor.key()).length > 0;
          whole &= !withValues || copy(cursor.val()).length > 0;
          count += whole ? 1 : 0;
        }
      }
      return count;
    }

    @Override
    public void settle() {
      environment.sync(true);
    }

    /// The read transactions of other threads are left to the end of the process.
    @Override
    public void close() {
      Txn<ByteBuffer> reading = hands.get().reading;
      if (reading != null) {
        reading.close();
      }
      environment.close();
    }
  }
}
