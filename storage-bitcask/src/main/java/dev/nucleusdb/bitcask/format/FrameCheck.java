package dev.nucleusdb.bitcask.format;

/// Rule: is what was read what was written? Asked for every frame in a scan and every entry in a
/// read, because a disk may return other bytes than it was given, without an error (Bairavasundaram
/// et al., FAST 2008). The checksum of a frame's header is not put up for choice: without it a
/// length could not be trusted.
@FunctionalInterface
public interface FrameCheck {
  /// The two checksums are equal.
  FrameCheck EQUAL = (stored, computed) -> stored == computed;

  /// @param stored the checksum that stands beside the bytes
  /// @param computed the checksum of the bytes and of the place they were read from
  boolean isIntact(int stored, int computed);
}
