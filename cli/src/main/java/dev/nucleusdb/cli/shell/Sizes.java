package dev.nucleusdb.cli.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// Amounts of memory as people write them: `512k`, `64m`, `2g`, or a number of bytes.
public final class Sizes implements CommandLine.ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})([kmg]?)", Pattern.CASE_INSENSITIVE);

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is no amount of memory; write it like 512k, 64m or 2g");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k", "K" -> amount << 10;
      case "m", "M" -> amount << 20;
      case "g", "G" -> amount << 30;
      default -> amount;
    };
  }
}
