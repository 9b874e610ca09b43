package dev.nucleusdb.scenarios.store.oracle;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the store should hold: the map after every batch, by the batch's log index. A log index is
/// never used again, and no two values are alike, so whatever comes back from the dead is known.
public final class History {
  private static final int SERIAL_BYTES = Long.BYTES;

  private final TreeMap<Long, NavigableMap<byte[], byte[]>> states = new TreeMap<>();
  private final TreeMap<Long, List<byte[]>> keysOf = new TreeMap<>();

  /// Whose the value of each number was, and in full.
  private final List<Written> written = new ArrayList<>();

  private long durableIndex;
  private long highestIndex;

  private record Written(byte[] key, byte[] value) {}

  /// Nothing was written.
  public History() {
    states.put(0L, new TreeMap<>(Bytes.ORDER));
  }

  /// A value for a key that no other value is like, if it is long enough to be told apart.
  public byte[] newValue(byte[] key, int sizeBytes) {
    byte[] value = new byte[sizeBytes];
    long serial = written.size();
    Arrays.fill(value, (byte) (serial * 31 + 7));
    if (sizeBytes >= SERIAL_BYTES) {
      ByteBuffer.wrap(value).putLong(serial);
    }
    written.add(new Written(key, value));
    return value;
  }

  /// Whether a value was ever the key's.
  public boolean wasEver(byte[] key, byte[] value) {
    if (value.length < SERIAL_BYTES) {
      return written.stream()
          .anyMatch(one -> Arrays.equals(one.key(), key) && Arrays.equals(one.value(), value));
    }
    long serial = ByteBuffer.wrap(value).getLong();
    if (serial < 0 || serial >= written.size()) {
      return false;
    }
    Written one = written.get((int) serial);
    return Arrays.equals(one.key(), key) && Arrays.equals(one.value(), value);
  }

  /// A log index for the next batch, above all that were ever used.
  public long nextIndex() {
    return highestIndex + 1;
  }

  /// A batch is about to be written: from now on it may be there after a crash.
  public void writing(WriteBatch batch, long index) {
    NavigableMap<byte[], byte[]> next = new TreeMap<>(Bytes.ORDER);
    next.putAll(latest());
    List<byte[]> keys = new ArrayList<>();
    for (WriteBatch.Entry entry : batch.entries()) {
      byte[] value = entry.value();
      keys.add(entry.key());
      if (value == null) {
        next.remove(entry.key());
      } else {
        next.put(entry.key(), value);
      }
    }
    became(next, index, keys);
  }

  /// Another content is about to take the place of all.
  public void replacing(NavigableMap<byte[], byte[]> content, long index) {
    List<byte[]> keys = new ArrayList<>(latest().keySet());
    keys.addAll(content.keySet());
    became(content, index, keys);
  }

  private void became(NavigableMap<byte[], byte[]> state, long index, List<byte[]> keys) {
    states.put(index, state);
    keysOf.put(index, keys);
    highestIndex = index;
  }

  /// The last batch was refused: it is not there and never will be.
  public void refused(long index) {
    states.remove(index);
    keysOf.remove(index);
  }

  /// The store came back with everything up to an index: what was written behind it is lost.
  public void recovered(long index) {
    states.tailMap(index, false).clear();
    durableIndex = Math.min(durableIndex, index);
    claimedDurable(index);
  }

  /// The store came back with something that nobody can be blamed for: that is the truth now.
  public void recoveredAs(long index, NavigableMap<byte[], byte[]> found) {
    states.clear();
    states.put(index, found);
    highestIndex = Math.max(highestIndex, index);
    durableIndex = index;
  }

  /// The store says that this much is durable: it is held to that.
  public void claimedDurable(long index) {
    durableIndex = Math.max(durableIndex, index);
  }

  /// Up to where everything must survive.
  public long durableIndex() {
    return durableIndex;
  }

  /// The index of the last batch.
  public long lastIndex() {
    return states.lastKey();
  }

  /// The map now.
  public NavigableMap<byte[], byte[]> latest() {
    return states.lastEntry().getValue();
  }

  /// The map after a batch; null if there was none of that index.
  public @Nullable NavigableMap<byte[], byte[]> at(long index) {
    return states.get(index);
  }

  /// The map before a batch.
  public NavigableMap<byte[], byte[]> before(long index) {
    var earlier = states.lowerEntry(index);
    return earlier == null ? new TreeMap<>(Bytes.ORDER) : earlier.getValue();
  }

  /// The keys of a batch.
  public List<byte[]> keysOf(long index) {
    return keysOf.getOrDefault(index, List.of());
  }

  /// A key as people read it.
  static String name(byte[] key) {
    return new String(key, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
