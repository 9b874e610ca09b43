package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores that are careless with snapshots.
abstract class SnapshotStore extends OtherStore {
  private static final byte MARK = 0x00;
  private static final byte SESSION = 0x01;

  SnapshotStore(StorageEngine engine) {
    super(engine);
  }

  /// Its snapshots lack the sessions.
  static final class ForgetsSessions extends SnapshotStore {
    ForgetsSessions(StorageEngine engine) {
      super(engine);
    }

    @Override
    public Snapshot snapshot() {
      Snapshot whole = super.snapshot();
      return new Snapshot() {
        @Override
        public long appliedIndex() {
          return whole.appliedIndex();
        }

        @Override
        public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
          whole.scan(
              from,
              to,
              (key, value) -> (key.length > 0 && key[0] == SESSION) || visitor.visit(key, value));
        }

        @Override
        public void close() {
          whole.close();
        }
      };
    }
  }

  /// Writes a replacement as if it were one more batch.
  abstract static class InPlace extends SnapshotStore {
    InPlace(StorageEngine engine) {
      super(engine);
    }

    /// What else the batch has to hold.
    abstract void prepare(WriteBatch batch);

    @Override
    public Replacement replace() {
      List<WriteBatch.Entry> puts = new ArrayList<>();
      return new Replacement() {
        @Override
        public void add(WriteBatch batch) {
          puts.addAll(batch.entries());
        }

        @Override
        public void install(long logIndex) {
          WriteBatch batch = new WriteBatch();
          prepare(batch);
          for (WriteBatch.Entry put : puts) {
            byte[] value = put.value();
            batch.put(put.key(), value == null ? new byte[0] : value);
          }
          write(batch, logIndex);
        }

        @Override
        public void close() {}
      };
    }
  }

  /// Clears nothing before.
  static final class LeavesOldKeys extends InPlace {
    LeavesOldKeys(StorageEngine engine) {
      super(engine);
    }

    @Override
    void prepare(WriteBatch batch) {}
  }

  /// Clears everything before, and waits for no disk.
  static final class NotDurable extends InPlace {
    NotDurable(StorageEngine engine) {
      super(engine);
    }

    @Override
    void prepare(WriteBatch batch) {
      scan(
          new byte[] {MARK},
          null,
          (key, value) -> {
            batch.delete(key);
            return true;
          });
    }
  }
}
