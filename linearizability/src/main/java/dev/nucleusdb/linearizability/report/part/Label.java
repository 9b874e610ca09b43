package dev.nucleusdb.linearizability.report.part;

import java.util.regex.Pattern;

/// What stands in a drawing or a sentence for an action or a state: one line, not too long.
public final class Label {
  private static final int MAX_LENGTH = 60;
  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

  private Label() {}

  /// Long texts keep their beginning and their end, because appended values differ there.
  public static String of(Object thing) {
    return of(thing, MAX_LENGTH);
  }

  /// As [#of(Object)], with at most so many characters before the cut and as many after it as make
  /// up `maxLength`.
  public static String of(Object thing, int maxLength) {
    String text = CONTROL_CHARACTERS.matcher(thing.toString()).replaceAll("·");
    if (text.length() <= maxLength) {
      return text;
    }
    int half = maxLength / 2;
    return head(text, half) + "…" + tail(text, half);
  }

  /// An action with the arrow that a drawing shows.
  public static String arrowed(Object action, int maxLength) {
    return of(action.toString().replace(" -> ", " → "), maxLength);
  }

  /// The first characters, no half of a pair among them.
  public static String head(String text, int length) {
    boolean splits = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splits ? length - 1 : length);
  }

  /// How many columns of a monospaced font a text takes, about: ideographs and pictures take two.
  public static int columns(String text) {
    return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
  }

  private static boolean isWide(int point) {
    return (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0xFE30 && point <= 0xFF60)
        || (point >= 0x1F000 && point <= 0x3FFFD);
  }

  private static String tail(String text, int length) {
    int begin = text.length() - length;
    boolean splits = Character.isLowSurrogate(text.charAt(begin));
    return text.substring(splits ? begin + 1 : begin);
  }
}
