package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.require;

import java.time.Duration;

/// The limits of a node's side of its groups.
///
/// @param segmentSizeBytes size at which a file of the write-ahead log is sealed; default 64 MiB,
///   extremes 4 KiB to 64 MiB
/// @param packetBytesMax size beyond which a packet takes no further message; default 1 MiB,
///   extremes 1 byte (no two messages share a packet) to 1 MiB
/// @param beatInterval how often a node says to another that it is alive, if groups sleep there
///   under its leaders; at most a third of the patience; default 100 ms
/// @param beatPatience how long a node is not heard before those who sleep under its leaders wake:
///   the shortest election timeout of the groups; default 1 s
public record HostOptions(
    long segmentSizeBytes, int packetBytesMax, Duration beatInterval, Duration beatPatience) {
  /// How many segments the log may take in any case before entries are moved for their sake.
  static final int SEGMENTS_FREE = 4;

  /// How many times what all groups hold the files may take beyond. A group's entries are moved at
  /// most once while the log grows by what it may take, so moving costs a third of that at most.
  static final int SLACK_FACTOR = 4;

  private static final int SLOTS_PER_BEAT = 10;

  /// The defaults of production.
  public static final HostOptions DEFAULT =
      new HostOptions(64L << 20, 1 << 20, Duration.ofMillis(100), Duration.ofSeconds(1));

  /// @throws IllegalArgumentException if a limit makes no sense
  public HostOptions {
    require(segmentSizeBytes >= 4096, "segments need 4 KiB");
    require(packetBytesMax > 0, "a packet must take at least one message");
    require(!beatInterval.isZero() && !beatInterval.isNegative(), "no beat");
    require(
        beatInterval.multipliedBy(3).compareTo(beatPatience) <= 0,
        "three beats of %s must fit into the patience, %s",
        beatInterval,
        beatPatience);
  }

  /// How long what a group waits for is put off at most, to come together with what others wait
  /// for: little beside what groups wait for, which is a heartbeat or more, and enough for many of
  /// them to meet.
  Duration deadlineSlot() {
    return beatInterval.dividedBy(SLOTS_PER_BEAT);
  }

  /// These options with another segment size.
  public HostOptions withSegmentSizeBytes(long sizeBytes) {
    return new HostOptions(sizeBytes, packetBytesMax, beatInterval, beatPatience);
  }

  /// These options with another limit on packets.
  public HostOptions withPacketBytesMax(int bytesMax) {
    return new HostOptions(segmentSizeBytes, bytesMax, beatInterval, beatPatience);
  }

  /// These options with other beats.
  public HostOptions withBeats(Duration interval, Duration patience) {
    return new HostOptions(segmentSizeBytes, packetBytesMax, interval, patience);
  }
}
