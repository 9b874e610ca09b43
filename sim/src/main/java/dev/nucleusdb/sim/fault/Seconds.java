package dev.nucleusdb.sim.fault;

import java.math.BigDecimal;

/// Nanoseconds as people read them: `12.345s`. Exact in both directions.
public final class Seconds {
  private static final int NANO_DIGITS = 9;

  private Seconds() {}

  /// A number of nanoseconds in seconds, without needless zeros.
  public static String format(long nanos) {
    BigDecimal seconds = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
    return (seconds.scale() < 0 ? seconds.setScale(0) : seconds).toPlainString() + "s";
  }

  /// The number of nanoseconds of a text such as `12.345s`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static long parse(String text) {
    if (!text.endsWith("s")) {
      throw new IllegalArgumentException("\"" + text + "\" is no time such as 1.25s");
    }
    try {
      return new BigDecimal(text.substring(0, text.length() - 1))
          .movePointRight(NANO_DIGITS)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time such as 1.25s", e);
    }
  }
}
