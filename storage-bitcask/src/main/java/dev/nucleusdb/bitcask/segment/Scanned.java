package dev.nucleusdb.bitcask.segment;

import dev.nucleusdb.bitcask.format.Entry;
import dev.nucleusdb.bitcask.format.Footer;
import dev.nucleusdb.bitcask.format.FrameHeader;
import java.util.List;

/// What a scan finds at an offset.
public sealed interface Scanned {

  /// A frame that is whole.
  ///
  /// @param offset where it stands
  /// @param header its head
  /// @param entries its records, good until the scan goes on
  record Frame(long offset, FrameHeader header, List<Entry> entries) implements Scanned {}

  /// The seal of a file that takes no more writes.
  ///
  /// @param offset where it stands
  /// @param footer what it says of the file
  record Seal(long offset, Footer footer) implements Scanned {}

  /// Bytes that are no frame.
  ///
  /// @param offset where a frame should begin
  /// @param detail what is wrong there
  record Damage(long offset, String detail) implements Scanned {}

  /// Nothing: the file ends exactly behind the last frame.
  ///
  /// @param offset the length of the file
  record End(long offset) implements Scanned {}
}
