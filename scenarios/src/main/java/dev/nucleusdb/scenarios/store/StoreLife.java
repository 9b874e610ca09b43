package dev.nucleusdb.scenarios.store;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.storage.StorageEngine;
import dev.nucleusdb.scenarios.store.oracle.NoFalseAlarm;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.legal.DrawnChoices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.SimulatedCrash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The life of one store: operations, crashes in their midst and in the midst of recovery, and the
/// judge after each.
public final class StoreLife {
  /// How much time passes from one operation to the next.
  public static final long OPERATION_NANOS = 1_000_000;

  private static final int OPENS_MAX = 30;

  private final Kernel kernel;
  private final StoreShape shape;
  private final StoreMachine machine;
  private final StoreFaults faults;
  private final StoreJudge judge;
  private final StoreWork work;
  private final RandomSource random;
  private boolean stopping;
  private long crashCount;
  private long damagedReadsAtOpen;
  private int livesWithHarm;

  StoreLife(
      Kernel kernel,
      StoreShape shape,
      StoreMachine machine,
      StoreFaults faults,
      RandomSource random) {
    this.kernel = kernel;
    this.shape = shape;
    this.machine = machine;
    this.faults = faults;
    this.random = random;
    this.judge = new StoreJudge(kernel, shape.keys());
    this.work = new StoreWork(machine, judge, faults, shape, this::mustStop);
  }

  /// How often the power failed, or the process died.
  long crashCount() {
    return crashCount;
  }

  StoreWork work() {
    return work;
  }

  /// Lives it.
  ///
  /// @param operations what is done; null where nothing is
  void run(List<@Nullable StoreOperation> operations) {
    faults.begin(0);
    reopen();
    for (int i = 1; i <= operations.size() && kernel.violation() == null; i++) {
      faults.begin(i);
      long until = i * OPERATION_NANOS;
      guarded(() -> kernel.run(until));
      StoreOperation operation = operations.get(i - 1);
      if (operation != null && kernel.violation() == null) {
        kernel.executed(EventKind.TASK, i, operation.kind().label().hashCode());
        step(operation);
      }
    }
    if (kernel.violation() == null) {
      end();
    }
  }

  private void step(StoreOperation operation) {
    if (machine.engine() == null) {
      reopen();
    }
    if (machine.engine() == null) {
      return;
    }
    guarded(() -> work.perform(operation));
    StorageEngine engine = machine.engine();
    if (engine == null && kernel.violation() == null) {
      reopen();
    } else if (engine != null) {
      judge.history().claimedDurable(engine.durableIndex());
    }
  }

  /// The last look, in peace, and once more after a loss of all that was not synced.
  private void end() {
    faults.end();
    guarded(() -> kernel.run((shape.operationCount() + 100) * OPERATION_NANOS));
    if (machine.engine() == null) {
      reopen();
    }
    guarded(() -> {
      StorageEngine engine = machine.engine();
      if (engine == null) {
        judge.say("NoFalseAlarm", "the store cannot be opened, and nothing is wrong any more");
      } else if (!faults.isHarmed()) {
        judge.current(judge.look(engine));
        work.close();
        machine.image().crash(CrashMode.DROP, new SplitMix(1));
        work.recovered(machine.open(), true);
      }
    });
  }

  private void mustStop() {
    stopping = true;
  }

  /// Runs code of the store: crashes, failures and damage end here.
  private void guarded(Runnable code) {
    stopping = false;
    try {
      code.run();
      if (stopping) {
        crash(faults.modeOfStop());
      }
    } catch (SimulatedCrash crash) {
      crash(faults.mode());
    } catch (DiskException failure) {
      sometimes("a store stops because its disk failed", true);
      crash(faults.modeOfStop());
    } catch (CorruptionException damage) {
      alarmed(damage);
      crash(faults.modeOfStop());
    } catch (InvariantViolation broken) {
      kernel.violate("node-invariant", broken.getMessage() + place(broken));
    } catch (RuntimeException | StackOverflowError unexpected) {
      kernel.violate("unexpected-exception", unexpected + place(unexpected));
    }
  }

  private static String place(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String name = frame.getClassName();
      if (!name.startsWith("java.") && !name.startsWith("dev.nucleusdb.core.assertion.")) {
        return " (" + frame + ")";
      }
    }
    return "";
  }

  private void alarmed(CorruptionException damage) {
    boolean excused = faults.isHarmed() || faults.damagedReads() > damagedReadsAtOpen;
    judge.say("NoFalseAlarm", NoFalseAlarm.broken(damage, excused));
  }

  private void crash(String mode) {
    crashCount++;
    machine.die();
    judge.sealed(machine.image());
    work.lost();
    DiskImage image = machine.image();
    FileSystem fileSystem = machine.trouble().fileSystem();
    RandomSource own = random.fork(crashCount);
    boolean torn = false;
    if (mode.equals(StoreFaults.EXIT)) {
      image.exit();
    } else if (mode.equals("mixed") && fileSystem != null) {
      torn = image.crash(fileSystem, new DrawnChoices(own));
    } else {
      torn = image.crash(CrashMode.named(mode), own);
    }
    sometimes("a crash tears a page under a store alone", torn);
    kernel.executed(EventKind.NODE_DOWN, crashCount, torn ? 1 : 0);
  }

  /// Opens the store, whatever strikes meanwhile; it may stay closed while its disk refuses.
  private void reopen() {
    faults.recovering(true);
    for (int i = 0; i < OPENS_MAX && machine.engine() == null && kernel.violation() == null; i++) {
      damagedReadsAtOpen = faults.damagedReads();
      guarded(this::openOnce);
      if (machine.engine() == null && machine.trouble().refuses()) {
        break;
      }
    }
    faults.recovering(false);
  }

  private void openOnce() {
    StorageEngine engine;
    try {
      engine = machine.open();
    } catch (CorruptionException damage) {
      if (faults.isHarmed()) {
        newDisk();
        return;
      }
      throw damage;
    }
    work.recovered(engine, faults.chance(1) < 0.2);
    if (faults.isHarmed() && ++livesWithHarm > 1) {
      newDisk();
    }
  }

  /// What was harmed is given up.
  private void newDisk() {
    machine.die();
    work.lost();
    livesWithHarm = 0;
    faults.newDisk();
    DiskImage fresh = new DiskImage();
    fresh.shrinkTo(shape.pageBytes());
    machine.replaceDisk(fresh);
    judge.forget();
  }
}
