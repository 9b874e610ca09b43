package dev.nucleusdb.bitcask.format;

import org.jspecify.annotations.Nullable;

/// What a frame is. The number on disk is four letters, so that a search for frames behind damage
/// can skip most bytes without computing a checksum.
public enum FrameKind {
  /// One batch as it was written: entries in order, with consecutive sequence numbers.
  BATCH('B', 'T', 'C', 'H'),
  /// Records that a merge carried over, each with the sequence number it was born with.
  MERGED('M', 'R', 'G', 'D'),
  /// The end of a file that takes no more writes: a [Footer].
  SEAL('S', 'E', 'A', 'L');

  private static final FrameKind[] KINDS = values();

  private final int marker;

  FrameKind(int first, int second, int third, int fourth) {
    this.marker = first | second << 8 | third << 16 | fourth << 24;
  }

  int marker() {
    return marker;
  }

  static @Nullable FrameKind of(int marker) {
    for (FrameKind kind : KINDS) {
      if (kind.marker == marker) {
        return kind;
      }
    }
    return null;
  }
}
