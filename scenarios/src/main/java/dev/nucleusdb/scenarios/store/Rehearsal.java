package dev.nucleusdb.scenarios.store;

import dev.nucleusdb.core.assertion.InvariantViolation;
import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.database.node.DatabaseOptions;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.scenarios.cluster.Blueprint;
import dev.nucleusdb.sim.disk.DiskCall;
import dev.nucleusdb.sim.disk.DiskImage;
import dev.nucleusdb.sim.disk.DiskTrouble;
import dev.nucleusdb.sim.disk.legal.Choices;
import dev.nucleusdb.sim.disk.legal.EnumeratedChoices;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import dev.nucleusdb.sim.fault.CrashMode;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.time.SimulatedCrash;
import dev.nucleusdb.sim.trace.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One run of a short workload, with one thing that goes wrong.
final class Rehearsal {
  private static final long EVENTS_MAX = 10_000_000;
  private static final long SECOND = 1_000_000_000;

  private final Kernel kernel = new Kernel(EVENTS_MAX, EVENTS_MAX);
  private final ShortWorkload workload;
  private final Blueprint blueprint;
  private final StoreShape shape;
  private final StoreFaults faults;
  private final StoreMachine machine;
  private final StoreLife life;
  private final int crashPoint;
  private int points;
  private int recoveryPoint;

  /// @param crashPoint at which point of all the power fails; 0 for none
  Rehearsal(
      ShortWorkload workload,
      FileSystem fileSystem,
      UnaryOperator<Blueprint> planter,
      int crashPoint) {
    this.workload = workload;
    this.shape = workload.shape(fileSystem);
    this.crashPoint = crashPoint;
    this.blueprint =
        planter.apply(Blueprint.of(RaftOptions.DEFAULT, shape.options(), DatabaseOptions.DEFAULT));
    DiskTrouble trouble = new DiskTrouble(shape.profile(), new SplitMix(1));
    this.faults =
        new StoreFaults(
            kernel, trouble, new SplitMix(1), EnumSet.noneOf(FaultFamily.class), 1, null);
    this.machine = machine(fresh(), trouble);
    this.life = new StoreLife(kernel, shape, machine, faults, new SplitMix(1));
  }

  private DiskImage fresh() {
    DiskImage image = new DiskImage();
    image.shrinkTo(shape.pageBytes());
    return image;
  }

  private StoreMachine machine(DiskImage image, DiskTrouble trouble) {
    return new StoreMachine(
        kernel,
        blueprint,
        blueprint.bitcaskOptions(),
        shape.partBytes(),
        image,
        trouble,
        point -> ++points == crashPoint);
  }

  @Nullable Violation violation() {
    return kernel.violation();
  }

  List<String> paths() {
    return machine.image().paths();
  }

  int sizeBytes(String path) {
    return machine.image().content(path).length;
  }

  private StoreJudge judge() {
    return life.work().judge();
  }

  /// Does all of it, or as much as the crash lets it.
  ///
  /// @return whether the power failed
  boolean runToTheCrash() {
    try {
      life.work().recovered(machine.open(), false);
      long now = 0;
      for (StoreOperation operation : workload.parsed()) {
        if (operation != null) {
          now += SECOND;
          kernel.run(now);
          life.work().perform(operation);
          var engine = machine.engine();
          judge().history().claimedDurable(engine == null ? 0 : engine.durableIndex());
        }
      }
      return false;
    } catch (SimulatedCrash crash) {
      return true;
    } catch (CorruptionException | InvariantViolation broken) {
      kernel.violate("NoFalseAlarm", String.valueOf(broken.getMessage()));
      return false;
    }
  }

  /// Opens what one image of the crash leaves.
  void recover(Choices choices, FileSystem fileSystem) {
    check(crashed(choices, fileSystem));
  }

  private DiskImage crashed(Choices choices, FileSystem fileSystem) {
    DiskImage twin = machine.image().twin();
    twin.crash(fileSystem, choices);
    return twin;
  }

  private void check(DiskImage image) {
    StoreMachine other = machine.with(image, StoreJudge.calm());
    try {
      judge().written(judge().look(other.open()));
    } catch (CorruptionException damage) {
      kernel.violate(
          "NoFalseAlarm", "damage is reported, and none was done: " + damage.getMessage());
    } catch (InvariantViolation broken) {
      kernel.violate("node-invariant", String.valueOf(broken.getMessage()));
    }
    other.die();
  }

  /// The same, and the power fails at a point of the recovery; then once more, in three ways.
  ///
  /// @param choices those of the last image, which are given again
  /// @return whether the recovery has so many points
  boolean recoverTwice(EnumeratedChoices choices, FileSystem fileSystem, int point) {
    DiskImage image = machine.image().twin();
    choices.again();
    image.crash(fileSystem, choices);
    recoveryPoint = point;
    StoreMachine other =
        new StoreMachine(
            kernel,
            blueprint,
            blueprint.bitcaskOptions(),
            shape.partBytes(),
            image,
            StoreJudge.calm(),
            name -> --recoveryPoint == 0);
    try {
      other.open();
      other.die();
      return false;
    } catch (SimulatedCrash crash) {
      for (CrashMode mode : List.of(CrashMode.DROP, CrashMode.KEEP, CrashMode.MIXED)) {
        DiskImage again = image.twin();
        again.crash(mode, new SplitMix(point));
        check(again);
      }
      return true;
    } catch (CorruptionException | InvariantViolation told) {
      // It is told where the same image is opened in peace.
      return false;
    }
  }

  /// Does all of it, and one call fails.
  ///
  /// @return which call it was; null if there are fewer
  @Nullable DiskCall runWithFailure(DiskCall.Failure failure, int number, String aftermath) {
    @Nullable DiskCall[] struck = {null};
    int[] calls = {0};
    faults.stopWith(aftermath);
    machine
        .trouble()
        .calls()
        .script((call, path) -> {
          boolean strikes = ++calls[0] == number;
          struck[0] = strikes ? call : struck[0];
          return strikes ? failure : null;
        });
    life.run(workload.parsed());
    return struck[0];
  }

  /// Damages what is there at the end.
  boolean damage(DamageTrial.Damage damage) {
    return new DamageTrial(machine, judge()).run(damage);
  }
}
