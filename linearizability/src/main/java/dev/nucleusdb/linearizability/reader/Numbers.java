package dev.nucleusdb.linearizability.reader;

import java.util.regex.Pattern;

/// The numbers of EDN and JSON.
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+N?");
  private static final Pattern OTHER =
      Pattern.compile("[+-]?[0-9]+(/[0-9]+|(\\.[0-9]*)?([eE][+-]?[0-9]+)?M?)");

  private Numbers() {}

  static boolean startsNumber(String token) {
    char first = token.charAt(0);
    boolean signed = (first == '-' || first == '+') && token.length() > 1;
    return isDigit(signed ? token.charAt(1) : first);
  }

  static Datum parse(TextScanner in, int start, String token) throws MalformedHistoryException {
    if (WHOLE.matcher(token).matches()) {
      String digits = token.endsWith("N") ? token.substring(0, token.length() - 1) : token;
      try {
        return new Datum.Whole(start, Long.parseLong(digits));
      } catch (NumberFormatException _) {
        return new Datum.OtherNumber(start, digits);
      }
    }
    if (OTHER.matcher(token).matches()) {
      return new Datum.OtherNumber(start, token);
    }
    throw in.expected(start, "a number, but found '" + token + "'");
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
