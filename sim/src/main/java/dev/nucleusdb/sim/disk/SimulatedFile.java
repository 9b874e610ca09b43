package dev.nucleusdb.sim.disk;

import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskException.Kind;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.EventOrder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// An open file of one incarnation.
final class SimulatedFile implements DiskFile {
  private final SimulatedDisk disk;
  private final String path;
  private final FileImage image;
  private final boolean writable;
  private boolean closed;

  /// Syncs of one file complete in the order of the calls: none before this moment.
  private long lastCompletionNanos;

  SimulatedFile(SimulatedDisk disk, String path, FileImage image, boolean writable) {
    this.disk = disk;
    this.path = path;
    this.image = image;
    this.writable = writable;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    return image.sizeBytes();
  }

  @Override
  public long append(ByteBuffer bytes) {
    if (!mayChange("disk.append")) {
      return image.sizeBytes();
    }
    disk.trouble().requireChangeable(path);
    if (disk.trouble().isFull()) {
      image.append(bytes, disk.trouble().partOf(bytes.remaining()));
      disk.trouble().requireSpace(path);
    }
    return DamagedCalls.append(disk, path, image, bytes);
  }

  @Override
  public long reserve(long bytes) {
    long room = Math.min(bytes, disk.trouble().roomBytesMax());
    if (room == 0 || !mayChange("disk.reserve") || disk.trouble().isFull()) {
      return 0;
    }
    image.reserve((int) room);
    return room;
  }

  @Override
  public int read(long offset, ByteBuffer into) {
    requireOpen();
    return disk.host().isAlive() ? DamagedCalls.read(disk, path, image, offset, into) : 0;
  }

  @Override
  public void truncate(long sizeBytes) {
    if (mayChange("disk.truncate")) {
      disk.trouble().requireChangeable(path);
      disk.carryOut(DiskCall.TRUNCATE, path, () -> image.truncate(sizeBytes));
    }
  }

  @Override
  public void sync(SyncCompletion completion) {
    if (!mayChange("disk.sync")) {
      return;
    }
    long number = disk.trouble().calls().nextSync();
    PendingSync pending = image.beginSync();
    long at = disk.trouble().syncEndNanos(disk.kernel().nowNanos(), number, path);
    lastCompletionNanos = Math.max(lastCompletionNanos, at);
    disk.kernel()
        .schedule(
            lastCompletionNanos,
            () -> disk.trouble().end(() -> complete(number, pending, completion)));
  }

  private void complete(long number, PendingSync pending, SyncCompletion completion) {
    if (!disk.host().isAlive()) {
      return;
    }
    DiskException failure = end(DiskCall.SYNC, number, pending);
    int actor = disk.host().actor().index();
    Runnable callback =
        () -> {
          if (!closed) {
            disk.kernel().executed(EventKind.SYNC, actor, failure == null ? number : -number);
            completion.completed(failure);
          }
        };
    disk.kernel().ready(EventOrder.syncsOf(actor), () -> disk.host().execute(callback));
  }

  @Override
  public void syncNow() {
    if (!mayChange("disk.syncNow")) {
      return;
    }
    DiskException failure =
        end(DiskCall.SYNC_NOW, disk.trouble().calls().nextSync(), image.beginSync());
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable DiskException end(DiskCall call, long number, PendingSync pending) {
    DiskException earlier = disk.syncFailure(path);
    if (earlier != null) {
      image.forgetSync(pending);
      return earlier;
    }
    CallFaults calls = disk.trouble().calls();
    DiskCall.Failure failure = calls.failure(call, path);
    PlanEntry fault = failure == null ? calls.strike(FaultFamily.SYNC_FAILURE, number) : null;
    if (failure != null || fault != null) {
      String outcome = fault == null ? CallFaults.KEPT : fault.detail();
      image.failSync(
          pending, disk.trouble().outcomeOf(failure == null ? outcome : failure.bytes(), number));
      Kind kind = failure == null ? Kind.IO : failure.kind();
      return disk.syncFailed(new DiskException(kind, path, "a sync failed; stop the node"));
    }
    return endQuietly(calls, number, pending);
  }

  /// A sync that says that it has ended well, or that another one did not.
  private @Nullable DiskException endQuietly(CallFaults calls, long number, PendingSync pending) {
    if (disk.takeOwedFailure()) {
      image.endSync(pending);
      return disk.syncFailed(
          new DiskException(Kind.IO, path, "an earlier sync failed; stop the node"));
    }
    if (calls.strike(FaultFamily.HIDDEN_SYNC_LOSS, number) != null) {
      image.hideFailure(pending);
      return disk.syncFailed(new DiskException(Kind.IO, path, "a sync failed; stop the node"));
    }
    if (calls.strike(FaultFamily.LATE_SYNC_FAILURE, number) != null) {
      image.failSync(pending, CallFaults.LOST);
      disk.oweFailure();
    } else if (calls.strike(FaultFamily.LYING_SYNC, number) != null) {
      image.forgetSync(pending);
    } else {
      image.endSync(pending);
      disk.synced();
    }
    return null;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      disk.handleClosed();
      if (writable && disk.host().isAlive()) {
        image.giveBack();
      }
    }
  }

  private boolean mayChange(String point) {
    requireOpen();
    if (!disk.host().isAlive()) {
      return false;
    }
    SimulatedDisk.requireWritable(writable, path);
    return disk.mayChange(point);
  }

  private void requireOpen() {
    if (closed && disk.host().isAlive()) {
      throw new IllegalStateException(path + " is closed");
    }
  }
}
