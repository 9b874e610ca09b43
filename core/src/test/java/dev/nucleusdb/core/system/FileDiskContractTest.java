package dev.nucleusdb.core.system;

import dev.nucleusdb.core.contract.DiskContract;
import dev.nucleusdb.core.disk.Disk;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a real folder. A crash here is the end of the node's thread and of its handles,
/// without a sync: what the operating system has taken stays. That a power failure takes no more
/// than the contract allows cannot be tested on this machine; it rests on `fdatasync`, on `fsync`
/// of folders, and on the simulated twin, under which the engines run.
class FileDiskContractTest extends DiskContract {
  @TempDir Path folder;
  private final SystemClock clock = new SystemClock(Duration.ZERO);
  private NodeThread thread = start();
  private FileDisk disk;

  private NodeThread start() {
    return NodeThread.start(
        "disk contract", clock, NodeThreadOptions.DEFAULT, (reason, failure) -> {});
  }

  @BeforeEach
  void open() {
    disk = FileDisk.open(folder, thread, FileDiskOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    thread.close();
    disk.close();
  }

  @Override
  protected Disk disk() {
    return disk;
  }

  @Override
  protected void onNode(Runnable code) {
    thread.run(code);
  }

  @Override
  protected void settle() {
    disk.settle();
    thread.run(() -> {});
  }

  @Override
  protected void crash() {
    close();
    thread = start();
    open();
  }
}
