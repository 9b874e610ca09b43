package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Stores that are careless with what they pass on.
abstract class CarelessStore extends OtherStore {
  CarelessStore(StorageEngine engine) {
    super(engine);
  }

  /// Until the first write after a restart it claims one command more than it holds.
  static final class IndexAhead extends CarelessStore {
    private boolean written;

    IndexAhead(StorageEngine engine) {
      super(engine);
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      written = true;
      super.write(batch, logIndex);
    }

    @Override
    public long appliedIndex() {
      long index = super.appliedIndex();
      return written || index == 0 ? index : index + 1;
    }
  }

  /// Remembers what was read and forgets to forget what is deleted.
  static final class StaleCache extends CarelessStore {
    private final Map<byte[], byte[]> cache = new TreeMap<>(Bytes.ORDER);

    StaleCache(StorageEngine engine) {
      super(engine);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] cached = cache.get(key);
      byte[] value = cached == null ? super.get(key) : cached;
      if (value != null) {
        cache.put(key, value);
      }
      return value;
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      for (WriteBatch.Entry entry : batch.entries()) {
        byte[] value = entry.value();
        if (value != null) {
          cache.put(entry.key(), value);
        }
      }
      super.write(batch, logIndex);
    }
  }

  /// Keeps the last entry of each batch back until the next one.
  static final class BatchSplit extends CarelessStore {
    private WriteBatch.@Nullable Entry late;

    BatchSplit(StorageEngine engine) {
      super(engine);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      WriteBatch.Entry waiting = late;
      return waiting != null && Bytes.ORDER.compare(waiting.key(), key) == 0
          ? waiting.value()
          : super.get(key);
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      WriteBatch shifted = new WriteBatch();
      WriteBatch.Entry waiting = late;
      if (waiting != null) {
        copy(waiting, shifted);
      }
      List<WriteBatch.Entry> entries = batch.entries();
      for (int i = 0; i + 1 < entries.size(); i++) {
        copy(entries.get(i), shifted);
      }
      late = entries.isEmpty() ? null : entries.getLast();
      super.write(shifted, logIndex);
    }

    private static void copy(WriteBatch.Entry entry, WriteBatch into) {
      byte[] value = entry.value();
      if (value == null) {
        into.delete(entry.key());
      } else {
        into.put(entry.key(), value);
      }
    }
  }
}
