package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.network.NetworkProfile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// All that fixes a world but the code in it.
///
/// @param seed all randomness of the world comes from it
/// @param chaosDuration how long faults strike; default 30 s
/// @param healDuration how long the system may take to recover afterwards; default 10 s
/// @param faults where the faults come from; default none
/// @param network the undisturbed network; default [NetworkProfile#DEFAULT]
/// @param disk the undisturbed disks; default [DiskProfile#DEFAULT]
/// @param wallClockError the error that every wall clock claims; default 50 ms. Skew and drift stay
///   within it, jumps do not
/// @param eventsPerSecondMax the bound on callbacks within one simulated second, beyond which a
///   world is said to be in a message storm; default 500,000
/// @param crashesPerMinuteMax beyond so many crashes within a simulated minute no crash point
///   strikes; default 30
/// @param checksMessageBytes whether to verify that neither sender nor receiver changes a message;
///   costs two hashes of it; default true
/// @param branch where the world leaves its seed's course; null, the default, if it does not
public record WorldOptions(
    long seed,
    Duration chaosDuration,
    Duration healDuration,
    FaultSource faults,
    NetworkProfile network,
    DiskProfile disk,
    Duration wallClockError,
    long eventsPerSecondMax,
    int crashesPerMinuteMax,
    boolean checksMessageBytes,
    @Nullable Branch branch) {

  /// @throws IllegalArgumentException if a bound makes no sense
  public WorldOptions {
    require(!chaosDuration.isNegative(), "negative duration %s", chaosDuration);
    require(!healDuration.isNegative(), "negative duration %s", healDuration);
    require(!wallClockError.isNegative(), "negative error %s", wallClockError);
    require(eventsPerSecondMax > 0, "a world needs events");
    require(crashesPerMinuteMax >= 0, "a negative number of crashes");
  }

  /// The defaults: an undisturbed world.
  public static WorldOptions calm(long seed) {
    return new WorldOptions(
        seed,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        new FaultSource.Draw(FaultMix.NONE),
        NetworkProfile.DEFAULT,
        DiskProfile.DEFAULT,
        Duration.ofMillis(50),
        500_000,
        30,
        true,
        null);
  }

  /// A world in which latencies and the mix of faults are drawn from the seed.
  public static WorldOptions wild(long seed) {
    SplitMix root = new SplitMix(seed);
    return calm(seed)
        .with(NetworkProfile.draw(root.fork("network-profile")))
        .with(DiskProfile.draw(root.fork("disk-profile")))
        .with(new FaultSource.Draw(FaultMix.draw(seed)));
  }

  /// With faults from elsewhere.
  public WorldOptions with(FaultSource source) {
    return copy(chaosDuration, healDuration, source, network, disk);
  }

  /// With another network.
  public WorldOptions with(NetworkProfile profile) {
    return copy(chaosDuration, healDuration, faults, profile, disk);
  }

  /// With other disks.
  public WorldOptions with(DiskProfile profile) {
    return copy(chaosDuration, healDuration, faults, network, profile);
  }

  /// With other lengths of chaos and healing.
  public WorldOptions lasting(Duration chaos, Duration heal) {
    return copy(chaos, heal, faults, network, disk);
  }

  /// With another bound on the callbacks within a simulated second.
  public WorldOptions withEventsPerSecondMax(long max) {
    return new WorldOptions(
        seed,
        chaosDuration,
        healDuration,
        faults,
        network,
        disk,
        wallClockError,
        max,
        crashesPerMinuteMax,
        checksMessageBytes,
        branch);
  }

  /// With another course from a moment on, or, by null, without one.
  public WorldOptions branching(@Nullable Branch newBranch) {
    return new WorldOptions(
        seed,
        chaosDuration,
        healDuration,
        faults,
        network,
        disk,
        wallClockError,
        eventsPerSecondMax,
        crashesPerMinuteMax,
        checksMessageBytes,
        newBranch);
  }

  private WorldOptions copy(
      Duration chaos,
      Duration heal,
      FaultSource source,
      NetworkProfile networkProfile,
      DiskProfile diskProfile) {
    return new WorldOptions(
        seed,
        chaos,
        heal,
        source,
        networkProfile,
        diskProfile,
        wallClockError,
        eventsPerSecondMax,
        crashesPerMinuteMax,
        checksMessageBytes,
        branch);
  }
}
