package dev.nucleusdb.sim.toy;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.disk.Disk;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.disk.DiskFile;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.trace.TraceKind;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A toy: every node keeps the largest number it has heard of, durably, and gossips it. A number is
/// told to others only when it is durable, so it survives any crash of its teller.
///
/// ```
///   file    = { record }
///   record  = value (8) · ~value (8)
///   message = value (8) · ~value (8)
/// ```
public final class CounterNode implements Node {
  static final TraceKind DURABLE = TraceKind.of("counter.durable", "value");
  static final TraceKind RECOVERED = TraceKind.of("counter.recovered", "value");
  static final TraceKind HEARD = TraceKind.of("counter.heard", "value");
  private static final String PATH = "numbers";
  private static final int RECORD_BYTES = 16;
  private static final int MESSAGE_BYTES = 16;
  private static final long PERIOD_NANOS = 50_000_000;

  private final NodeContext context;
  private final List<Address> peers;
  private final Bug bug;
  private @Nullable DiskFile file;
  private long highest;
  private long durable;
  private boolean syncing;

  /// What a careless author might write.
  enum Bug {
    /// Nothing is wrong.
    NONE,
    /// A number counts as durable before it is.
    NO_SYNC,
    /// What a sync says is not listened to.
    SYNC_FAILURE_IGNORED,
    /// The file's name is never made durable.
    NO_DIRECTORY_SYNC,
    /// The rest of a torn record stays in the file.
    NO_CUT,
    /// A message that was changed on the way is believed.
    NO_CHECKSUM
  }

  CounterNode(NodeContext context, List<Address> peers, Bug bug) {
    this.bug = bug;
    this.context = context;
    this.peers = peers;
  }

  long durable() {
    return durable;
  }

  @Override
  public void start() {
    Disk disk = context.disk();
    boolean isThere = disk.exists(PATH);
    DiskFile opened = disk.open(PATH, isThere ? Disk.OpenMode.APPEND : Disk.OpenMode.CREATE);
    recover(opened);
    opened.syncNow();
    file = opened;
    if (bug != Bug.NO_DIRECTORY_SYNC) {
      disk.syncDirectory("");
    }
    durable = highest;
    context.trace().event(RECOVERED, durable, 0, 0);
    context.network().receive(this::receive);
    tick();
  }

  private void recover(DiskFile opened) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    long offset = 0;
    while (opened.read(offset, record.clear()) == RECORD_BYTES) {
      long value = record.getLong(0);
      if (record.getLong(8) != ~value || value <= highest) {
        break;
      }
      highest = value;
      offset += RECORD_BYTES;
    }
    if (bug != Bug.NO_CUT) {
      opened.truncate(offset);
    }
  }

  private void tick() {
    long next =
        context.clock().monotonicNanos() + PERIOD_NANOS + context.random().nextInt(20_000_000);
    context.timers().at(next, this::tick);
    raise(durable + 1);
    tell();
  }

  private void tell() {
    for (Address peer : peers) {
      if (!peer.equals(context.network().self())) {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES);
        context.network().send(peer, message.putLong(durable).putLong(~durable).array());
      }
    }
  }

  private void receive(Address from, byte[] message) {
    invariant(message.length == MESSAGE_BYTES, "a message is a number, twice");
    long value = ByteBuffer.wrap(message).getLong(0);
    if (bug == Bug.NO_CHECKSUM || ByteBuffer.wrap(message).getLong(8) == ~value) {
      context.trace().event(HEARD, value, 0, 0);
      raise(value);
    }
  }

  private void raise(long value) {
    DiskFile log = file;
    if (log == null || value <= highest || syncing) {
      return;
    }
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).putLong(value).putLong(~value).flip();
    long before = log.sizeBytes();
    try {
      log.append(record);
    } catch (DiskException failure) {
      if (failure.kind() == DiskException.Kind.NO_SPACE) {
        log.truncate(before);
      } else {
        context.halt().halt(String.valueOf(failure.getMessage()));
      }
      return;
    }
    highest = value;
    syncing = true;
    context.trace().point("counter.appended");
    if (bug == Bug.NO_SYNC) {
      synced(null);
    } else {
      log.sync(this::synced);
    }
  }

  private void synced(@Nullable DiskException failure) {
    if (failure != null && bug != Bug.SYNC_FAILURE_IGNORED) {
      context.halt().halt(String.valueOf(failure.getMessage()));
      return;
    }
    syncing = false;
    durable = highest;
    context.trace().event(DURABLE, durable, 0, 0);
    context.trace().point("counter.durable");
  }

  @Override
  public void stop() {}
}
