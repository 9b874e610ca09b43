package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.node.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the frames of a *chunk*, a stretch of a segment, were: everything but the contents of
/// entries and memberships. It is written at least a chunk further on, so that what damages the one
/// hardly reaches the other, and tells then what was lost (the identifiers of CTRL: Alagappan and
/// others, *Protocol-Aware Recovery for Consensus-Based Storage*, FAST 2018).
///
/// ```
///   runs := run*
///   run  := kind:1 group a b count     the last four as unsigned LEB128
///             entries       a is the index of the first, b their term; the others follow it
///             hard state    a is the vote, b the term
///             base, restart a is the index, b the term
///             store, cluster        a is the id
/// ```
///
/// @param segment in which segment the chunk is
/// @param from the offset of its first frame
/// @param to the offset behind its last
/// @param runs its frames in their order
record Identifiers(long segment, long from, long to, byte[] runs) {
  private static final int VARINT_BYTES_MAX = 10;

  /// One frame.
  ///
  /// @param kind as in [WalFormat]
  /// @param group its group
  /// @param a see the grammar
  /// @param b see the grammar
  record Identifier(byte kind, int group, long a, long b) {

    /// Of a frame that is there.
    static Identifier of(WalFormat.Frame frame) {
      return switch (frame) {
        case WalFormat.Frame.State(int group, HardState state) -> {
          NodeId vote = state.vote();
          int value = vote == null ? NodeId.NONE : vote.value();
          yield new Identifier(WalFormat.HARD_STATE, group, value, state.term());
        }
        case WalFormat.Frame.Store(long id) -> ofNoGroup(WalFormat.STORE, id);
        case WalFormat.Frame.Cluster(long id) -> ofNoGroup(WalFormat.CLUSTER, id);
        case WalFormat.Frame.Told _ -> ofNoGroup(WalFormat.IDENTIFIERS, 0);
        case WalFormat.Frame.Appended(int group, long index, Entry entry) ->
            new Identifier(WalFormat.kindOf(entry), group, index, entry.term());
        case WalFormat.Frame.Moved(int group, long index, Entry entry) ->
            new Identifier(WalFormat.kindOfMoved(entry), group, index, entry.term());
        case WalFormat.Frame.Found(int group, long index, Entry entry) ->
            new Identifier(WalFormat.FOUND_ENTRY, group, index, entry.term());
        case WalFormat.Frame.Base base -> ofBase(WalFormat.BASE, base);
        case WalFormat.Frame.Restart(WalFormat.Frame.Base base) -> ofBase(WalFormat.RESTART, base);
      };
    }

    private static Identifier ofNoGroup(byte kind, long a) {
      return new Identifier(kind, WalFormat.NO_GROUP, a, 0);
    }

    private static Identifier ofBase(byte kind, WalFormat.Frame.Base base) {
      return new Identifier(kind, base.group(), base.index(), base.term());
    }

    /// The frame, whose bytes are lost, as far as this tells of it: without commands and
    /// memberships.
    ///
    /// @return null if it is of no kind that is known here
    WalFormat.@Nullable Frame lost() {
      return switch (kind) {
        case WalFormat.HARD_STATE -> {
          NodeId vote = a == NodeId.NONE ? null : new NodeId((int) a);
          yield new WalFormat.Frame.State(group, new HardState(b, vote));
        }
        case WalFormat.STORE -> new WalFormat.Frame.Store(a);
        case WalFormat.CLUSTER -> new WalFormat.Frame.Cluster(a);
        case WalFormat.ENTRY -> new WalFormat.Frame.Appended(group, a, Entry.lost(b, false));
        case WalFormat.CONFIGURATION -> new WalFormat.Frame.Appended(group, a, Entry.lost(b, true));
        case WalFormat.MOVED_ENTRY -> new WalFormat.Frame.Moved(group, a, Entry.lost(b, false));
        case WalFormat.MOVED_CONFIGURATION ->
            new WalFormat.Frame.Moved(group, a, Entry.lost(b, true));
        case WalFormat.FOUND_ENTRY -> new WalFormat.Frame.Found(group, a, Entry.lost(b, false));
        case WalFormat.BASE -> new WalFormat.Frame.Base(group, a, b, null);
        case WalFormat.RESTART ->
            new WalFormat.Frame.Restart(new WalFormat.Frame.Base(group, a, b, null));
        case WalFormat.IDENTIFIERS ->
            new WalFormat.Frame.Told(new Identifiers(0, 0, 0, new byte[0]));
        default -> null;
      };
    }
  }

  /// All frames in their order.
  ///
  /// @return null if the bytes make no sense
  @Nullable List<Identifier> list() {
    List<Identifier> all = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(runs);
    while (bytes.hasRemaining()) {
      byte kind = bytes.get();
      long group = varint(bytes);
      long a = varint(bytes);
      long b = varint(bytes);
      long count = varint(bytes);
      if (count <= 0 || count > to - from) {
        return null;
      }
      for (int i = 0; i < count; i++) {
        all.add(new Identifier(kind, (int) group, WalFormat.isEntry(kind) ? a + i : a, b));
      }
    }
    return all;
  }

  /// 0, which no count is, if there are not enough bytes.
  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX && bytes.hasRemaining(); i++) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    return 0;
  }

  static void writeRun(
      ByteArrayOutputStream into, byte kind, int group, long a, long b, long count) {
    into.write(kind);
    writeVarint(into, group);
    writeVarint(into, a);
    writeVarint(into, b);
    writeVarint(into, count);
  }

  private static void writeVarint(ByteArrayOutputStream into, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      into.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    into.write((int) rest);
  }
}
