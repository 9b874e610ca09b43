package dev.nucleusdb.bitcask;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What the store should hold: the state after every batch, in plain maps.
final class Oracle {
  private final TreeMap<Long, TreeMap<byte[], byte[]>> states = new TreeMap<>();
  private long durableIndex;

  Oracle() {
    states.put(0L, new TreeMap<>(Bytes.ORDER));
  }

  /// A batch is about to be written: from now on it may be there after a crash.
  void writing(WriteBatch batch, long index) {
    TreeMap<byte[], byte[]> next = new TreeMap<>(states.lastEntry().getValue());
    for (WriteBatch.Entry entry : batch.entries()) {
      byte[] value = entry.value();
      if (value == null) {
        next.remove(entry.key());
      } else {
        next.put(entry.key(), value);
      }
    }
    states.put(index, next);
  }

  long lastIndex() {
    return states.lastKey();
  }

  /// The engine says that this much is durable; it is held to that.
  void claimedDurable(long index) {
    durableIndex = Math.max(durableIndex, index);
  }

  /// The engine came back after a crash: with which batches?
  void recovered(StorageEngine engine) {
    long applied = engine.appliedIndex();
    if (applied < durableIndex) {
      throw new AssertionError(
          "batch " + durableIndex + " was durable, only " + applied + " is there");
    }
    if (!states.containsKey(applied)) {
      throw new AssertionError("there was no batch " + applied);
    }
    if (engine.durableIndex() != applied) {
      throw new AssertionError("what was recovered is not durable");
    }
    states.tailMap(applied, false).clear();
    claimedDurable(applied);
    check(engine);
  }

  /// All keys, by scan and by get.
  void check(StorageEngine engine) {
    TreeMap<byte[], byte[]> expected = states.lastEntry().getValue();
    if (engine.appliedIndex() != lastIndex() || engine.durableIndex() > lastIndex()) {
      throw new AssertionError("the applied index is " + engine.appliedIndex());
    }
    TreeMap<byte[], byte[]> found = new TreeMap<>(Bytes.ORDER);
    engine.scan(new byte[0], null, (key, value) -> found.put(key, value) == null);
    if (found.size() != expected.size() || engine.statistics().keyCount() != expected.size()) {
      throw new AssertionError(found.size() + " keys in place of " + expected.size());
    }
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      byte[] key = entry.getKey();
      if (!Arrays.equals(entry.getValue(), found.get(key))
          || !Arrays.equals(entry.getValue(), engine.get(key))) {
        throw new AssertionError("a wrong value for " + Arrays.toString(key));
      }
    }
  }
}
