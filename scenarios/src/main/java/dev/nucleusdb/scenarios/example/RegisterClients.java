package dev.nucleusdb.scenarios.example;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.fiber.connection.Answer;
import dev.nucleusdb.sim.fiber.connection.Requests;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Clients of the register, and the history of what they asked and were told.
public final class RegisterClients {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int PAUSE_NANOS_MAX = 400_000_000;
  private static final int VALUES_PER_CLIENT = 1_000_000;

  private final History.Builder history = History.builder();
  private final LongSupplier trueNanos;
  private long acknowledgedCount;

  /// @param trueNanos the world's time, in which the history is written down
  public RegisterClients(LongSupplier trueNanos) {
    this.trueNanos = trueNanos;
  }

  /// What the clients asked and were told.
  public History history() {
    return history.build();
  }

  /// How many writes were acknowledged.
  public long acknowledgedCount() {
    return acknowledgedCount;
  }

  /// One client: reads and writes in turn of chance, for ever.
  ///
  /// @param id from 1, another one for each client
  public void run(Fibers fibers, int id) {
    Requests requests = new Requests(fibers);
    for (long number = 1; true; number++) {
      if (fibers.random().chance(0.5)) {
        read(requests, id);
      } else {
        write(requests, id, number);
      }
      fibers.sleep(Duration.ofNanos(fibers.random().nextInt(PAUSE_NANOS_MAX)));
    }
  }

  private void read(Requests requests, int id) {
    history.invoke(id, "read", Value.UNRECORDED, List.of(), trueNanos.getAsLong());
    Answer answer = call(requests, RegisterServer.BACKUP, new byte[] {RegisterServer.READ});
    if (answer instanceof Answer.Reply(byte[] value)) {
      history.ok(id, Value.of(ByteBuffer.wrap(value).getLong()), trueNanos.getAsLong());
    } else {
      history.fail(id, trueNanos.getAsLong());
    }
  }

  private void write(Requests requests, int id, long number) {
    long value = (long) id * VALUES_PER_CLIENT + number;
    history.invoke(id, "write", Value.UNRECORDED, List.of(Value.of(value)), trueNanos.getAsLong());
    byte[] request =
        ByteBuffer.allocate(1 + 3 * Long.BYTES)
            .put(RegisterServer.WRITE)
            .putLong(id)
            .putLong(number)
            .putLong(value)
            .array();
    switch (call(requests, RegisterServer.PRIMARY, request)) {
      case Answer.Reply _ -> {
        acknowledgedCount++;
        history.ok(id, trueNanos.getAsLong());
      }
      case Answer.Refused _ -> history.fail(id, trueNanos.getAsLong());
      case Answer.Unknown _ -> history.info(id);
    }
  }

  private static Answer call(Requests requests, Address server, byte[] request) {
    return requests.call(server, request, PATIENCE);
  }
}
