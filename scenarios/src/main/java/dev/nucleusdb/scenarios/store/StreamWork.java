package dev.nucleusdb.scenarios.store;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.format.StoredEntry;
import dev.nucleusdb.bitcask.large.Upload;
import dev.nucleusdb.bitcask.large.ValueStream;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.scenarios.store.oracle.NoLeftParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done with large values: at most one is written and one is read at a time, with anything
/// in between.
final class StreamWork {
  private static final int READ_BYTES = 50;
  private static final int SLICES_MAX = 10_000;

  private final StoreJudge judge;
  private final StoreFaults faults;
  private @Nullable Writing writing;
  private @Nullable Reading reading;

  /// What the batch under way does to what users see.
  private WriteBatch visible = new WriteBatch();

  private record Writing(Upload upload, byte[] key, byte[] value, int[] written) {}

  private record Reading(ValueStream stream, byte[] expected, int[] read) {}

  StreamWork(StoreJudge judge, StoreFaults faults) {
    this.judge = judge;
    this.faults = faults;
  }

  /// The process is gone, or all content was replaced.
  void lost() {
    writing = null;
    reading = null;
  }

  /// Closes in good order.
  void close() {
    endReading();
    lost();
  }

  private void endReading() {
    Reading open = reading;
    reading = null;
    if (open != null) {
      open.stream.close();
    }
  }

  /// All content was replaced: what was being written has no place any more.
  void replaced() {
    writing = null;
  }

  /// Does one thing; a full disk is no failure of it.
  ///
  /// @return whether it was refused
  boolean write(StreamingStore store, String what) {
    try {
      store.logged(
          (batch, givesBack) -> write(store.engine(), batch, givesBack),
          () -> {
            switch (what) {
              case "part" -> part(store);
              case "finish" -> finish(store);
              case "drop" -> drop();
              case "free" -> store.large().maintain();
              default -> begin(store, what);
            }
          });
      return false;
    } catch (DiskException full) {
      if (full.kind() != DiskException.Kind.NO_SPACE) {
        throw full;
      }
      sometimes("a large value meets a full disk", true);
      drop();
      return true;
    }
  }

  private void write(Bitcask engine, List<StoredEntry> batch, boolean givesBack) {
    long index = judge.history().nextIndex();
    judge.history().writing(visible, index);
    try {
      engine.writeStored(batch, index, givesBack);
    } catch (DiskException full) {
      if (full.kind() == DiskException.Kind.NO_SPACE) {
        judge.history().refused(index);
      }
      throw full;
    }
  }

  private void begin(StreamingStore store, String what) {
    if (writing != null) {
      part(store);
      return;
    }
    int equals = what.indexOf('=');
    byte[] key = what.substring(0, equals).getBytes(StandardCharsets.ISO_8859_1);
    byte[] value = judge.history().newValue(key, Integer.parseInt(what.substring(equals + 1)));
    Upload upload = store.large().begin(key, WriteBatch.NEVER);
    writing = new Writing(upload, key, value, new int[1]);
  }

  private boolean part(StreamingStore store) {
    Writing current = writing;
    if (current == null || current.written[0] == current.value.length) {
      return false;
    }
    int from = current.written[0];
    int to = Math.min(current.value.length, from + store.large().partBytes());
    current.upload.append(Arrays.copyOfRange(current.value, from, to));
    current.written[0] = to;
    return true;
  }

  private void finish(StreamingStore store) {
    Writing current = writing;
    while (part(store)) {
      sometimes("a large value has several parts", true);
    }
    if (current != null) {
      visible = new WriteBatch().put(current.key, current.value);
      try {
        current.upload.finish();
      } finally {
        visible = new WriteBatch();
      }
      writing = null;
    }
  }

  private void drop() {
    Writing current = writing;
    writing = null;
    if (current != null) {
      current.upload.abandon();
    }
  }

  /// Reads: a key's value is opened, or more of it is read.
  void read(StreamingStore store, String what) {
    long reads = faults.damagedReads();
    try {
      Reading current = reading;
      if (current == null) {
        open(store, what);
      } else {
        more(current, what.equals("rest"));
      }
    } catch (CorruptionException damage) {
      endReading();
      if (!faults.isHarmed() && faults.damagedReads() == reads) {
        throw damage;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(StreamingStore store, String name) {
    byte[] key = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] expected = judge.history().latest().get(key);
    ValueStream stream = store.large().stream(key, PinnedValues::close);
    if (!faults.isHarmed() && (stream == null) != (expected == null)) {
      judge.say("OneEpoch", "a stream of " + name + " and what was written of it differ");
    } else if (stream != null && expected != null) {
      reading = new Reading(stream, expected, new int[1]);
    } else if (stream != null) {
      stream.close();
    }
  }

  private void more(Reading current, boolean all) throws IOException {
    byte[] bytes = current.stream.readNBytes(all ? Integer.MAX_VALUE : READ_BYTES);
    int from = current.read[0];
    int to = from + bytes.length;
    boolean ended = all || bytes.length < READ_BYTES;
    boolean same =
        to <= current.expected.length
            && (!ended || to == current.expected.length)
            && Arrays.equals(bytes, Arrays.copyOfRange(current.expected, from, to));
    current.read[0] = to;
    if (ended) {
      endReading();
    }
    if (!same && !faults.isHarmed()) {
      judge.say("OneEpoch", "a stream shows other bytes than when it was opened, at " + from);
    }
  }

  /// Frees what is to be freed, and counts what is left.
  void settle(StreamingStore store) {
    int slices = 0;
    boolean refused = false;
    boolean[] more = {true};
    while (more[0] && !refused && slices++ < SLICES_MAX) {
      refused = slice(store, more);
    }
    if (slices >= SLICES_MAX) {
      judge.say("NoLeftParts", "freeing does not end");
    }
    if (writing == null && !refused && !faults.isHarmed()) {
      count(store);
    }
  }

  private boolean slice(StreamingStore store, boolean[] more) {
    try {
      store.logged(
          (batch, givesBack) -> write(store.engine(), batch, givesBack),
          () -> more[0] = store.large().maintain());
      return false;
    } catch (DiskException full) {
      if (full.kind() != DiskException.Kind.NO_SPACE) {
        throw full;
      }
      return true;
    }
  }

  private void count(StreamingStore store) {
    long reads = faults.damagedReads();
    try {
      judge.say("NoLeftParts", NoLeftParts.broken(store.engine(), store.large().partBytes()));
    } catch (CorruptionException damage) {
      if (faults.damagedReads() == reads) {
        throw damage;
      }
    }
  }
}
