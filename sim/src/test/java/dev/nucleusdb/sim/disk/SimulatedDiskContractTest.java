package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.contract.DiskContract;
import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.TestBench;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.CrashMode;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/// The contract under every kind of power loss.
class SimulatedDiskContractTest {
  @Nested
  class When_all_unsynced_is_lost extends Crashing {
    When_all_unsynced_is_lost() {
      super(CrashMode.DROP);
    }
  }

  @Nested
  class When_all_is_kept extends Crashing {
    When_all_is_kept() {
      super(CrashMode.KEEP);
    }
  }

  @Nested
  class When_pages_are_lost extends Crashing {
    When_pages_are_lost() {
      super(CrashMode.PAGES);
    }
  }

  @Nested
  class When_pages_are_torn extends Crashing {
    When_pages_are_torn() {
      super(CrashMode.MIXED);
    }
  }

  abstract static class Crashing extends DiskContract {
    private final TestBench bench =
        new TestBench(WorldOptions.calm(1).with(DiskProfile.DEFAULT.withRoom(64)), 1);
    private final CrashMode mode;

    Crashing(CrashMode mode) {
      this.mode = mode;
    }

    @Override
    protected Disk disk() {
      return bench.context(0).disk();
    }

    @Override
    protected void onNode(Runnable code) {
      bench.onNode(0, code);
    }

    @Override
    protected void settle() {
      bench.elapse(Duration.ofSeconds(1));
    }

    @Override
    protected void crash() {
      bench.node(0).crash("test", mode, new SplitMix(7));
      bench.node(0).start();
    }
  }
}
