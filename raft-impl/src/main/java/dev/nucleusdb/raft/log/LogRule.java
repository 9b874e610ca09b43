package dev.nucleusdb.raft.log;

/// What the write-ahead log makes of its files after a crash.
public interface LogRule {

  /// The rules that durability needs.
  LogRule RAFT = new LogRule() {};

  /// Whether a frame whose checksum is `stored` and should be `computed` may be believed.
  default boolean isIntact(int stored, int computed) {
    return stored == computed;
  }

  /// The term and vote to go on with, of those that the log holds in their order.
  default HardState latest(HardState earlier, HardState later) {
    return later;
  }
}
