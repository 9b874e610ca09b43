package dev.nucleusdb.bitcask.inspect;

/// Something that is not as it should be.
///
/// @param severity how bad it is
/// @param file its name in the folder of the store
/// @param offset where in it, in bytes
/// @param detail what is wrong, in words
public record Finding(Severity severity, String file, long offset, String detail) {

  /// How bad something is.
  public enum Severity {
    /// Nothing is lost: it mends itself at the next open, or does not matter.
    HARMLESS,
    /// Records cannot be read that had been made durable.
    DAMAGE
  }

  @Override
  public String toString() {
    String words = severity == Severity.DAMAGE ? "damage  " : "harmless";
    return words + "  " + file + " at offset " + offset + ": " + detail;
  }
}
