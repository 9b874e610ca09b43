package dev.nucleusdb.sim.time;

import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.trace.WorldObserver;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The digest of a world after every single thing that was folded into it: two journals tell at
/// which step two runs part that should be one. To see what happened there, run both once more with
/// a journal that watches this step: it keeps its stack.
///
/// Observe a world with it before the world runs.
public final class Journal implements WorldObserver {
  private static final int CAPACITY_INITIAL = 1 << 16;
  private static final int STACK_MAX = 40;

  private final long watched;
  private long[] digests = new long[CAPACITY_INITIAL];
  private int count;
  private @Nullable Step step;

  /// What was folded in at one step.
  ///
  /// @param ordinal which step, from 0
  /// @param words when and what
  /// @param stack from where, innermost first
  public record Step(long ordinal, String words, List<String> stack) {}

  /// A journal of digests alone.
  public Journal() {
    this(-1);
  }

  /// @param watched the step whose stack is to be kept, from 0
  public Journal(long watched) {
    this.watched = watched;
  }

  void folded(long nowNanos, EventKind kind, long a, long b, long digest) {
    if (count == watched) {
      String words =
          Seconds.format(nowNanos)
              + ' '
              + kind
              + ' '
              + Long.toHexString(a)
              + ' '
              + Long.toHexString(b);
      List<String> stack =
          Arrays.stream(Thread.currentThread().getStackTrace())
              .skip(2)
              .limit(STACK_MAX)
              .map(StackTraceElement::toString)
              .toList();
      step = new Step(count, words, stack);
    }
    if (count == digests.length) {
      digests = Arrays.copyOf(digests, 2 * count);
    }
    digests[count++] = digest;
  }

  /// The digests after each step.
  public long[] digests() {
    return Arrays.copyOf(digests, count);
  }

  /// The step that was watched; null if the world ended before.
  public @Nullable Step step() {
    return step;
  }

  /// The first step after which two runs differ.
  ///
  /// @return -1 if they are the same
  public static long firstDifference(long[] one, long[] other) {
    return Arrays.mismatch(one, other);
  }
}
