package dev.nucleusdb.raft.log;

import static dev.nucleusdb.core.assertion.Assertions.invariant;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Membership;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The bytes of the write-ahead log. All numbers are little endian.
///
/// ```
///   segment   := header frame*                        file "wal-" 10 digits ".log"
///   header    := magic:8 segment:8 crc32c:4           magic "NDBWAL01", crc over magic and segment
///   frame     := length:4 crc32c:4 body               length counts the body
///   body      := kind:1 group:4 watermark:8 payload   crc over segment:8 offset:8 length:8 body
///   payload   := term:8 vote:4                        kind 1, hard state; vote 0 is none
///              | index:8 term:8 command               kind 2, entry; replaces what stood there and after
///              | index:8 term:8 membership?           kind 3, base: what is before is gone
///              | index:8 term:8 membership            kind 4, entry that says who takes part from here on
///              | index:8 term:8 membership?           kind 5, restart: all is gone, the log begins after this
///              | store:8                              kind 6, the id of this disk; of no group, whose number is 0
///              | index:8 term:8 command               kind 7, entry of before, moved; nothing after it goes
///              | index:8 term:8 membership            kind 8, entry of kind 4 of before, moved likewise
///              | cluster:8                            kind 9, the cluster of this node; of no group
///              | segment:8 from:8 to:8 runs           kind 10, what stands from there to there; of no group
///              | index:8 term:8 command               kind 11, entry of before that had been lost; takes its place
/// ```
///
/// The runs are those of [Identifiers]. The bytes of a membership are those of `MembershipFormat`.
/// In a base it is the one in force there, and is missing if no entry up to there has named one.
///
/// The checksum binds a frame to its place, so that old bytes of a file that is used again, or a
/// block that landed elsewhere, are never taken for a frame. The watermark is the length of the
/// segment that was known to be durable when the frame was written: a bad frame below the watermark
/// of a later one was not torn by a crash, it was damaged.
public final class WalFormat {
  static final long MAGIC = 0x31304c4157424e44L;
  static final int SEGMENT_HEADER_BYTES = 20;
  static final int FRAME_HEADER_BYTES = 8;
  static final int BODY_HEADER_BYTES = 13;
  static final int INDEXED_BYTES = 16;

  static final byte HARD_STATE = 1;
  static final byte ENTRY = 2;
  static final byte BASE = 3;
  static final byte CONFIGURATION = 4;
  static final byte RESTART = 5;
  static final byte STORE = 6;

  /// The number that stands for no group.
  static final int NO_GROUP = 0;

  static final byte MOVED_ENTRY = 7;
  static final byte MOVED_CONFIGURATION = 8;
  static final byte CLUSTER = 9;
  static final byte IDENTIFIERS = 10;
  static final byte FOUND_ENTRY = 11;
  private static final int IDENTIFIERS_BYTES = 3 * Long.BYTES;

  /// What a frame says.
  public sealed interface Frame {
    /// The group it belongs to.
    int group();

    /// The term and vote from here on.
    ///
    /// @param group the group
    /// @param hardState its term and vote
    record State(int group, HardState hardState) implements Frame {}

    /// An entry; what stood at its index and after is gone.
    ///
    /// @param group the group
    /// @param index its place
    /// @param entry the entry
    record Appended(int group, long index, Entry entry) implements Frame {}

    /// By what name members know this disk: one that is empty would have another.
    ///
    /// @param storeId made once, at random
    record Store(long storeId) implements Frame {
      @Override
      public int group() {
        return NO_GROUP;
      }
    }

    /// To which cluster this node belongs from here on.
    ///
    /// @param clusterId its id; a node that says nothing belongs to one that was never recovered
    record Cluster(long clusterId) implements Frame {
      @Override
      public int group() {
        return NO_GROUP;
      }
    }

    /// What frames further in front were, should they be damaged.
    ///
    /// @param identifiers those of a chunk
    record Told(Identifiers identifiers) implements Frame {
      @Override
      public int group() {
        return NO_GROUP;
      }
    }

    /// An entry that stands further in front already, unless that was deleted or damaged.
    ///
    /// @param group the group
    /// @param index its place
    /// @param entry the entry
    record Moved(int group, long index, Entry entry) implements Frame {}

    /// An entry that was lost, because its frame was damaged, and was got from another member.
    ///
    /// @param group the group
    /// @param index its place
    /// @param entry the entry
    record Found(int group, long index, Entry entry) implements Frame {}

    /// The log begins after this index.
    ///
    /// @param group the group
    /// @param index the last index before it
    /// @param term its term
    /// @param membership who takes part there; null if no entry up to there has named it
    record Base(int group, long index, long term, @Nullable Membership membership)
        implements Frame {}

    /// All entries are gone, and the log begins anew.
    ///
    /// @param base where
    record Restart(Base base) implements Frame {
      @Override
      public int group() {
        return base.group();
      }
    }
  }

  /// The checksum of a frame, which covers its place too. For one thread.
  static final class FrameChecksum {
    private static final int PLACE_BYTES = 3 * Long.BYTES;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer place =
        ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /// @param bytes an array's
    /// @param start where the frame is in them
    /// @param length of its body
    /// @param segment in which segment it stands
    /// @param offset where in the segment
    int of(ByteBuffer bytes, int start, int length, long segment, long offset) {
      place.putLong(0, segment).putLong(8, offset).putLong(16, length);
      crc.reset();
      crc.update(place.array(), 0, PLACE_BYTES);
      int body = bytes.arrayOffset() + start + WalFormat.FRAME_HEADER_BYTES;
      crc.update(bytes.array(), body, length);
      return (int) crc.getValue();
    }
  }

  private WalFormat() {}

  static String segmentName(long segment) {
    String digits = Long.toString(segment);
    return "wal-" + "0".repeat(Math.max(0, 10 - digits.length())) + digits + ".log";
  }

  static void writeHeader(ByteBuffer into, long segment) {
    into.order(ByteOrder.LITTLE_ENDIAN);
    into.putLong(MAGIC).putLong(segment).putInt(headerChecksum(segment));
  }

  static boolean isHeader(ByteBuffer bytes, long segment) {
    return bytes.limit() >= SEGMENT_HEADER_BYTES
        && bytes.getLong(0) == MAGIC
        && bytes.getLong(8) == segment
        && bytes.getInt(16) == headerChecksum(segment);
  }

  private static int headerChecksum(long segment) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    crc.update(bytes.putLong(MAGIC).putLong(segment).flip());
    return (int) crc.getValue();
  }

  /// The bytes that a frame will take.
  static int frameBytes(Frame frame) {
    int payload =
        switch (frame) {
          case Frame.State _ -> 12;
          case Frame.Store _, Frame.Cluster _ -> Long.BYTES;
          case Frame.Told told -> IDENTIFIERS_BYTES + told.identifiers().runs().length;
          case Frame.Appended appended -> INDEXED_BYTES + appended.entry().size();
          case Frame.Moved moved -> INDEXED_BYTES + moved.entry().size();
          case Frame.Found found -> INDEXED_BYTES + found.entry().size();
          case Frame.Base base -> INDEXED_BYTES + membershipBytes(base).length;
          case Frame.Restart restart -> INDEXED_BYTES + membershipBytes(restart.base()).length;
        };
    return FRAME_HEADER_BYTES + BODY_HEADER_BYTES + payload;
  }

  /// The bytes that the frame of an entry will take.
  static int entryFrameBytes(Entry entry) {
    return FRAME_HEADER_BYTES + BODY_HEADER_BYTES + INDEXED_BYTES + entry.size();
  }

  /// Writes the frame of an entry that is appended, as [Frame.Appended] says it.
  ///
  /// @param into little endian, with room for [#entryFrameBytes]
  /// @param offset where in the segment the frame will stand
  static void write(
      ByteBuffer into,
      FrameChecksum checksum,
      long segment,
      long offset,
      long watermark,
      int group,
      long index,
      Entry entry) {
    int start = into.position();
    into.position(start + FRAME_HEADER_BYTES);
    writeEntry(into, kindOf(entry), watermark, group, index, entry);
    seal(into, checksum, start, segment, offset);
  }

  /// Writes a frame.
  ///
  /// @param into little endian, with room for [#frameBytes]
  /// @param offset where in the segment the frame will stand
  static void write(
      ByteBuffer into,
      FrameChecksum checksum,
      long segment,
      long offset,
      long watermark,
      Frame frame) {
    int start = into.position();
    into.position(start + FRAME_HEADER_BYTES);
    switch (frame) {
      case Frame.State state -> {
        into.put(HARD_STATE).putInt(state.group()).putLong(watermark);
        NodeId vote = state.hardState().vote();
        into.putLong(state.hardState().term()).putInt(vote == null ? NodeId.NONE : vote.value());
      }
      case Frame.Appended(int group, long index, Entry entry) ->
          writeEntry(into, kindOf(entry), watermark, group, index, entry);
      case Frame.Moved(int group, long index, Entry entry) ->
          writeEntry(into, kindOfMoved(entry), watermark, group, index, entry);
      case Frame.Found(int group, long index, Entry entry) ->
          writeEntry(into, FOUND_ENTRY, watermark, group, index, entry);
      case Frame.Store store ->
          into.put(STORE).putInt(NO_GROUP).putLong(watermark).putLong(store.storeId());
      case Frame.Cluster cluster ->
          into.put(CLUSTER).putInt(NO_GROUP).putLong(watermark).putLong(cluster.clusterId());
      case Frame.Told(Identifiers told) -> {
        into.put(IDENTIFIERS).putInt(NO_GROUP).putLong(watermark);
        into.putLong(told.segment()).putLong(told.from()).putLong(told.to()).put(told.runs());
      }
      case Frame.Base base -> writeBase(into, BASE, watermark, base);
      case Frame.Restart restart -> writeBase(into, RESTART, watermark, restart.base());
    }
    seal(into, checksum, start, segment, offset);
  }

  private static void seal(
      ByteBuffer into, FrameChecksum checksum, int start, long segment, long offset) {
    int length = into.position() - start - FRAME_HEADER_BYTES;
    into.putInt(start, length);
    into.putInt(start + 4, checksum.of(into, start, length, segment, offset));
  }

  private static void writeBase(ByteBuffer into, byte kind, long watermark, Frame.Base base) {
    into.put(kind).putInt(base.group()).putLong(watermark);
    into.putLong(base.index()).putLong(base.term()).put(membershipBytes(base));
  }

  private static void writeEntry(
      ByteBuffer into, byte kind, long watermark, int group, long index, Entry entry) {
    invariant(!entry.isLost(), "group %d has lost entry %d, which cannot be written", group, index);
    into.put(kind);
    into.putInt(group).putLong(watermark).putLong(index).putLong(entry.term());
    into.put(entry.bytes(), entry.offset(), entry.size());
  }

  /// The index of the entry that a frame puts into the log; 0 if it puts none there.
  static long indexOfEntry(Frame frame) {
    return switch (frame) {
      case Frame.Appended appended -> appended.index();
      case Frame.Moved moved -> moved.index();
      case Frame.State _,
          Frame.Store _,
          Frame.Cluster _,
          Frame.Told _,
          Frame.Found _,
          Frame.Base _,
          Frame.Restart _ ->
          0;
    };
  }

  /// Whether frames of a kind hold an entry each.
  static boolean isEntry(byte kind) {
    return kind == ENTRY
        || kind == CONFIGURATION
        || kind == MOVED_ENTRY
        || kind == MOVED_CONFIGURATION
        || kind == FOUND_ENTRY;
  }

  /// The kind of the frame of an entry that is appended.
  static byte kindOf(Entry entry) {
    return entry.kind() == Entry.Kind.CONFIGURATION ? CONFIGURATION : ENTRY;
  }

  /// The kind of the frame of an entry that is moved.
  static byte kindOfMoved(Entry entry) {
    return entry.kind() == Entry.Kind.CONFIGURATION ? MOVED_CONFIGURATION : MOVED_ENTRY;
  }

  private static byte[] membershipBytes(Frame.Base base) {
    return base.membership() == null ? new byte[0] : base.membership().toBytes();
  }

  /// The length of the frame at `offset` with its header, or -1 if no whole frame can stand there.
  static int frameLength(ByteBuffer segmentBytes, int offset) {
    int room = segmentBytes.limit() - offset - FRAME_HEADER_BYTES;
    if (room < BODY_HEADER_BYTES) {
      return -1;
    }
    int length = segmentBytes.getInt(offset);
    return length < BODY_HEADER_BYTES || length > room ? -1 : FRAME_HEADER_BYTES + length;
  }

  static int storedChecksum(ByteBuffer segmentBytes, int offset) {
    return segmentBytes.getInt(offset + 4);
  }

  static long watermark(ByteBuffer segmentBytes, int offset) {
    return segmentBytes.getLong(offset + FRAME_HEADER_BYTES + 5);
  }

  /// What the frame at `offset` says, or null if it makes no sense.
  static @Nullable Frame read(ByteBuffer segmentBytes, int offset) {
    int body = offset + FRAME_HEADER_BYTES;
    int payload = body + BODY_HEADER_BYTES;
    int payloadBytes = segmentBytes.getInt(offset) - BODY_HEADER_BYTES;
    int group = segmentBytes.getInt(body + 1);
    byte kind = segmentBytes.get(body);
    if (kind == HARD_STATE && payloadBytes == 12) {
      int vote = segmentBytes.getInt(payload + 8);
      HardState state =
          new HardState(segmentBytes.getLong(payload), vote <= 0 ? null : new NodeId(vote));
      return new Frame.State(group, state);
    }
    if (kind == STORE && payloadBytes == Long.BYTES) {
      return new Frame.Store(segmentBytes.getLong(payload));
    }
    if (kind == CLUSTER && payloadBytes == Long.BYTES) {
      return new Frame.Cluster(segmentBytes.getLong(payload));
    }
    if (kind == IDENTIFIERS && payloadBytes >= IDENTIFIERS_BYTES) {
      return new Frame.Told(identifiers(segmentBytes, payload, payloadBytes));
    }
    if (payloadBytes < INDEXED_BYTES) {
      return null;
    }
    byte[] content = new byte[payloadBytes - INDEXED_BYTES];
    segmentBytes.get(payload + INDEXED_BYTES, content);
    return indexed(
        kind, group, segmentBytes.getLong(payload), segmentBytes.getLong(payload + 8), content);
  }

  private static Identifiers identifiers(ByteBuffer bytes, int payload, int payloadBytes) {
    byte[] runs = new byte[payloadBytes - IDENTIFIERS_BYTES];
    bytes.get(payload + IDENTIFIERS_BYTES, runs);
    return new Identifiers(
        bytes.getLong(payload), bytes.getLong(payload + 8), bytes.getLong(payload + 16), runs);
  }

  private static @Nullable Frame indexed(
      byte kind, int group, long index, long term, byte[] content) {
    boolean isBase = kind == BASE || kind == RESTART;
    boolean isConfiguration = kind == CONFIGURATION || kind == MOVED_CONFIGURATION;
    boolean names = isConfiguration || (isBase && content.length > 0);
    Membership membership = names ? Membership.ofBytes(content) : null;
    if (names && membership == null) {
      return null;
    }
    return switch (kind) {
      case ENTRY -> new Frame.Appended(group, index, new Entry(term, content));
      case MOVED_ENTRY -> new Frame.Moved(group, index, new Entry(term, content));
      case FOUND_ENTRY -> new Frame.Found(group, index, new Entry(term, content));
      case MOVED_CONFIGURATION ->
          new Frame.Moved(group, index, new Entry(term, Entry.Kind.CONFIGURATION, content));
      case CONFIGURATION ->
          new Frame.Appended(group, index, new Entry(term, Entry.Kind.CONFIGURATION, content));
      case BASE -> new Frame.Base(group, index, term, membership);
      case RESTART -> new Frame.Restart(new Frame.Base(group, index, term, membership));
      default -> null;
    };
  }
}
