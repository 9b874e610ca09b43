package dev.nucleusdb.raft.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import dev.nucleusdb.raft.wire.Answer;
import dev.nucleusdb.raft.wire.AppendReply;
import dev.nucleusdb.raft.wire.AppendRequest;
import dev.nucleusdb.raft.wire.Ballot;
import dev.nucleusdb.raft.wire.EntryReply;
import dev.nucleusdb.raft.wire.EntryRequest;
import dev.nucleusdb.raft.wire.InstallSnapshot;
import dev.nucleusdb.raft.wire.LogEntry;
import dev.nucleusdb.raft.wire.RaftFrame;
import dev.nucleusdb.raft.wire.ReadReply;
import dev.nucleusdb.raft.wire.ReadRequest;
import dev.nucleusdb.raft.wire.Sleep;
import dev.nucleusdb.raft.wire.SnapshotReply;
import dev.nucleusdb.raft.wire.TimeoutNow;
import dev.nucleusdb.raft.wire.Wake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages to bytes and back: an [Envelope] around a `RaftFrame` (`raft.proto`).
public final class RaftCodec {
  /// The first byte of every Raft message.
  public static final byte CHANNEL = 'R';

  /// The version that this code speaks.
  public static final byte VERSION = 1;

  private RaftCodec() {}

  /// A message with its sender and its receiver.
  ///
  /// @param sender who sent it
  /// @param storeId the disk that it speaks from
  /// @param clusterId the cluster that it belongs to
  /// @param receiver whom it is for
  /// @param group the group it is for
  /// @param message what it says
  public record Received(
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group,
      RaftMessage message) {}

  /// A message as bytes, of a cluster as it was founded.
  public static byte[] encode(
      NodeId sender, long storeId, NodeId receiver, int group, RaftMessage message) {
    return encode(sender, storeId, ClusterId.FOUNDED, receiver, group, message);
  }

  /// A message as bytes.
  public static byte[] encode(
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group,
      RaftMessage message) {
    return outgoing(sender, storeId, clusterId, receiver, group, message).toBytes();
  }

  /// A message on its way. The frequent ones become bytes where they are sent from.
  public static Outgoing outgoing(
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group,
      RaftMessage message) {
    return switch (message) {
      case RaftMessage.AppendRequest m ->
          new AppendRequestBytes(m, sender, storeId, clusterId, receiver, group);
      case RaftMessage.AppendAccepted _, RaftMessage.AppendRejected _ ->
          new AppendReplyBytes(message, sender, storeId, clusterId, receiver, group);
      case RaftMessage.PreVoteRequest _,
          RaftMessage.PreVoteReply _,
          RaftMessage.VoteRequest _,
          RaftMessage.VoteReply _,
          RaftMessage.InstallSnapshot _,
          RaftMessage.SnapshotReply _,
          RaftMessage.TimeoutNow _,
          RaftMessage.Sleep _,
          RaftMessage.Wake _,
          RaftMessage.ReadRequest _,
          RaftMessage.ReadReply _,
          RaftMessage.EntryRequest _,
          RaftMessage.EntryReply _ ->
          new Outgoing.Whole(bytes(sender, storeId, clusterId, receiver, group, message));
    };
  }

  private static byte[] bytes(
      NodeId sender,
      long storeId,
      long clusterId,
      NodeId receiver,
      int group,
      RaftMessage message) {
    RaftFrame.Builder builder =
        RaftFrame.newBuilder()
            .setSender(sender.value())
            .setSenderStore(storeId)
            .setCluster(clusterId)
            .setReceiver(receiver.value())
            .setGroup(group)
            .setTerm(message.term());
    RaftFrame frame = withBody(builder, message).build();
    byte[] bytes = Envelope.allocate(CHANNEL, VERSION, frame.getSerializedSize());
    try {
      CodedOutputStream out =
          CodedOutputStream.newInstance(
              bytes, Envelope.HEADER_BYTES, bytes.length - Envelope.HEADER_BYTES);
      frame.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return Envelope.seal(bytes);
  }

  /// The message in `bytes`, or null if they are damaged, of another version, or no message at all.
  public static @Nullable Received decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /// As above, for a message that stands in an array with others; nothing of the array is kept.
  public static @Nullable Received decode(byte[] bytes, int offset, int size) {
    return Envelope.isIntact(bytes, offset, size, VERSION) ? read(bytes, offset, size) : null;
  }

  /// As above, for a message out of a [RaftPacket], whose checksum vouches for it.
  public static @Nullable Received decodePacked(byte[] bytes, int offset, int size) {
    return Envelope.isOfVersion(bytes, offset, size, VERSION) ? read(bytes, offset, size) : null;
  }

  private static @Nullable Received read(byte[] bytes, int offset, int size) {
    Received plain = readPlain(bytes, offset, size);
    return plain == null ? readAny(bytes, offset, size) : plain;
  }

  /// Without protobuf's classes; null if only they can tell.
  static @Nullable Received readPlain(byte[] bytes, int offset, int size) {
    int header = Envelope.HEADER_BYTES;
    return new FieldReader(bytes, offset + header, size - header).frame();
  }

  /// By protobuf's classes.
  static @Nullable Received readAny(byte[] bytes, int offset, int size) {
    int header = Envelope.HEADER_BYTES;
    try {
      RaftFrame frame = RaftFrame.parser().parseFrom(bytes, offset + header, size - header);
      RaftMessage message = message(frame);
      return message == null || frame.getSender() <= 0 || frame.getReceiver() <= 0
          ? null
          : new Received(
              new NodeId(frame.getSender()),
              frame.getSenderStore(),
              frame.getCluster(),
              new NodeId(frame.getReceiver()),
              frame.getGroup(),
              message);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static RaftFrame.Builder withBody(RaftFrame.Builder builder, RaftMessage message) {
    return switch (message) {
      case RaftMessage.PreVoteRequest m ->
          builder.setPreVoteRequest(ballot(m.lastIndex(), m.lastTerm(), false));
      case RaftMessage.PreVoteReply m ->
          builder.setPreVoteReply(
              Answer.newBuilder()
                  .setGranted(m.granted())
                  .setRemovedIndex(m.removedIndex())
                  .setRemovedTerm(m.removedTerm()));
      case RaftMessage.VoteRequest m ->
          builder.setVoteRequest(ballot(m.lastIndex(), m.lastTerm(), m.transfer()));
      case RaftMessage.VoteReply m -> builder.setVoteReply(answer(m.granted()));
      case RaftMessage.AppendRequest m -> builder.setAppendRequest(appendRequest(m));
      case RaftMessage.AppendAccepted m ->
          builder.setAppendReply(
              AppendReply.newBuilder()
                  .setAccepted(true)
                  .setMatchIndex(m.matchIndex())
                  .setRound(m.round())
                  .setMark(m.mark()));
      case RaftMessage.AppendRejected m ->
          builder.setAppendReply(
              AppendReply.newBuilder()
                  .setRejectedIndex(m.rejectedIndex())
                  .setHintIndex(m.hintIndex())
                  .setHintTerm(m.hintTerm())
                  .setRound(m.round()));
      case RaftMessage.Sleep m ->
          builder.setSleep(Sleep.newBuilder().setLastIndex(m.lastIndex()).setRound(m.round()));
      case RaftMessage.Wake _ -> builder.setWake(Wake.getDefaultInstance());
      case RaftMessage.TimeoutNow m ->
          builder.setTimeoutNow(TimeoutNow.newBuilder().setReleasedIndex(m.releasedIndex()));
      case RaftMessage.InstallSnapshot m -> builder.setInstallSnapshot(installSnapshot(m));
      case RaftMessage.SnapshotReply m ->
          builder.setSnapshotReply(
              SnapshotReply.newBuilder()
                  .setIndex(m.index())
                  .setWanted(m.wanted())
                  .setRound(m.round()));
      case RaftMessage.ReadRequest m ->
          builder.setReadRequest(ReadRequest.newBuilder().setNumber(m.number()));
      case RaftMessage.ReadReply m ->
          builder.setReadReply(ReadReply.newBuilder().setNumber(m.number()).setIndex(m.index()));
      case RaftMessage.EntryRequest m ->
          builder.setEntryRequest(
              EntryRequest.newBuilder().setIndex(m.index()).setEntryTerm(m.entryTerm()));
      case RaftMessage.EntryReply m -> builder.setEntryReply(entryReply(m));
    };
  }

  private static InstallSnapshot installSnapshot(RaftMessage.InstallSnapshot message) {
    SnapshotMark mark = message.mark();
    InstallSnapshot.Builder builder =
        InstallSnapshot.newBuilder()
            .setIndex(mark.index())
            .setEntryTerm(mark.term())
            .setNumber(message.number())
            .setLast(message.last())
            .setPiece(UnsafeByteOperations.unsafeWrap(message.piece()))
            .setRound(message.round());
    if (mark.membership() != null) {
      builder.setMembership(UnsafeByteOperations.unsafeWrap(mark.membership().toBytes()));
    }
    return builder.build();
  }

  private static Ballot ballot(long lastIndex, long lastTerm, boolean transfer) {
    return Ballot.newBuilder()
        .setLastIndex(lastIndex)
        .setLastTerm(lastTerm)
        .setTransfer(transfer)
        .build();
  }

  private static Answer answer(boolean granted) {
    return Answer.newBuilder().setGranted(granted).build();
  }

  private static AppendRequest appendRequest(RaftMessage.AppendRequest message) {
    AppendRequest.Builder builder =
        AppendRequest.newBuilder()
            .setPreviousIndex(message.previousIndex())
            .setPreviousTerm(message.previousTerm())
            .setCommitIndex(message.commitIndex())
            .setReleaseIndex(message.releaseIndex())
            .setRound(message.round())
            .setMark(message.standing().mark())
            .setConfirmedRound(message.standing().confirmedRound())
            .setLeaseLeftNanos(message.standing().leaseLeftNanos());
    message.entries().forEach(entry -> builder.addEntries(logEntry(entry)));
    return builder.build();
  }

  private static LogEntry logEntry(Entry entry) {
    ByteString command =
        UnsafeByteOperations.unsafeWrap(entry.bytes(), entry.offset(), entry.size());
    return LogEntry.newBuilder()
        .setTerm(entry.term())
        .setCommand(command)
        .setConfiguration(entry.kind() == Entry.Kind.CONFIGURATION)
        .build();
  }

  private static EntryReply entryReply(RaftMessage.EntryReply message) {
    EntryReply.Builder builder = EntryReply.newBuilder().setFirstIndex(message.firstIndex());
    message.entries().forEach(entry -> builder.addEntries(logEntry(entry)));
    return builder.build();
  }

  private static @Nullable RaftMessage message(RaftFrame frame)
      throws InvalidProtocolBufferException {
    long term = frame.getTerm();
    return switch (frame.getBodyCase()) {
      case PRE_VOTE_REQUEST ->
          new RaftMessage.PreVoteRequest(
              term,
              frame.getPreVoteRequest().getLastIndex(),
              frame.getPreVoteRequest().getLastTerm());
      case PRE_VOTE_REPLY ->
          new RaftMessage.PreVoteReply(
              term,
              frame.getPreVoteReply().getGranted(),
              frame.getPreVoteReply().getRemovedIndex(),
              frame.getPreVoteReply().getRemovedTerm());
      case VOTE_REQUEST ->
          new RaftMessage.VoteRequest(
              term,
              frame.getVoteRequest().getLastIndex(),
              frame.getVoteRequest().getLastTerm(),
              frame.getVoteRequest().getTransfer());
      case VOTE_REPLY -> new RaftMessage.VoteReply(term, frame.getVoteReply().getGranted());
      case APPEND_REQUEST -> appendRequest(term, frame.getAppendRequest());
      case APPEND_REPLY -> appendReply(term, frame.getAppendReply());
      case TIMEOUT_NOW ->
          new RaftMessage.TimeoutNow(term, frame.getTimeoutNow().getReleasedIndex());
      case INSTALL_SNAPSHOT -> installSnapshot(term, frame.getInstallSnapshot());
      case SNAPSHOT_REPLY ->
          new RaftMessage.SnapshotReply(
              term,
              frame.getSnapshotReply().getIndex(),
              frame.getSnapshotReply().getWanted(),
              frame.getSnapshotReply().getRound());
      case READ_REQUEST -> new RaftMessage.ReadRequest(term, frame.getReadRequest().getNumber());
      case READ_REPLY ->
          new RaftMessage.ReadReply(
              term, frame.getReadReply().getNumber(), frame.getReadReply().getIndex());
      case ENTRY_REQUEST ->
          new RaftMessage.EntryRequest(
              term, frame.getEntryRequest().getIndex(), frame.getEntryRequest().getEntryTerm());
      case ENTRY_REPLY -> entryReply(term, frame.getEntryReply());
      case SLEEP ->
          new RaftMessage.Sleep(term, frame.getSleep().getLastIndex(), frame.getSleep().getRound());
      case WAKE -> new RaftMessage.Wake(term);
      case BODY_NOT_SET -> null;
    };
  }

  private static RaftMessage appendRequest(long term, AppendRequest body)
      throws InvalidProtocolBufferException {
    return new RaftMessage.AppendRequest(
        term,
        body.getPreviousIndex(),
        body.getPreviousTerm(),
        entries(body.getEntriesList()),
        body.getCommitIndex(),
        body.getReleaseIndex(),
        body.getRound(),
        new RaftMessage.Standing(
            body.getMark(), body.getConfirmedRound(), body.getLeaseLeftNanos()));
  }

  private static RaftMessage entryReply(long term, EntryReply body)
      throws InvalidProtocolBufferException {
    return new RaftMessage.EntryReply(term, body.getFirstIndex(), entries(body.getEntriesList()));
  }

  private static List<Entry> entries(List<LogEntry> bodies) throws InvalidProtocolBufferException {
    List<Entry> entries = new ArrayList<>(bodies.size());
    for (LogEntry entry : bodies) {
      Entry.Kind kind = entry.getConfiguration() ? Entry.Kind.CONFIGURATION : Entry.Kind.COMMAND;
      Entry read = new Entry(entry.getTerm(), kind, entry.getCommand().toByteArray());
      if (entry.getConfiguration() && read.membership() == null) {
        throw new InvalidProtocolBufferException("a configuration that is none");
      }
      entries.add(read);
    }
    return entries;
  }

  private static RaftMessage installSnapshot(long term, InstallSnapshot body)
      throws InvalidProtocolBufferException {
    byte[] named = body.getMembership().toByteArray();
    Membership membership = named.length == 0 ? null : Membership.ofBytes(named);
    if (membership == null && named.length > 0) {
      throw new InvalidProtocolBufferException("a membership that is none");
    }
    return new RaftMessage.InstallSnapshot(
        term,
        new SnapshotMark(body.getIndex(), body.getEntryTerm(), membership),
        body.getNumber(),
        body.getLast(),
        body.getPiece().toByteArray(),
        body.getRound());
  }

  private static RaftMessage appendReply(long term, AppendReply body) {
    return body.getAccepted()
        ? new RaftMessage.AppendAccepted(
            term, body.getMatchIndex(), body.getRound(), body.getMark())
        : new RaftMessage.AppendRejected(
            term,
            body.getRejectedIndex(),
            body.getHintIndex(),
            body.getHintTerm(),
            body.getRound());
  }
}
