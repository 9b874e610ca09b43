package dev.nucleusdb.bitcask.recovery;

/// Rule: bytes that are no frame, are they the end that a crash tore, or damage? What had been made
/// durable is never cut: a crash cannot have taken it, so something else has, and whoever relies on
/// it must be told (Alagappan et al., *Protocol-Aware Recovery*, FAST 2018).
@FunctionalInterface
public interface TailRule {
  /// Behind everything known durable it is a torn end; below it is damage.
  TailRule DURABLE_IS_NEVER_CUT =
      (badOffset, durableBytes) -> badOffset >= durableBytes ? Judgement.CUT : Judgement.CORRUPT;

  /// @param badOffset where a frame should begin and none does
  /// @param durableBytes bytes from the beginning of the file known to have been durable: all of a
  ///   sealed file, otherwise the highest watermark of any frame before or behind
  Judgement judge(long badOffset, long durableBytes);

  /// What to do.
  enum Judgement {
    /// Cut the file here and go on.
    CUT,
    /// Refuse, and name file and offset.
    CORRUPT
  }
}
