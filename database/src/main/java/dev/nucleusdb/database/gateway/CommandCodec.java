package dev.nucleusdb.database.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.wire.LogCommand;
import dev.nucleusdb.database.wire.SessionRecord;
import org.jspecify.annotations.Nullable;

/// What stands in the replicated log, and the record of a session beside the data, as bytes.
public final class CommandCodec {
  private CommandCodec() {}

  /// A session as it stands beside the data.
  ///
  /// @param lastSequence the sequence number that was executed last; 0 if none was
  /// @param lastIndex the log index of its last use
  /// @param lastReply the reply to that; null if none was executed
  public record Session(long lastSequence, long lastIndex, @Nullable Reply lastReply) {}

  /// A command as bytes, never empty.
  public static byte[] encode(Command command) {
    return toWire(command).toByteArray();
  }

  /// The command in a part of an array; it keeps nothing of the array.
  ///
  /// @throws IllegalArgumentException if there is none: the log holds what this code cannot read
  public static Command decode(byte[] bytes, int offset, int size) {
    try {
      return fromWire(LogCommand.parser().parseFrom(bytes, offset, size));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no command: " + e.getMessage(), e);
    }
  }

  /// A session's record as bytes.
  public static byte[] encode(Session session) {
    SessionRecord.Builder builder =
        SessionRecord.newBuilder()
            .setLastSequence(session.lastSequence())
            .setLastIndex(session.lastIndex());
    if (session.lastReply() != null) {
      builder.setLastReply(OperationCodec.toWire(session.lastReply()));
    }
    return builder.build().toByteArray();
  }

  /// The session in `bytes`.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Session decodeSession(byte[] bytes) {
    try {
      SessionRecord wire = SessionRecord.parseFrom(bytes);
      Reply reply = wire.hasLastReply() ? OperationCodec.fromWire(wire.getLastReply()) : null;
      return new Session(wire.getLastSequence(), wire.getLastIndex(), reply);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no session record: " + e.getMessage(), e);
    }
  }

  static LogCommand toWire(Command command) {
    LogCommand.Builder builder = LogCommand.newBuilder();
    return switch (command) {
      case Command.OpenSession open -> builder.setNonce(open.nonce()).build();
      case Command.Execute execute ->
          builder
              .setSession(execute.session())
              .setSequence(execute.sequence())
              .setOperation(OperationCodec.toWire(execute.operation()))
              .build();
    };
  }

  static Command fromWire(LogCommand wire) {
    return wire.hasOperation()
        ? new Command.Execute(
            wire.getSession(), wire.getSequence(), OperationCodec.fromWire(wire.getOperation()))
        : new Command.OpenSession(wire.getNonce());
  }
}
