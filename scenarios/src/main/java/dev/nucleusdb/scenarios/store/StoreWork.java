package dev.nucleusdb.scenarios.store;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.scenarios.store.oracle.OneEpoch;
import dev.nucleusdb.scenarios.store.oracle.Sight;
import dev.nucleusdb.scenarios.store.oracle.SpaceBound;
import dev.nucleusdb.scenarios.workload.OperationCounts;
import dev.nucleusdb.sim.disk.Rot;
import dev.nucleusdb.sim.fault.FaultFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Carries operations out on an open store, and judges what they show.
final class StoreWork {
  private static final int SLICES_MAX = 20_000;

  /// Whether merging ends is seen only where nothing ends it first.
  private static final int SLICES_WITH_CRASHES = 100;

  private static final int SNAPSHOTS_MAX = 3;
  private static final byte[] FIRST = {};

  private final StoreMachine machine;
  private final StoreJudge judge;
  private final StoreFaults faults;
  private final StoreShape shape;
  private final Runnable mustStop;
  private final StreamWork streams;
  private final List<Taken> snapshots = new ArrayList<>();
  private StorageEngine.@Nullable Replacement replacement;
  private NavigableMap<byte[], byte[]> gathered = new TreeMap<>(Bytes.ORDER);

  /// The engine that was asked for a sync last, and how many of them have not ended.
  private @Nullable StorageEngine synced;

  private int syncsUnderWay;
  private long okCount;
  private long failedCount;
  private long unknownCount;

  private record Taken(StorageEngine.Snapshot snapshot, NavigableMap<byte[], byte[]> state) {}

  /// @param mustStop called where a failure was told that ends the process
  StoreWork(
      StoreMachine machine,
      StoreJudge judge,
      StoreFaults faults,
      StoreShape shape,
      Runnable mustStop) {
    this.machine = machine;
    this.judge = judge;
    this.faults = faults;
    this.shape = shape;
    this.mustStop = mustStop;
    this.streams = new StreamWork(judge, faults);
  }

  /// What came of the operations.
  OperationCounts counts() {
    return new OperationCounts(okCount, failedCount, unknownCount);
  }

  StoreJudge judge() {
    return judge;
  }

  /// Does one thing.
  void perform(StoreOperation operation) {
    StorageEngine engine = Objects.requireNonNull(machine.engine());
    unknownCount++;
    switch (operation.kind()) {
      case WRITE -> write(engine, operation.what());
      case SYNC -> sync(engine);
      case WAIT -> {}
      case MAINTAIN -> maintain(engine, operation.number());
      case SETTLE -> settle(engine);
      case LOOK -> look(engine);
      case SNAPSHOT -> snapshot(engine, operation.number());
      case REPLACE -> replace(engine, operation.number());
      case REOPEN -> {
        close();
        recovered(machine.open(), false);
      }
      case DAMAGE -> damage(operation.number());
      case STREAM -> stream(operation.what());
      case READ -> read(operation.what());
    }
    unknownCount--;
    okCount++;
  }

  private void stream(String what) {
    StreamingStore large = machine.streaming();
    if (large != null && streams.write(large, what)) {
      okCount--;
      failedCount++;
    }
  }

  private void read(String what) {
    StreamingStore large = machine.streaming();
    if (large != null) {
      streams.read(large, what);
    }
  }

  /// The process is gone, and all that it held.
  void lost() {
    streams.lost();
    snapshots.clear();
    replacement = null;
  }

  /// Closes in good order.
  void close() {
    streams.close();
    snapshots.forEach(taken -> taken.snapshot().close());
    if (replacement != null) {
      replacement.close();
    }
    lost();
    machine.close();
    judge.history().claimedDurable(judge.history().lastIndex());
  }

  /// The store was opened.
  void recovered(StorageEngine engine, boolean again) {
    long reads = faults.damagedReads();
    Sight sight = judge.look(engine);
    if (faults.isHarmed()) {
      judge.harmed(sight);
      judge.history().recoveredAs(sight.appliedIndex(), sight.found());
      return;
    }
    if (faults.damagedReads() == reads && sight.reported() != null) {
      throw sight.reported();
    }
    judge.recovered(machine, sight, again);
  }

  private void write(StorageEngine engine, String entries) {
    WriteBatch batch = batch(entries);
    long index = judge.history().nextIndex();
    judge.history().writing(batch, index);
    try {
      engine.write(batch, index);
    } catch (DiskException full) {
      if (full.kind() != Kind.NO_SPACE) {
        throw full;
      }
      sometimes("a store alone refuses a batch on a full disk", true);
      judge.history().refused(index);
      okCount--;
      failedCount++;
    }
    if (engine.appliedIndex() != judge.history().lastIndex()) {
      judge.say(
          "PrefixOfHistory",
          "after a write the applied index is "
              + engine.appliedIndex()
              + ", not "
              + judge.history().lastIndex());
    }
  }

  private WriteBatch batch(String entries) {
    WriteBatch batch = new WriteBatch();
    for (String entry : entries.isEmpty() ? new String[0] : entries.split(",", -1)) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, equals < 0 ? entry.length() - 1 : equals);
      byte[] key = name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      if (equals < 0) {
        batch.delete(key);
      } else {
        int sizeBytes = Integer.parseInt(entry.substring(equals + 1));
        batch.put(key, judge.history().newValue(key, sizeBytes));
      }
    }
    return batch;
  }

  private void sync(StorageEngine engine) {
    if (!engine.equals(synced)) {
      synced = engine;
      syncsUnderWay = 0;
    }
    syncsUnderWay++;
    engine.sync(failure -> {
      syncsUnderWay -= engine.equals(synced) ? 1 : 0;
      if (failure != null) {
        mustStop.run();
      }
    });
  }

  private void maintain(StorageEngine engine, int slices) {
    for (int i = 0; i < slices && sliced(engine); i++) {
      sometimes("a store alone merges", true);
    }
  }

  private boolean sliced(StorageEngine engine) {
    long reads = faults.damagedReads();
    try {
      return engine.maintain();
    } catch (DiskException full) {
      if (full.kind() != Kind.NO_SPACE) {
        throw full;
      }
      return false;
    } catch (CorruptionException damage) {
      if (faults.isHarmed() || faults.damagedReads() > reads) {
        return false;
      }
      throw damage;
    }
  }

  private void settle(StorageEngine engine) {
    int slices = 0;
    int struck = faults.entries().size();
    StreamingStore large = machine.streaming();
    if (large != null) {
      streams.settle(large);
    }
    while (slices < SLICES_MAX && sliced(engine)) {
      slices++;
      if (slices == SLICES_WITH_CRASHES) {
        faults.spare();
      }
    }
    if (slices == SLICES_MAX) {
      judge.say("SpaceBound", "merging does not end");
    }
    // A merge that was given up is due again, and nobody said so. Files that are being synced are
    // not
    // merged, and until then some tombstones of the others must stay.
    boolean syncs = engine.equals(synced) && syncsUnderWay > 0;
    boolean mayMerge =
        !syncs
            && faults.damagedReads() == 0
            && struck == faults.entries().size()
            && !machine.trouble().refuses();
    if (mayMerge && !faults.isHarmed()) {
      judge.say(
          "SpaceBound",
          SpaceBound.broken(
              engine.statistics(),
              machine.options().mergeDeadFraction(),
              machine.options().segmentSizeBytes(),
              shape.batchBytesMax()));
    }
  }

  private void look(StorageEngine engine) {
    long reads = faults.damagedReads();
    Sight sight = judge.look(engine);
    if (faults.isHarmed()) {
      judge.harmed(sight);
    } else if (sight.reported() == null || faults.damagedReads() > reads) {
      judge.current(sight);
    } else {
      throw sight.reported();
    }
  }

  private void snapshot(StorageEngine engine, int number) {
    if (snapshots.isEmpty() || (snapshots.size() < SNAPSHOTS_MAX && number % 3 == 0)) {
      snapshots.add(new Taken(engine.snapshot(), judge.history().latest()));
      return;
    }
    Taken taken = snapshots.get(number % snapshots.size());
    NavigableMap<byte[], byte[]> seen = new TreeMap<>(Bytes.ORDER);
    long reads = faults.damagedReads();
    try {
      taken.snapshot().scan(FIRST, null, (key, value) -> seen.put(key, value) == null);
    } catch (CorruptionException damage) {
      if (faults.isHarmed() || faults.damagedReads() > reads) {
        return;
      }
      throw damage;
    }
    if (!faults.isHarmed()) {
      judge.say("OneEpoch", OneEpoch.broken(taken.state(), seen));
    }
    if (number % 2 == 0) {
      taken.snapshot().close();
      snapshots.remove(taken);
    }
  }

  private void replace(StorageEngine engine, int number) {
    StorageEngine.Replacement current = replacement;
    if (current == null) {
      replacement = engine.replace();
      gathered = new TreeMap<>(Bytes.ORDER);
      return;
    }
    try {
      if (number % 10 < 6) {
        gather(current, number);
      } else if (number % 10 < 9) {
        install(engine, current);
      } else {
        replacement = null;
        current.close();
      }
    } catch (DiskException full) {
      if (full.kind() != Kind.NO_SPACE) {
        throw full;
      }
      sometimes("a replacement meets a full disk", true);
      replacement = null;
      current.close();
    }
  }

  private void gather(StorageEngine.Replacement current, int number) {
    SplitMix draw = new SplitMix(number);
    WriteBatch puts = new WriteBatch();
    NavigableMap<byte[], byte[]> added = new TreeMap<>(Bytes.ORDER);
    for (int i = 0; i < 1 + draw.nextInt(4); i++) {
      byte[] key = StoreShape.key(draw.nextInt(shape.keyCount()));
      if (!gathered.containsKey(key) && !added.containsKey(key)) {
        byte[] value = judge.history().newValue(key, draw.nextInt(shape.valueBytesMax()));
        puts.put(key, value);
        added.put(key, value);
      }
    }
    current.add(puts);
    gathered.putAll(added);
  }

  private void install(StorageEngine engine, StorageEngine.Replacement current) {
    long index = judge.history().nextIndex();
    judge.history().replacing(gathered, index);
    try {
      current.install(index);
    } catch (DiskException full) {
      if (full.kind() == Kind.NO_SPACE) {
        judge.history().refused(index);
      }
      throw full;
    }
    replacement = null;
    streams.replaced();
    sometimes("a store alone is replaced", engine.appliedIndex() == index);
    judge.history().claimedDurable(index);
  }

  private void damage(int number) {
    List<String> paths = machine.image().paths();
    SplitMix draw = new SplitMix(number);
    List<Rot> kinds = List.of(Rot.values());
    Rot rot = kinds.get(draw.nextInt(kinds.size()));
    String path = paths.get(draw.nextInt(paths.size()));
    int size = machine.image().content(path).length;
    int length = 1 << draw.nextInt(8);
    int offset = size == 0 ? 0 : draw.nextInt(size) / length * length;
    if (faults.isHarmed() || !faults.mayDamage(rot)) {
      return;
    }
    DamageTrial.Damage damage = new DamageTrial.Damage(rot, path, offset, length, draw.chance(0.5));
    if (new DamageTrial(machine, judge).run(damage)) {
      faults.counts().count(familyOf(rot));
    }
  }

  static FaultFamily familyOf(Rot rot) {
    return Rot.BLOCKS.contains(rot) ? FaultFamily.BAD_BLOCK : FaultFamily.BAD_FILE;
  }
}
