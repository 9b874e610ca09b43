package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.bitcask.Bitcask;
import dev.nucleusdb.bitcask.BitcaskOptions;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.scenarios.store.oracle.NoLeakedHandles;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.disk.SimulatedDisk;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.MachineClock;
import dev.nucleusdb.sim.time.NodeTimers;
import dev.nucleusdb.sim.time.SimulatedClock;
import dev.nucleusdb.sim.trace.Actor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A machine with one disk and one store on it, that dies and comes back. The one place where the
/// engine is made.
final class StoreMachine {
  /// The folder of the store.
  static final String FOLDER = "store";

  /// Its name in plans.
  static final String NAME = "s1";

  /// Files that are open beside the data files of an open store.
  private static final int HANDLES_MORE = 2;

  private static final Actor ACTOR = new Actor(0, new Address(NAME), new NodeId(1));

  private final Kernel kernel;
  private final Blueprint blueprint;
  private final BitcaskOptions options;
  private final int partBytes;
  private final DiskTrouble trouble;
  private final Predicate<String> strikes;
  private DiskImage image;
  private @Nullable Incarnation incarnation;
  private @Nullable StorageEngine engine;
  private @Nullable StreamingStore streaming;
  private long incarnationCount;

  /// @param options of the store
  /// @param partBytes of a part of a large value; 0 for a store without
  /// @param image the disk
  /// @param strikes whether the power fails at the next of all named points
  StoreMachine(
      Kernel kernel,
      Blueprint blueprint,
      BitcaskOptions options,
      int partBytes,
      DiskImage image,
      DiskTrouble trouble,
      Predicate<String> strikes) {
    this.kernel = kernel;
    this.blueprint = blueprint;
    this.options = options;
    this.partBytes = partBytes;
    this.image = image;
    this.trouble = trouble;
    this.strikes = strikes;
  }

  Kernel kernel() {
    return kernel;
  }

  DiskImage image() {
    return image;
  }

  DiskTrouble trouble() {
    return trouble;
  }

  BitcaskOptions options() {
    return options;
  }

  /// The disk is another one. Only while the machine is down.
  void replaceDisk(DiskImage other) {
    image = other;
  }

  /// The store, if it is open.
  @Nullable StorageEngine engine() {
    return engine;
  }

  /// The store with its large values, if it is open and has any.
  @Nullable StreamingStore streaming() {
    return engine == null ? null : streaming;
  }

  /// A machine with a copy of the disk, on which nothing fails and nobody crashes.
  StoreMachine with(DiskImage copy, DiskTrouble calm) {
    return new StoreMachine(kernel, blueprint, options, partBytes, copy, calm, point -> false);
  }

  /// Opens the store.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if it says that it is damaged
  /// @throws DiskException if the disk does not let it
  StorageEngine open() {
    die();
    Incarnation next = new Incarnation();
    incarnation = next;
    incarnationCount++;
    kernel.executed(EventKind.NODE_UP, ACTOR.index(), incarnationCount);
    SimulatedDisk disk = new SimulatedDisk(kernel, next, image, trouble);
    next.disk = disk;
    NodeContext context = blueprint.seams().apply(context(next, disk));
    boolean opened = false;
    try {
      Bitcask bitcask =
          Bitcask.open(
              context.disk(),
              FOLDER,
              options,
              blueprint.bitcaskRules(),
              context.random().fork("bitcask"),
              context.trace());
      StreamingStore large = partBytes == 0 ? null : large(bitcask);
      StorageEngine made = blueprint.store().apply(large == null ? bitcask : large);
      engine = made;
      streaming = large;
      opened = true;
      checkHandles(made.statistics().fileCount() + HANDLES_MORE);
      return made;
    } finally {
      if (!opened && next.isAlive()) {
        checkHandles(0);
      }
    }
  }

  private StreamingStore large(Bitcask bitcask) {
    boolean made = false;
    try {
      StreamingStore large =
          new StreamingStore(bitcask, blueprint.bitcaskRules().free(), partBytes);
      made = true;
      return large;
    } finally {
      if (!made) {
        bitcask.close();
      }
    }
  }

  /// Closes in good order.
  void close() {
    StorageEngine open = engine;
    if (open != null) {
      engine = null;
      open.close();
      checkHandles(0);
    }
    die();
  }

  /// The process is gone.
  void die() {
    Incarnation last = incarnation;
    engine = null;
    if (last != null) {
      last.dead = true;
    }
  }

  private void checkHandles(int allowed) {
    Incarnation current = incarnation;
    SimulatedDisk disk = current == null ? null : current.disk;
    String broken = disk == null ? null : NoLeakedHandles.broken(disk.openHandles(), allowed);
    if (broken != null) {
      kernel.violate("NoLeakedHandles", broken);
    }
  }

  private NodeContext context(Incarnation host, SimulatedDisk disk) {
    Clock clock = new SimulatedClock(new MachineClock(kernel, 0), 0);
    return new NodeContext(
        new NodeId(1),
        clock,
        new NodeTimers(kernel, host, (SimulatedClock) clock),
        new NoNetwork(),
        disk,
        new SplitMix(incarnationCount),
        host,
        reason -> die());
  }

  /// One life of the process.
  private final class Incarnation implements Host, Trace {
    private boolean dead;
    private @Nullable SimulatedDisk disk;

    @Override
    public Actor actor() {
      return ACTOR;
    }

    @Override
    public boolean isAlive() {
      return !dead;
    }

    @Override
    public void execute(Runnable callback) {
      if (!dead) {
        callback.run();
      }
    }

    @Override
    public void point(String name) {
      if (!dead && strikes.test(name)) {
        die();
        throw kernel.crash(name);
      }
    }

    @Override
    public void event(TraceKind kind, long a, long b, long c) {
      if (!dead) {
        kernel.fold(EventKind.TRACE, kind.name().hashCode() ^ a, b * 31 + c);
        kernel.observers().onTrace(kernel.nowNanos(), ACTOR, kind, a, b, c);
      }
    }
  }

  /// Nobody is there.
  private static final class NoNetwork implements Network {
    @Override
    public Address self() {
      return ACTOR.address();
    }

    @Override
    public boolean send(Address to, byte[] message) {
      return false;
    }

    @Override
    public void receive(Receiver receiver) {}

    @Override
    public int maxMessageBytes() {
      return 1;
    }
  }
}
