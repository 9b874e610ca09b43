package dev.nucleusdb.linearizability.view;

import java.util.NoSuchElementException;

/// All ways in which what was seen may be due to updates, where values were written more than once:
/// an odometer whose digits are the operations that may have seen one of several.
///
/// The likeliest way comes first.
final class SeenChoices {
  private final Program<?> program;
  private final int[] digits;
  private boolean exhausted;

  SeenChoices(Program<?> program) {
    this.program = program;
    this.digits = new int[program.size()];
  }

  boolean hasNext() {
    return !exhausted;
  }

  /// By operation, the update that it saw, [Program#INITIAL], or [Program#NOTHING].
  int[] next() {
    if (exhausted) {
      throw new NoSuchElementException();
    }
    int[] seen = new int[digits.length];
    for (int operation = 0; operation < digits.length; operation++) {
      int[] candidates = program.seeable[operation];
      seen[operation] = candidates.length == 0 ? Program.NOTHING : candidates[digits[operation]];
    }
    advance();
    return seen;
  }

  private void advance() {
    for (int operation = 0; operation < digits.length; operation++) {
      if (digits[operation] + 1 < program.seeable[operation].length) {
        digits[operation]++;
        return;
      }
      digits[operation] = 0;
    }
    exhausted = true;
  }
}
