package dev.nucleusdb.bitcask.format;

import org.jspecify.annotations.Nullable;

/// What a frame is. All but [#SINGLE] are marked by four letters, that one by its first byte alone:
/// none of the four begins like another.
public enum FrameKind {
  /// One batch as it was written: entries in order, with consecutive sequence numbers.
  BATCH('B', 'T', 'C', 'H'),
  /// Records that a merge carried over, each with the sequence number it was born with.
  MERGED('M', 'R', 'G', 'D'),
  /// The end of a file that takes no more writes: a [Footer].
  SEAL('S', 'E', 'A', 'L'),
  /// A batch of one record, whose head says the rest of what the head of the frame would.
  SINGLE('1');

  private static final FrameKind[] KINDS = values();

  private final int marker;
  private final int markerMask;
  private final int headBytes;
  private final int headCheckedTo;

  FrameKind(int first, int second, int third, int fourth) {
    this.marker = first | second << 8 | third << 16 | fourth << 24;
    this.markerMask = -1;
    this.headBytes = FrameHeader.BYTES;
    this.headCheckedTo = FrameHeader.BYTES;
  }

  FrameKind(int first) {
    this.marker = first;
    this.markerMask = 0xff;
    this.headBytes = FrameHeader.SINGLE_BYTES;
    this.headCheckedTo = FrameHeader.SINGLE_BYTES + Entry.HEADER_BYTES;
  }

  /// What a batch of so many entries is written as.
  public static FrameKind ofBatch(int entryCount) {
    return entryCount == 1 ? SINGLE : BATCH;
  }

  /// Bytes in front of the payload.
  public int headBytes() {
    return headBytes;
  }

  /// Up to where in the frame the checksum of its head goes.
  int headCheckedTo() {
    return headCheckedTo;
  }

  int marker() {
    return marker;
  }

  /// @param found four bytes where the mark of a kind would begin
  static @Nullable FrameKind of(int found) {
    for (FrameKind kind : KINDS) {
      if ((found & kind.markerMask) == kind.marker) {
        return kind;
      }
    }
    return null;
  }
}
