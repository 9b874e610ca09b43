package dev.nucleusdb.raft.log;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Follows the frames of a log, in the order in which they stand, and gathers their [Identifiers]
/// until these are to be written: those of a chunk once the chunk behind it is full, or the next
/// segment begins.
final class IdentifierTrail {
  private static final int CHUNK_BYTES_MIN = 512;
  private static final int CHUNK_BYTES_MAX = 16 << 10;
  private static final int CHUNKS_OF_SEGMENT = 256;

  /// A log that was written without identifiers has more chunks that nobody has told of than this.
  private static final int CLOSED_MAX = 4;

  private final long chunkBytes;
  private final ArrayDeque<Identifiers> closed = new ArrayDeque<>();
  private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
  private long segment;
  private long from;
  private long offset;
  private byte kind;
  private int group;
  private long a;
  private long b;
  private long count;

  IdentifierTrail(long segmentSizeBytes) {
    this.chunkBytes =
        Math.clamp(segmentSizeBytes / CHUNKS_OF_SEGMENT, CHUNK_BYTES_MIN, CHUNK_BYTES_MAX);
  }

  /// A segment's header was written: frames stand behind it from now on.
  void begin(long newSegment) {
    close();
    segment = newSegment;
    from = WalFormat.SEGMENT_HEADER_BYTES;
    offset = from;
  }

  /// A frame follows.
  ///
  /// @param bytes its length with its header
  void follow(WalFormat.Frame frame, int bytes) {
    Identifiers.Identifier it = Identifiers.Identifier.of(frame);
    follow(it.kind(), it.group(), it.a(), it.b(), bytes);
    if (frame instanceof WalFormat.Frame.Told told) {
      closed.removeIf(chunk ->
          chunk.segment() == told.identifiers().segment()
              && chunk.from() == told.identifiers().from());
    }
  }

  /// A frame follows; see [Identifiers] for `ofA` and `ofB`.
  ///
  /// @param bytes its length with its header
  void follow(byte ofKind, int ofGroup, long ofA, long ofB, int bytes) {
    boolean goesOn =
        count > 0
            && WalFormat.isEntry(ofKind)
            && ofKind == kind
            && ofGroup == group
            && ofA == a + count
            && ofB == b;
    if (!goesOn) {
      endRun();
      kind = ofKind;
      group = ofGroup;
      a = ofA;
      b = ofB;
    }
    count++;
    offset += bytes;
    if (offset - from >= chunkBytes) {
      close();
    }
  }

  /// What stands up to an offset has its identifiers already, or will never have them.
  void skipTo(long newOffset) {
    runs.reset();
    count = 0;
    from = newOffset;
    offset = newOffset;
  }

  /// The identifiers that are to be written now, if there are any, which happens once.
  ///
  /// @param last whether those of the chunk before are due as well
  @Nullable Identifiers due(boolean last) {
    return closed.size() > (last ? 0 : 1) ? closed.removeFirst() : null;
  }

  private void close() {
    endRun();
    if (offset > from) {
      closed.add(new Identifiers(segment, from, offset, runs.toByteArray()));
      runs.reset();
      from = offset;
      if (closed.size() > CLOSED_MAX) {
        closed.removeFirst();
      }
    }
  }

  private void endRun() {
    if (count > 0) {
      Identifiers.writeRun(runs, kind, group, a, b, count);
      count = 0;
    }
  }
}
