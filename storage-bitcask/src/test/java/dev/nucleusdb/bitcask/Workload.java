package dev.nucleusdb.bitcask;

import dev.nucleusdb.bitcask.MemoryDisk.PowerLoss;
import dev.nucleusdb.bitcask.cipher.StoreKey;
import dev.nucleusdb.bitcask.compression.Compression;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.WriteBatch;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A random life of one store, held to the [Oracle]. Everything follows from the seed.
final class Workload implements Trace, MemoryDisk.Fault {
  static final BitcaskOptions TINY =
      BitcaskOptions.DEFAULT.withSegmentSizeBytes(400).withMerge(0.4, 150, 3);

  private static final StoreKey KEY = StoreKey.of(new byte[16]);

  /// Names of all points that were passed, over all lives.
  static final TreeSet<String> POINTS = new TreeSet<>();

  final MemoryDisk disk = new MemoryDisk();
  final Oracle oracle = new Oracle();
  private final RandomSource random;
  private final BitcaskRules rules;
  private final IndexKind kind;
  private final boolean encrypted;
  private final Compression compression;
  private long opens;
  private Bitcask engine;

  /// Effects and points until the power fails; negative for never.
  private int powerLossIn = -1;

  /// Effects until the disk is full for once; negative for never.
  private int noSpaceIn = -1;

  private int losses;
  private boolean lossIsTotal;

  /// The one loss of power is planned, none is left to luck.
  private boolean planned;

  private @Nullable String crashPoint;
  private int crashPointPasses;

  Workload(long seed, BitcaskRules rules, @Nullable String crashPoint, int crashPointPasses) {
    this.random = new SplitMix(seed);
    this.rules = rules;
    this.kind = seed % 3 == 0 ? IndexKind.HASH : IndexKind.ORDERED;
    this.encrypted = seed % 4 == 0;
    this.compression = seed % 5 < 2 ? new Compression(new RunLength(), 16) : Compression.OFF;
    this.crashPoint = crashPoint;
    this.crashPointPasses = crashPointPasses;
    disk.fault = this;
    this.engine = reopen();
  }

  static void run(long seed, int steps, BitcaskRules rules) {
    new Workload(seed, rules, null, 0).steps(steps);
  }

  /// A life in which the power fails at the given pass of a named point, beside what luck brings.
  static boolean crashAt(long seed, int steps, String point, int passes) {
    Workload workload = new Workload(seed, BitcaskRules.DEFAULT, point, passes);
    workload.steps(steps);
    return workload.crashPointPasses <= 0;
  }

  /// A life without luck: everything is done, and the power fails once at the given effect.
  static boolean crashAtEffect(long seed, int steps, int effect, boolean total) {
    Workload workload = new Workload(seed, BitcaskRules.DEFAULT, null, 0);
    workload.planned = true;
    workload.powerLossIn = effect;
    workload.lossIsTotal = total;
    workload.steps(steps);
    return workload.losses > 0;
  }

  void steps(int steps) {
    for (int i = 0; i < steps; i++) {
      try {
        step();
      } catch (PowerLoss loss) {
        losses++;
        crash();
      }
      oracle.claimedDurable(engine.durableIndex());
    }
    powerLossIn = -1;
    noSpaceIn = -1;
    crashPoint = null;
    oracle.check(engine);
    engine.close();
    disk.crash(null);
    engine = open();
    oracle.recovered(engine);
  }

  private void step() {
    int draw = random.nextInt(100);
    if (draw < 50) {
      write();
    } else if (draw < 60) {
      engine.sync(failure -> {});
    } else if (draw < 72) {
      disk.completeOneSync();
    } else if (draw < 92) {
      engine.maintain();
    } else if (draw < 95) {
      oracle.check(engine);
    } else if (draw < 97) {
      arm();
    } else if (draw == 97 && !planned) {
      crash();
    } else if (draw == 98) {
      engine.close();
      disk.crash(random);
      engine = open();
      oracle.recovered(engine);
    } else {
      for (int i = 0; i < 50 && engine.maintain(); i++) {
        oracle.check(engine);
      }
    }
  }

  private void arm() {
    if (planned) {
      return;
    }
    if (random.chance(0.6)) {
      powerLossIn = random.nextInt(30);
    } else {
      noSpaceIn = random.nextInt(15);
      disk.partialBytes = random.nextInt(80);
    }
  }

  private void write() {
    WriteBatch batch = new WriteBatch();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      byte[] key = {(byte) random.nextInt(3), (byte) random.nextInt(4)};
      if (random.chance(0.4)) {
        batch.delete(key);
      } else {
        byte[] value = new byte[random.nextInt(random.chance(0.05) ? 500 : 40)];
        java.util.Arrays.fill(value, (byte) random.nextInt(256));
        batch.put(key, value);
      }
    }
    long index = oracle.lastIndex() + 1 + random.nextInt(2);
    oracle.writing(batch, index);
    try {
      engine.write(batch, index);
    } catch (DiskException full) {
      if (full.kind() != DiskException.Kind.NO_SPACE) {
        throw full;
      }
      engine.write(batch, index);
    }
  }

  /// The power fails, perhaps again while the store recovers.
  private void crash() {
    disk.crash(lossIsTotal ? null : random);
    if (!planned && random.chance(0.3)) {
      powerLossIn = random.nextInt(12);
    }
    engine = reopen();
    oracle.recovered(engine);
    int files = engine.statistics().fileCount();
    if (disk.openHandles() != files || dataFiles() != files) {
      throw new AssertionError(disk.openHandles() + " handles, " + disk.paths());
    }
  }

  private long dataFiles() {
    return disk.paths().stream().filter(path -> path.startsWith("store/data-")).count();
  }

  private Bitcask reopen() {
    while (true) {
      try {
        return open();
      } catch (PowerLoss again) {
        disk.crash(random);
      }
    }
  }

  private Bitcask open() {
    noSpaceIn = -1;
    BitcaskOptions options =
        TINY.withIndex(kind).withKey(encrypted ? KEY : null).withCompression(compression);
    return Bitcask.open(disk, "store", options, rules, new SplitMix(++opens), this);
  }

  // --- Fault and Trace ---------------------------------------------------------------------------

  @Override
  public DiskException.@Nullable Kind before(String operation, String path) {
    boolean takesSpace =
        operation.equals("append") || operation.equals("create") || operation.equals("syncNow");
    if (operation.equals("read")) {
      return null;
    }
    strike(operation);
    if (takesSpace && !operation.equals("syncNow") && noSpaceIn >= 0 && noSpaceIn-- == 0) {
      return DiskException.Kind.NO_SPACE;
    }
    return null;
  }

  @Override
  public void event(TraceKind kind, long a, long b, long c) {}

  @Override
  public void point(String name) {
    POINTS.add(name);
    strike(name);
    if (name.equals(crashPoint) && --crashPointPasses == 0) {
      throw new PowerLoss(name);
    }
  }

  private void strike(String where) {
    if (powerLossIn >= 0 && powerLossIn-- == 0) {
      throw new PowerLoss(where);
    }
  }
}
