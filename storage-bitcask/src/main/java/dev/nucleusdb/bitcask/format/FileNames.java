package dev.nucleusdb.bitcask.format;

/// The names of data files and their hints: `data-0000000001.bitcask`, `hint-0000000001.bitcask`.
/// Ten digits, so that a folder lists them in order; more if the ids should need them.
public final class FileNames {
  /// The index as it was at a good end.
  public static final String INDEX = "index";

  private static final String DATA = "data-";
  private static final String HINT = "hint-";
  private static final String SUFFIX = ".bitcask";
  private static final int DIGITS = 10;

  private FileNames() {}

  public static String data(long fileId) {
    return name(DATA, fileId);
  }

  public static String hint(long fileId) {
    return name(HINT, fileId);
  }

  private static String name(String prefix, long fileId) {
    String digits = Long.toString(fileId);
    return prefix + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
  }

  /// The id in the name of a data file, or 0 if this is none.
  public static long dataFileId(String name) {
    return fileId(DATA, name);
  }

  /// The id in the name of a hint, or 0 if this is none.
  public static long hintFileId(String name) {
    return fileId(HINT, name);
  }

  private static long fileId(String prefix, String name) {
    if (!name.startsWith(prefix) || !name.endsWith(SUFFIX)) {
      return 0;
    }
    int end = name.length() - SUFFIX.length();
    long fileId = 0;
    for (int i = prefix.length(); i < end; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9' || fileId > Long.MAX_VALUE / 20) {
        return 0;
      }
      fileId = fileId * 10 + (digit - '0');
    }
    return name.equals(name(prefix, fileId)) ? fileId : 0;
  }
}
