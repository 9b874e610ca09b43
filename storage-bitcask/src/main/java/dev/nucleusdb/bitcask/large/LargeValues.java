package dev.nucleusdb.bitcask.large;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.FreeRule;
import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.format.StoredValue;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The large values of one store. All calls by the writer, but for reads of streams.
///
/// ```
///   state      ::= next id (8) first freed (8) next freed (8)      big endian
///   upload     ::= id (8)
///   freed      ::= id (8)
/// ```
///
/// An upload begins with a batch that takes an id and notes the upload in one of few slots; ends
/// with one that gives the key its reference and clears the slot. A batch that takes a large value
/// from its key adds its id to the queue of those to be freed. So after a crash the slots tell
/// which uploads will never end, and the queue tells whose parts are left, and both are found by
/// name.
///
/// Parts are freed from the last to the first, so that those that are left are always the first
/// ones, and how many there are is found by halving.
public final class LargeValues {
  /// Bytes of a part, but of the last: small enough for the index to know the size of its record,
  /// so that nothing has to be read to free it.
  public static final int PART_BYTES = 480 * 1024;

  /// Uploads at one time.
  public static final int UPLOADS_MAX = 16;

  private static final int FREED_IN_A_SLICE = 128;

  private final Bitcask engine;
  private final EntryReader reader;
  private final BatchLog log;
  private final FreeRule rule;
  private final int partBytes;
  private final @Nullable Upload[] uploads = new @Nullable Upload[UPLOADS_MAX];

  /// Slots of uploads that will never end, and their ids.
  private final Deque<Abandoned> abandoned = new ArrayDeque<>();

  private long nextId;
  private long firstFreed;
  private long nextFreed;

  private boolean isUsed;

  private record Abandoned(int slot, long id) {}

  /// @param engine the store, open
  /// @param log takes batches
  /// @param rule whether parts are freed
  /// @param partBytes of a part; [#PART_BYTES]; simulation may draw 1 and more
  public LargeValues(Bitcask engine, BatchLog log, FreeRule rule, int partBytes) {
    this.engine = engine;
    this.reader = engine.newReader();
    this.log = log;
    this.rule = rule;
    this.partBytes = partBytes;
    load();
  }

  /// Finds out what there is, at the beginning and after all content was replaced. Uploads that are
  /// under way are forgotten.
  public void load() {
    byte[] state = engine.get(KeySpace.state());
    isUsed = state != null;
    ByteBuffer from = ByteBuffer.wrap(state == null ? new byte[3 * Long.BYTES] : state);
    nextId = from.getLong();
    firstFreed = from.getLong();
    nextFreed = from.getLong();
    abandoned.clear();
    for (int slot = 0; slot < UPLOADS_MAX; slot++) {
      uploads[slot] = null;
      byte[] upload = isUsed ? engine.get(KeySpace.upload(slot)) : null;
      if (upload != null) {
        sometimes("bitcask finds an upload that will never end", true);
        abandoned.add(new Abandoned(slot, ByteBuffer.wrap(upload).getLong()));
      }
    }
  }

  /// Bytes of a part, but of the last.
  public int partBytes() {
    return partBytes;
  }

  /// Whether there ever was a large value: before that, batches need nothing but to be written.
  public boolean isUsed() {
    return isUsed;
  }

  // --- writing -----------------------------------------------------------------------------------

  /// Writes a user's batch, and notes the large values that it takes from their keys.
  public void write(WriteBatch batch) {
    List<StoredEntry> entries = engine.stored(userBatch(batch));
    write(entries, StoredEntry.areTombstones(entries));
  }

  private static WriteBatch userBatch(WriteBatch batch) {
    boolean marked = false;
    for (WriteBatch.Entry entry : batch.entries()) {
      marked |= KeySpace.isMarked(entry.key());
    }
    return marked ? moved(batch) : batch;
  }

  private static WriteBatch moved(WriteBatch batch) {
    WriteBatch own = new WriteBatch();
    for (WriteBatch.Entry entry : batch.entries()) {
      byte[] value = entry.value();
      byte[] key = KeySpace.ofUser(entry.key());
      if (value == null) {
        own.delete(key);
      } else {
        own.put(key, value, entry.expiry());
      }
    }
    return own;
  }

  /// Adds what frees the large values of the keys of a batch, and writes it.
  private void write(List<StoredEntry> batch, boolean givesBack) {
    long freed = nextFreed;
    if (isUsed) {
      Set<byte[]> seen = new TreeSet<>(Bytes.ORDER);
      for (StoredEntry entry : List.copyOf(batch)) {
        Reference old = seen.add(entry.key()) ? reference(entry.key()) : null;
        if (old != null && rule.frees(false)) {
          batch.add(stored(KeySpace.freed(freed++), longs(old.id())));
        }
      }
    }
    if (freed > nextFreed) {
      batch.add(state(nextId, firstFreed, freed));
    }
    log.write(batch, givesBack);
    nextFreed = freed;
  }

  /// Of a record that cannot be read nobody knows whether it was a large value's: then its parts
  /// stay, and the key can be written all the same.
  private @Nullable Reference reference(byte[] key) {
    try {
      return engine.reference(key, reader);
    } catch (CorruptionException damaged) {
      sometimes("bitcask overwrites a damaged record that may be a large value's", true);
      return null;
    }
  }

  /// Begins an upload.
  ///
  /// @param key of a user
  /// @param expiry when the value expires, in milliseconds since 1970, or [WriteBatch#NEVER]
  /// @throws IllegalArgumentException if [#UPLOADS_MAX] are under way
  public Upload begin(byte[] key, long expiry) {
    while (freeSlot() < 0 && !abandoned.isEmpty()) {
      giveUp();
    }
    int slot = freeSlot();
    require(slot >= 0, "more than %d large values at one time", UPLOADS_MAX);
    long id = nextId;
    log.write(
        List.of(state(id + 1, firstFreed, nextFreed), stored(KeySpace.upload(slot), longs(id))),
        false);
    nextId = id + 1;
    isUsed = true;
    Upload upload = new Upload(this, KeySpace.ofUser(key), expiry, slot, id);
    uploads[slot] = upload;
    return upload;
  }

  private int freeSlot() {
    for (int slot = 0; slot < UPLOADS_MAX; slot++) {
      int candidate = slot;
      if (uploads[slot] == null && abandoned.stream().noneMatch(one -> one.slot == candidate)) {
        return slot;
      }
    }
    return -1;
  }

  void part(Upload upload, int number, byte[] bytes) {
    WriteBatch put =
        new WriteBatch().put(KeySpace.part(upload.id(), number), bytes, upload.expiry());
    log.write(engine.stored(put), false);
  }

  void finish(Upload upload, Reference reference) {
    List<StoredEntry> batch = new ArrayList<>();
    batch.add(new StoredEntry(upload.key(), reference.stored(), upload.expiry()));
    batch.add(deleted(KeySpace.upload(upload.slot())));
    write(batch, false);
    uploads[upload.slot()] = null;
  }

  void abandon(Upload upload) {
    uploads[upload.slot()] = null;
    abandoned.add(new Abandoned(upload.slot(), upload.id()));
  }

  // --- freeing -----------------------------------------------------------------------------------

  /// Does one slice of freeing.
  ///
  /// @return whether there is more to do
  public boolean maintain() {
    if (!engine.takesWrites()) {
      return false;
    }
    if (!abandoned.isEmpty()) {
      giveUp();
    } else if (firstFreed < nextFreed) {
      free();
    } else {
      return false;
    }
    return true;
  }

  /// Queues what an upload has written that will never end.
  private void giveUp() {
    Abandoned upload = abandoned.getFirst();
    List<StoredEntry> batch = new ArrayList<>();
    batch.add(deleted(KeySpace.upload(upload.slot)));
    boolean frees = rule.frees(true);
    if (frees) {
      batch.add(stored(KeySpace.freed(nextFreed), longs(upload.id)));
      batch.add(state(nextId, firstFreed, nextFreed + 1));
    }
    log.write(batch, true);
    nextFreed += frees ? 1 : 0;
    abandoned.removeFirst();
  }

  private void free() {
    byte[] freed = engine.get(KeySpace.freed(firstFreed));
    long id = freed == null ? -1 : ByteBuffer.wrap(freed).getLong();
    int parts = freed == null ? 0 : partCount(id);
    List<StoredEntry> batch = new ArrayList<>();
    int rest = Math.max(0, parts - FREED_IN_A_SLICE);
    for (int number = parts - 1; number >= rest; number--) {
      batch.add(deleted(KeySpace.part(id, number)));
    }
    if (rest == 0) {
      batch.add(deleted(KeySpace.freed(firstFreed)));
      batch.add(state(nextId, firstFreed + 1, nextFreed));
    }
    log.write(batch, true);
    firstFreed += rest == 0 ? 1 : 0;
  }

  /// How many of the first parts of a large value are there.
  private int partCount(long id) {
    int there = 0;
    int missing = 1;
    while (missing > 0 && engine.contains(KeySpace.part(id, missing - 1))) {
      there = missing;
      missing *= 2;
    }
    missing = missing < 0 ? Integer.MAX_VALUE : missing;
    while (missing - there > 1) {
      int middle = there + (missing - there) / 2;
      if (engine.contains(KeySpace.part(id, middle - 1))) {
        there = middle;
      } else {
        missing = middle;
      }
    }
    return there;
  }

  /// Records that are no user's keys: asks the index where it has an order, else looks for each.
  public long hiddenCount() {
    if (!isUsed) {
      return 0;
    }
    long counted = engine.count(KeySpace.hiddenFrom(), KeySpace.hiddenTo());
    if (counted >= 0) {
      return counted;
    }
    long underWay = Arrays.stream(uploads).filter(Objects::nonNull).count();
    long count = 1 + underWay + abandoned.size() + nextFreed - firstFreed;
    for (long id = 0; id < nextId; id++) {
      count += partCount(id);
    }
    return count;
  }

  // --- reading -----------------------------------------------------------------------------------

  /// Opens the value that a key has now, large or not.
  ///
  /// @param key of a user
  /// @param release closes what the stream keeps, as the writer
  /// @return null if the key has none
  /// @throws dev.nucleusdb.core.disk.CorruptionException if its record is damaged, or a part
  ///   missing
  public @Nullable ValueStream stream(byte[] key, Consumer<PinnedValues> release) {
    byte[] own = KeySpace.ofUser(key);
    try {
      byte[] value = engine.get(own, reader);
      return value == null ? null : new ValueStream(value);
    } catch (LargeValueException large) {
      Reference reference = Objects.requireNonNull(reader.reference());
      return new ValueStream(reference, engine.pin(partKeys(reference)), release);
    }
  }

  /// Whether a key has a large value now.
  ///
  /// @param key of a user
  public boolean isLarge(byte[] key) {
    return isUsed && engine.reference(KeySpace.ofUser(key), reader) != null;
  }

  /// The keys of all parts.
  static List<byte[]> partKeys(Reference reference) {
    return new AbstractList<>() {
      @Override
      public byte[] get(int index) {
        return KeySpace.part(reference.id(), index);
      }

      @Override
      public int size() {
        return reference.partCount();
      }
    };
  }

  private StoredEntry state(long id, long first, long next) {
    return stored(KeySpace.state(), longs(id, first, next));
  }

  private static StoredEntry stored(byte[] key, byte[] value) {
    return new StoredEntry(key, new StoredValue(value, 0), WriteBatch.NEVER);
  }

  private static StoredEntry deleted(byte[] key) {
    return new StoredEntry(key, StoredValue.tombstone(), WriteBatch.NEVER);
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }
}
