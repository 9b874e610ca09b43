package dev.nucleusdb.raft.message;

import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.raft.wire.RaftFrame;
import org.jspecify.annotations.Nullable;

/// What kind of message some bytes are, seen at a glance: without a checksum and without decoding,
/// for watchers that see every message.
public enum RaftMessageName {
  /// [RaftMessage.PreVoteRequest].
  PRE_VOTE("raft.pre-vote"),
  /// [RaftMessage.PreVoteReply].
  PRE_VOTE_REPLY("raft.pre-vote-reply"),
  /// [RaftMessage.VoteRequest].
  VOTE("raft.vote"),
  /// [RaftMessage.VoteReply].
  VOTE_REPLY("raft.vote-reply"),
  /// [RaftMessage.AppendRequest].
  APPEND("raft.append"),
  /// [RaftMessage.AppendAccepted] and [RaftMessage.AppendRejected].
  APPEND_REPLY("raft.append-reply"),
  /// [RaftMessage.TimeoutNow].
  TIMEOUT_NOW("raft.timeout-now"),
  /// [RaftMessage.InstallSnapshot].
  SNAPSHOT("raft.snapshot"),
  /// [RaftMessage.SnapshotReply].
  SNAPSHOT_REPLY("raft.snapshot-reply"),
  /// [RaftMessage.ReadRequest].
  READ("raft.read"),
  /// [RaftMessage.ReadReply].
  READ_REPLY("raft.read-reply"),
  /// [RaftMessage.EntryRequest].
  ENTRY("raft.entry"),
  /// [RaftMessage.EntryReply].
  ENTRY_REPLY("raft.entry-reply"),
  /// [RaftMessage.Sleep].
  SLEEP("raft.sleep"),
  /// [RaftMessage.Wake].
  WAKE("raft.wake");

  private static final int WIRE_TYPE_BITS = 3;
  private static final int VARINT = 0;

  private final String label;

  RaftMessageName(String label) {
    this.label = label;
  }

  /// Its name in traces and plans.
  public String label() {
    return label;
  }

  /// The kind of a message; null if the bytes are none. Passes over the numbers in front of the
  /// frame's body and looks at the first field that is none.
  public static @Nullable RaftMessageName of(byte[] message) {
    if (message.length <= Envelope.HEADER_BYTES || message[0] != RaftCodec.CHANNEL) {
      return null;
    }
    int at = Envelope.HEADER_BYTES;
    while (at < message.length && (message[at] & 7) == VARINT) {
      at++;
      while (at < message.length && message[at] < 0) {
        at++;
      }
      at++;
    }
    return at < message.length ? ofField(tag(message, at) >>> WIRE_TYPE_BITS) : null;
  }

  /// Of one byte, or of two for fields from 16 on.
  private static int tag(byte[] message, int at) {
    boolean two = message[at] < 0 && at + 1 < message.length;
    return two ? (message[at] & 0x7f) | message[at + 1] << 7 : message[at] & 0xff;
  }

  private static @Nullable RaftMessageName ofField(int number) {
    return switch (number) {
      case RaftFrame.PRE_VOTE_REQUEST_FIELD_NUMBER -> PRE_VOTE;
      case RaftFrame.PRE_VOTE_REPLY_FIELD_NUMBER -> PRE_VOTE_REPLY;
      case RaftFrame.VOTE_REQUEST_FIELD_NUMBER -> VOTE;
      case RaftFrame.VOTE_REPLY_FIELD_NUMBER -> VOTE_REPLY;
      case RaftFrame.APPEND_REQUEST_FIELD_NUMBER -> APPEND;
      case RaftFrame.APPEND_REPLY_FIELD_NUMBER -> APPEND_REPLY;
      case RaftFrame.TIMEOUT_NOW_FIELD_NUMBER -> TIMEOUT_NOW;
      case RaftFrame.INSTALL_SNAPSHOT_FIELD_NUMBER -> SNAPSHOT;
      case RaftFrame.SNAPSHOT_REPLY_FIELD_NUMBER -> SNAPSHOT_REPLY;
      case RaftFrame.READ_REQUEST_FIELD_NUMBER -> READ;
      case RaftFrame.READ_REPLY_FIELD_NUMBER -> READ_REPLY;
      case RaftFrame.ENTRY_REQUEST_FIELD_NUMBER -> ENTRY;
      case RaftFrame.ENTRY_REPLY_FIELD_NUMBER -> ENTRY_REPLY;
      case RaftFrame.SLEEP_FIELD_NUMBER -> SLEEP;
      case RaftFrame.WAKE_FIELD_NUMBER -> WAKE;
      default -> null;
    };
  }
}
