package dev.nucleusdb.sim.disk;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.disk.legal.FileSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A disk on a good day.
///
/// @param syncMin what every sync takes at least; default 0.2 ms, drawn from 20 µs to 10 ms
/// @param syncTail the mean of the exponential part on top; default 0.5 ms, drawn from 20 µs to 20
///   ms
/// @param fileSystem what a crash leaves and a failed sync does; null, the default, for what
///   [dev.nucleusdb.sim.fault.CrashMode] says
/// @param roomBytesMax the most that a file reserves at once, 0 for nothing; default 0, drawn up to
///   16 KiB in three of ten worlds
public record DiskProfile(
    Duration syncMin, Duration syncTail, @Nullable FileSystem fileSystem, int roomBytesMax) {
  /// A good drive.
  public static final DiskProfile DEFAULT =
      new DiskProfile(Duration.ofNanos(200_000), Duration.ofNanos(500_000));

  /// @throws IllegalArgumentException if a time is negative
  public DiskProfile {
    require(!syncMin.isNegative(), "negative latency %s", syncMin);
    require(!syncTail.isNegative(), "negative latency %s", syncTail);
    require(roomBytesMax >= 0, "negative room %d", roomBytesMax);
  }

  /// A disk of which nobody says what file system is on it, and which reserves nothing.
  ///
  /// @throws IllegalArgumentException if a time is negative
  public DiskProfile(Duration syncMin, Duration syncTail) {
    this(syncMin, syncTail, null, 0);
  }

  /// A good drive with a file system: `ext4-ordered`, `ext4-data`, `xfs`, `btrfs`, or `strict`, the
  /// worst that the contract allows.
  ///
  /// @throws IllegalArgumentException if there is no such file system
  public static DiskProfile named(String fileSystem) {
    return DEFAULT.with(FileSystem.named(fileSystem));
  }

  /// The same with a file system.
  public DiskProfile with(FileSystem other) {
    return new DiskProfile(syncMin, syncTail, other, roomBytesMax);
  }

  /// The same with another limit on what is reserved.
  public DiskProfile withRoom(int bytesMax) {
    return new DiskProfile(syncMin, syncTail, fileSystem, bytesMax);
  }

  /// A disk from the ranges above.
  public static DiskProfile draw(RandomSource random) {
    RandomSource room = random.fork("room");
    return new DiskProfile(
        logarithmic(random.fork("sync-min"), 20_000, 10_000_000),
        logarithmic(random.fork("sync-tail"), 20_000, 20_000_000),
        null,
        room.chance(0.3) ? 256 << room.nextInt(7) : 0);
  }

  private static Duration logarithmic(RandomSource random, double minNanos, double maxNanos) {
    double exponent = random.nextDouble() * StrictMath.log(maxNanos / minNanos);
    return Duration.ofNanos((long) (minNanos * StrictMath.exp(exponent)));
  }
}
