package dev.nucleusdb.scenarios.example;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.scenarios.example.RegisterLog.Write;
import dev.nucleusdb.sim.fiber.FiberLock;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.fiber.connection.Answer;
import dev.nucleusdb.sim.fiber.connection.Requests;
import java.nio.ByteBuffer;
import java.time.Duration;

/// A server of the register: the primary takes writes, the backup answers reads. One writer at a
/// time.
///
/// ```
///   read      = 'r'                              answer  value (8)
///   write     = 'w' client (8) request (8) value (8)     nothing
///   replicate = 'c' record of RegisterLog                nothing
/// ```
public final class RegisterServer {
  static final Address PRIMARY = new Address("n1");
  static final Address BACKUP = new Address("n2");
  static final byte READ = 'r';
  static final byte WRITE = 'w';
  private static final byte REPLICATE = 'c';
  private static final byte[] DONE = new byte[0];
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Fibers fibers;
  private final Haste haste;
  private final Requests requests;
  private final FiberLock writing;
  private final RegisterLog log;

  /// What a hasty author might do to be faster.
  public enum Haste {
    /// Nothing: this one is right.
    NONE,
    /// The primary acknowledges a write before the backup has it.
    PRIMARY,
    /// The backup says that it has a write before its disk has it.
    BACKUP
  }

  /// @param fibers its host
  /// @param haste where it does not wait
  public RegisterServer(Fibers fibers, Haste haste) {
    this.fibers = fibers;
    this.haste = haste;
    this.requests = new Requests(fibers);
    this.writing = fibers.lock();
    this.log = new RegisterLog(fibers);
  }

  /// Serves until the node crashes.
  public void run() {
    if (fibers.address().equals(PRIMARY) && log.latest().version() > 0) {
      replicate(log.latest());
    }
    requests.serve((from, request) -> handle(ByteBuffer.wrap(request)));
  }

  private byte[] handle(ByteBuffer request) throws Exception {
    switch (request.get()) {
      case READ -> {
        return ByteBuffer.allocate(Long.BYTES).putLong(log.latest().value()).array();
      }
      case WRITE -> writing.with(() -> write(request));
      case REPLICATE -> writing.with(() -> accept(Write.decode(request.slice())));
      default -> throw new IllegalArgumentException("a request of no kind");
    }
    return DONE;
  }

  private void write(ByteBuffer request) {
    long client = request.getLong();
    long number = request.getLong();
    if (!log.has(client, number)) {
      Write write = new Write(log.latest().version() + 1, client, number, request.getLong());
      log.append(write);
      if (haste == Haste.PRIMARY) {
        fibers.start("replicator", () -> replicate(write));
      } else {
        replicate(write);
      }
    }
  }

  /// Tells the backup until it answers.
  private void replicate(Write write) {
    byte[] record = write.encode();
    byte[] message = ByteBuffer.allocate(1 + record.length).put(REPLICATE).put(record).array();
    while (!(requests.call(BACKUP, message, PATIENCE) instanceof Answer.Reply)) {
      fibers.sleep(PATIENCE);
    }
  }

  private void accept(Write write) {
    if (write.version() > log.latest().version()) {
      if (haste == Haste.BACKUP) {
        log.appendWithoutWaiting(write);
      } else {
        log.append(write);
      }
    }
  }
}
