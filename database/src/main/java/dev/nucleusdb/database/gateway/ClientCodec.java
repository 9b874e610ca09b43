package dev.nucleusdb.database.gateway;

import static dev.nucleusdb.core.assertion.Assertions.require;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.database.wire.ClientReply;
import dev.nucleusdb.database.wire.ClientRequest;
import dev.nucleusdb.database.wire.NotLeader;
import dev.nucleusdb.database.wire.Refused;
import dev.nucleusdb.database.wire.StaleRead;
import dev.nucleusdb.database.wire.StaleReply;
import dev.nucleusdb.database.wire.StatusReply;
import dev.nucleusdb.database.wire.StatusRequest;
import dev.nucleusdb.database.wire.TransferReply;
import dev.nucleusdb.database.wire.TransferRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Requests and answers as messages: an [Envelope] around protobuf (`database.proto`).
public final class ClientCodec {
  /// The first byte of what clients send.
  public static final byte REQUEST_CHANNEL = 'C';

  /// The first byte of what nodes answer.
  public static final byte ANSWER_CHANNEL = 'A';

  /// The version that this code speaks.
  public static final byte VERSION = 1;

  private ClientCodec() {}

  /// A request as a message.
  public static byte[] encode(Request request) {
    ClientRequest.Builder builder =
        ClientRequest.newBuilder().setRequest(request.number()).setAttempt(request.attempt());
    switch (request.body()) {
      case Request.Write write -> builder.setWrite(CommandCodec.toWire(write.command()));
      case Request.Read read -> builder.setRead(OperationCodec.toWire(read.operation()));
      case Request.StaleRead read ->
          builder.setStaleRead(
              StaleRead.newBuilder()
                  .setOperation(OperationCodec.toWire(read.operation()))
                  .setStalenessNanosMax(read.stalenessMax().toNanos()));
      case Request.Transfer transfer ->
          builder.setTransfer(TransferRequest.newBuilder().setTo(transfer.node()));
      case Request.Members members -> builder.setMembers(MembersCodec.toWire(members));
      case Request.Status _ -> builder.setStatus(StatusRequest.getDefaultInstance());
    }
    return message(REQUEST_CHANNEL, builder.build());
  }

  /// The request in a message, or null if it is damaged or of another version.
  ///
  /// @throws IllegalArgumentException if it is whole and asks for something that makes no sense
  public static @Nullable Request decodeRequest(byte[] message) {
    if (!Envelope.isIntact(message, VERSION)) {
      return null;
    }
    try {
      ClientRequest wire =
          ClientRequest.parser()
              .parseFrom(message, Envelope.HEADER_BYTES, message.length - Envelope.HEADER_BYTES);
      Request.Body body =
          switch (wire.getBodyCase()) {
            case WRITE -> new Request.Write(CommandCodec.fromWire(wire.getWrite()));
            case READ -> new Request.Read(OperationCodec.fromWire(wire.getRead()));
            case STALE_READ ->
                new Request.StaleRead(
                    OperationCodec.fromWire(wire.getStaleRead().getOperation()),
                    nanos(wire.getStaleRead().getStalenessNanosMax()));
            case TRANSFER -> new Request.Transfer(wire.getTransfer().getTo());
            case MEMBERS -> MembersCodec.fromWire(wire.getMembers());
            case STATUS -> new Request.Status();
            case BODY_NOT_SET -> null;
          };
      return body == null ? null : new Request(wire.getRequest(), wire.getAttempt(), body);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  /// An answer as a message.
  public static byte[] encode(Answer answer) {
    ClientReply.Builder builder =
        ClientReply.newBuilder().setRequest(answer.number()).setAttempt(answer.attempt());
    switch (answer.body()) {
      case Answer.SessionOpened opened -> builder.setSession(opened.session());
      case Answer.Done done -> builder.setReply(OperationCodec.toWire(done.reply()));
      case Answer.Stale stale ->
          builder.setStaleReply(
              StaleReply.newBuilder()
                  .setReply(OperationCodec.toWire(stale.reply()))
                  .setStalenessNanos(stale.staleness().toNanos()));
      case Answer.NotLeader elsewhere ->
          builder.setNotLeader(NotLeader.newBuilder().setLeader(elsewhere.leader()));
      case Answer.Refused refused ->
          builder.setRefused(
              Refused.newBuilder().setKind(toWire(refused.kind())).setReason(refused.reason()));
      case Answer.Transferred transferred ->
          builder.setTransfer(
              TransferReply.newBuilder().setDone(transferred.done()).setWords(transferred.words()));
      case Answer.Members members -> builder.setMembers(MembersCodec.toWire(members));
      case Answer.Status status -> builder.setStatus(toWire(status));
    }
    return message(ANSWER_CHANNEL, builder.build());
  }

  /// The answer in a message, or null if it is damaged or of another version.
  public static @Nullable Answer decodeAnswer(byte[] message) {
    if (!Envelope.isIntact(message, VERSION)) {
      return null;
    }
    try {
      ClientReply wire =
          ClientReply.parser()
              .parseFrom(message, Envelope.HEADER_BYTES, message.length - Envelope.HEADER_BYTES);
      Answer.Body body =
          switch (wire.getBodyCase()) {
            case SESSION -> new Answer.SessionOpened(wire.getSession());
            case REPLY -> new Answer.Done(OperationCodec.fromWire(wire.getReply()));
            case STALE_REPLY ->
                new Answer.Stale(
                    OperationCodec.fromWire(wire.getStaleReply().getReply()),
                    nanos(wire.getStaleReply().getStalenessNanos()));
            case NOT_LEADER -> new Answer.NotLeader(wire.getNotLeader().getLeader());
            case REFUSED ->
                new Answer.Refused(
                    fromWire(wire.getRefused().getKind()), wire.getRefused().getReason());
            case TRANSFER ->
                new Answer.Transferred(wire.getTransfer().getDone(), wire.getTransfer().getWords());
            case MEMBERS -> MembersCodec.fromWire(wire.getMembers());
            case STATUS -> fromWire(wire.getStatus());
            case BODY_NOT_SET -> null;
          };
      return body == null ? null : new Answer(wire.getRequest(), wire.getAttempt(), body);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return null;
    }
  }

  /// @throws IllegalArgumentException if it is more than three hundred years
  private static Duration nanos(long count) {
    require(count >= 0, "a staleness of %d ns", count);
    return Duration.ofNanos(count);
  }

  private static byte[] message(byte channel, MessageLite body) {
    int size = body.getSerializedSize();
    byte[] bytes = Envelope.allocate(channel, VERSION, size);
    try {
      body.writeTo(CodedOutputStream.newInstance(bytes, Envelope.HEADER_BYTES, size));
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return Envelope.seal(bytes);
  }

  private static Refused.Kind toWire(Answer.Kind kind) {
    return switch (kind) {
      case OVERLOADED -> Refused.Kind.OVERLOADED;
      case UNKNOWN -> Refused.Kind.UNKNOWN;
      case SESSION_EXPIRED -> Refused.Kind.SESSION_EXPIRED;
      case INVALID -> Refused.Kind.INVALID;
      case UNAVAILABLE -> Refused.Kind.UNAVAILABLE;
    };
  }

  private static Answer.Kind fromWire(Refused.Kind kind) {
    return switch (kind) {
      case OVERLOADED -> Answer.Kind.OVERLOADED;
      case SESSION_EXPIRED -> Answer.Kind.SESSION_EXPIRED;
      case INVALID -> Answer.Kind.INVALID;
      case UNAVAILABLE -> Answer.Kind.UNAVAILABLE;
      case UNKNOWN, UNSPECIFIED, UNRECOGNIZED -> Answer.Kind.UNKNOWN;
    };
  }

  private static StatusReply toWire(Answer.Status status) {
    return StatusReply.newBuilder()
        .setNode(status.node())
        .setLeading(status.leading())
        .setLeader(status.leader())
        .setTerm(status.term())
        .setCommitIndex(status.commitIndex())
        .setAppliedIndex(status.appliedIndex())
        .setLastIndex(status.lastIndex())
        .setKeyCount(status.keyCount())
        .setDiskBytes(status.diskBytes())
        .addAllDiagnosis(status.diagnosis())
        .build();
  }

  private static Answer.Status fromWire(StatusReply wire) {
    return new Answer.Status(
        wire.getNode(),
        wire.getLeading(),
        wire.getLeader(),
        wire.getTerm(),
        wire.getCommitIndex(),
        wire.getAppliedIndex(),
        wire.getLastIndex(),
        wire.getKeyCount(),
        wire.getDiskBytes(),
        wire.getDiagnosisList());
  }
}
