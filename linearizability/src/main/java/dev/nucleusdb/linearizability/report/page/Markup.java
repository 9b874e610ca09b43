package dev.nucleusdb.linearizability.report.page;

/// Texts as they stand in HTML, SVG and JSON. What a history holds is anybody's text, so nothing of
/// it may end an element, an attribute or a script.
final class Markup {
  /// Stands for what may not be shown: characters that XML forbids, halves of pairs, and those that
  /// turn the direction of a line and would let a value pose as another.
  private static final char REPLACEMENT = '\uFFFD';

  private Markup() {}

  /// As text or as the value of an attribute, in HTML and SVG.
  static String text(String raw) {
    StringBuilder text = new StringBuilder(raw.length() + 16);
    raw.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> text.append("&amp;");
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '"' -> text.append("&quot;");
            case '\'' -> text.append("&#39;");
            default -> text.appendCodePoint(shown(point));
          }
        });
    return text.toString();
  }

  /// As a text of JSON, with its quotes. It may stand inside a `script` element: there is no `<` in
  /// it that could end one.
  static String json(String raw) {
    StringBuilder text = new StringBuilder(raw.length() + 16).append('"');
    raw.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '<' -> text.append("\\u003c");
            case '>' -> text.append("\\u003e");
            case '&' -> text.append("\\u0026");
            default -> text.appendCodePoint(shown(point));
          }
        });
    return text.append('"').toString();
  }

  private static int shown(int point) {
    boolean control = Character.isISOControl(point) && point != '\n';
    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    boolean noCharacter = (point & 0xFFFE) == 0xFFFE;
    boolean endsLine = point == 0x2028 || point == 0x2029;
    boolean turns = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return control || half || noCharacter || endsLine || turns ? REPLACEMENT : point;
  }
}
