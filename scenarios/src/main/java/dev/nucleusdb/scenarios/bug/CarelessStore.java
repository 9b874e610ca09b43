package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /// Forgets a key, and then writes that it is gone; if that fails, it has forgotten all the same.
  static final class DeletesFirst extends CarelessStore {
    private final TreeSet<byte[]> forgotten = new TreeSet<>(Bytes.ORDER);

    DeletesFirst(StorageEngine engine) {
      super(engine);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return forgotten.contains(key) ? null : super.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
      super.scan(from, to, (key, value) -> forgotten.contains(key) || visitor.visit(key, value));
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      for (WriteBatch.Entry entry : batch.entries()) {
        if (entry.value() == null) {
          forgotten.add(entry.key());
        }
      }
      super.write(batch, logIndex);
      batch.entries().forEach(entry -> forgotten.remove(entry.key()));
    }
  }

  /// Leaves out of snapshots what the last batch before them wrote.
  static final class SnapshotWithoutLast extends CarelessStore {
    private WriteBatch last = new WriteBatch();

    SnapshotWithoutLast(StorageEngine engine) {
      super(engine);
    }

    @Override
    public void write(WriteBatch batch, long logIndex) {
      super.write(batch, logIndex);
      last = batch;
    }

    @Override
    public Snapshot snapshot() {
      TreeSet<byte[]> missing = new TreeSet<>(Bytes.ORDER);
      last.entries().forEach(entry -> missing.add(entry.key()));
      Snapshot whole = super.snapshot();
      return new Snapshot() {
        @Override
        public long appliedIndex() {
          return whole.appliedIndex();
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
          whole.scan(from, to, (key, value) -> missing.contains(key) || visitor.visit(key, value));
        }

        @Override
        public void close() {
          whole.close();
        }
      };
    }
  }

  /// Reads on in what is there now.
  static final class SnapshotOfNow extends CarelessStore {
    SnapshotOfNow(StorageEngine engine) {
      super(engine);
    }

    private void scanNow(byte[] from, byte @Nullable [] to, Visitor visitor) {
      super.scan(from, to, visitor);
    }

    @Override
    public Snapshot snapshot() {
      Snapshot taken = super.snapshot();
      return new Snapshot() {
        @Override
        public long appliedIndex() {
          return taken.appliedIndex();
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
          scanNow(from, to, visitor);
        }

        @Override
        public void close() {
          taken.close();
        }
      };
    }
  }

  /// Says that there is nothing where it can read nothing.
  static final class DamageIsAbsence extends CarelessStore {
    DamageIsAbsence(StorageEngine engine) {
      super(engine);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      try {
        return super.get(key);
      } catch (CorruptionException | DiskException failure) {
        return null;
      }
    }
  }

  /// Takes a snapshot when somebody reads it.
  static final class SnapshotAtFirstRead extends CarelessStore {
    SnapshotAtFirstRead(StorageEngine engine) {
      super(engine);
    }

    private Snapshot begun() {
      return super.snapshot();
    }

    @Override
    public Snapshot snapshot() {
      long index = appliedIndex();
      return new Snapshot() {
        private @Nullable Snapshot begun;

        @Override
        public long appliedIndex() {
          return index;
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
          Snapshot taken = begun == null ? begun() : begun;
          begun = taken;
          taken.scan(from, to, visitor);
        }

        @Override
        public void close() {
          if (begun != null) {
            begun.close();
          }
        }
      };
    }
  }
}
