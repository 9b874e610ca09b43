package dev.nucleusdb.bitcask.segment;

/// The names of data files: `data-0000000001.bitcask`. Ten digits, so that a folder lists them in
/// order; more if the ids should need them.
final class FileNames {
  private static final String PREFIX = "data-";
  private static final String SUFFIX = ".bitcask";
  private static final int DIGITS = 10;

  private FileNames() {}

  static String name(long fileId) {
    String digits = Long.toString(fileId);
    return PREFIX + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
  }

  /// The id in a name, or 0 if this is not the name of a data file.
  static long fileId(String name) {
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return 0;
    }
    int end = name.length() - SUFFIX.length();
    long fileId = 0;
    for (int i = PREFIX.length(); i < end; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9' || fileId > Long.MAX_VALUE / 20) {
        return 0;
      }
      fileId = fileId * 10 + (digit - '0');
    }
    return name.equals(name(fileId)) ? fileId : 0;
  }
}
