package dev.nucleusdb.cli.shell;

import java.security.SecureRandom;
import picocli.CommandLine;

/// Seeds as people write them: a number, decimal or hexadecimal, or `random`.
public final class Seeds implements CommandLine.ITypeConverter<Long> {
  private static final long LARGEST_DRAWN = 1L << 40;

  @Override
  public Long convert(String text) {
    if (text.equals("random")) {
      return new SecureRandom().nextLong(1, LARGEST_DRAWN);
    }
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is no seed; write a number such as 42 or 0x2a, or 'random'");
    }
  }
}
