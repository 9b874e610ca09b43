package dev.nucleusdb.sim.fiber.connection;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.sim.fiber.Fibers;
import dev.nucleusdb.sim.fiber.Promise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Questions and answers between hosts, over messages that may be lost, doubled and late. Nothing
/// is repeated here: who wants to try again does so, and makes it harmless.
///
/// ```
///   body of a Parcel 0xf1 = kind (1: 0 request, 1 reply) · id (8) · payload
/// ```
///
/// An id belongs to one request of one incarnation; it begins at a random number, so that a late
/// answer to an incarnation before is not mistaken for one of now.
public final class Requests {
  /// The first byte of its messages.
  public static final byte CHANNEL = (byte) 0xf1;

  /// How many requests may be handled at once; those beyond are dropped, as if lost.
  public static final int HANDLERS_MAX = 1_000;

  private static final byte REQUEST = 0;
  private static final byte REPLY = 1;
  private static final int HEADER_BYTES = 9;

  private final Fibers fibers;
  private final Map<Long, Promise<byte[]>> waiting = new LinkedHashMap<>();
  private @Nullable RequestHandler handler;
  private int handlerCount;
  private long droppedCount;
  private long nextId;

  /// @throws IllegalArgumentException if the host has requests already
  public Requests(Fibers fibers) {
    this.fibers = fibers;
    this.nextId = fibers.random().fork("requests").nextLong();
    fibers.post().claim(CHANNEL, this::receive);
  }

  /// Asks, and waits for the answer; an interval of silence says nothing about what happened.
  ///
  /// @param timeout how long an answer is waited for
  public Answer call(Address to, byte[] payload, Duration timeout) {
    long id = nextId++;
    Promise<byte[]> reply = fibers.promise();
    waiting.put(id, reply);
    try {
      if (!send(to, REQUEST, id, payload)) {
        return new Answer.Refused();
      }
      byte[] answer = reply.await(timeout);
      return answer == null ? new Answer.Unknown() : new Answer.Reply(answer);
    } finally {
      waiting.remove(id);
    }
  }

  /// Answers requests from now on; those that came before are lost.
  ///
  /// @throws IllegalArgumentException if somebody serves already
  public void serve(RequestHandler newHandler) {
    require(handler == null, "%s serves requests already", fibers.address());
    handler = newHandler;
  }

  /// How many requests came while [#HANDLERS_MAX] were being handled.
  public long droppedCount() {
    return droppedCount;
  }

  private boolean send(Address to, byte kind, long id, byte[] payload) {
    byte[] body =
        ByteBuffer.allocate(HEADER_BYTES + payload.length)
            .put(kind)
            .putLong(id)
            .put(payload)
            .array();
    return fibers.post().send(to, Parcel.seal(CHANNEL, to, body));
  }

  private void receive(Address from, byte[] message) {
    ByteBuffer body = Parcel.open(fibers.address(), message);
    if (body == null || body.remaining() < HEADER_BYTES) {
      return;
    }
    byte kind = body.get();
    long id = body.getLong();
    byte[] payload = new byte[body.remaining()];
    body.get(payload);
    if (kind == REQUEST) {
      begin(from, id, payload);
    } else {
      Promise<byte[]> reply = waiting.get(id);
      if (reply != null) {
        reply.complete(payload);
      }
    }
  }

  private void begin(Address from, long id, byte[] payload) {
    RequestHandler server = handler;
    if (server == null || handlerCount >= HANDLERS_MAX) {
      droppedCount++;
      return;
    }
    handlerCount++;
    fibers.start(
        "request from " + from,
        () -> {
          try {
            send(from, REPLY, id, server.handle(from, payload));
          } finally {
            handlerCount--;
          }
        });
  }
}
