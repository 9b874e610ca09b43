package dev.nucleusdb.core.assertion;

import org.jspecify.annotations.Nullable;

/// The three assertion words. Messages are `String.format` patterns, formatted only on failure.
public final class Assertions {
  private Assertions() {}

  /// The caller is wrong.
  ///
  /// @throws IllegalArgumentException if the condition does not hold
  public static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// The caller is wrong.
  ///
  /// @throws IllegalArgumentException if the condition does not hold
  public static void require(
      boolean condition, String pattern, @Nullable Object argument, @Nullable Object... more) {
    if (!condition) {
      throw new IllegalArgumentException(format(pattern, argument, more));
    }
  }

  /// As above, with a number: allocates nothing where the condition holds.
  ///
  /// @throws IllegalArgumentException if the condition does not hold
  public static void require(boolean condition, String pattern, long argument) {
    if (!condition) {
      throw new IllegalArgumentException(format(pattern, argument));
    }
  }

  /// As above, with two.
  ///
  /// @throws IllegalArgumentException if the condition does not hold
  public static void require(boolean condition, String pattern, long first, long second) {
    if (!condition) {
      throw new IllegalArgumentException(format(pattern, first, second));
    }
  }

  /// We are wrong: a fact that the code relies on does not hold. Never caught to go on.
  ///
  /// @throws InvariantViolation if the condition does not hold
  public static void invariant(boolean condition, String message) {
    if (!condition) {
      throw new InvariantViolation(message);
    }
  }

  /// As above, with arguments. Hot loops use [#invariant(boolean, String)], which allocates
  /// nothing.
  ///
  /// @throws InvariantViolation if the condition does not hold
  public static void invariant(boolean condition, String pattern, long first, long second) {
    if (!condition) {
      throw new InvariantViolation(format(pattern, first, second));
    }
  }

  /// A state that is allowed and rare, and that simulation must reach now and then: otherwise the
  /// simulation does not test what it claims to.
  ///
  /// @param name the same for the same place, in words separated by blanks
  /// @return the condition, so that it can stand inside an `if`
  public static boolean sometimes(String name, boolean condition) {
    Sometimes.observe(name, condition);
    return condition;
  }

  private static String format(
      String pattern, @Nullable Object argument, @Nullable Object... more) {
    @Nullable Object[] arguments = new @Nullable Object[more.length + 1];
    arguments[0] = argument;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return String.format(java.util.Locale.ROOT, pattern, arguments);
  }
}
