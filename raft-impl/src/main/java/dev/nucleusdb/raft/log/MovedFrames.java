package dev.nucleusdb.raft.log;

import dev.nucleusdb.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Frames that were moved and are not durable yet: until then they stand where they stood, and
/// nobody is told.
final class MovedFrames {
  private record Placed(WalFormat.Frame.Moved moved, long end) {}

  private final List<Placed> all = new ArrayList<>();

  /// Some are written.
  ///
  /// @param start where in the segment the first of them is
  void add(List<WalFormat.Frame> frames, long start) {
    long end = start;
    for (WalFormat.Frame frame : frames) {
      end += WalFormat.frameBytes(frame);
      if (frame instanceof WalFormat.Frame.Moved moved) {
        all.add(new Placed(moved, end));
      }
    }
  }

  /// All are durable in a segment.
  void tell(IntFunction<Trace> traces, long segment) {
    for (Placed one : all) {
      traces
          .apply(one.moved().group())
          .event(
              LogTrace.MOVED,
              one.moved().index(),
              one.moved().entry().term(),
              LogTrace.place(segment, one.end()));
    }
  }
}
