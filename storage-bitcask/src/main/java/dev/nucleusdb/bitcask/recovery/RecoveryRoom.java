package dev.nucleusdb.bitcask.recovery;

import static dev.nucleusdb.core.assertion.Assertions.require;

/// How much a recovery may gather before it makes an index of it; what it finds afterwards is
/// learned record by record, which takes several times as long.
///
/// @param hints how many hints are merged at once, of each of which a window of 64 KiB stands on
///   the heap; default 512; 0 for none
/// @param scannedBytes what records of files without a hint may occupy on the heap, half as much
///   again while an array grows; default 64 MiB; 0 for none
public record RecoveryRoom(int hints, long scannedBytes) {

  /// What fits most.
  public static final RecoveryRoom DEFAULT = new RecoveryRoom(512, 64L << 20);

  /// @throws IllegalArgumentException if a bound is outside what its description allows
  public RecoveryRoom {
    require(hints >= 0, "hints is at least 0, not %d", hints);
    require(scannedBytes >= 0, "scannedBytes is at least 0, not %d", scannedBytes);
  }
}
