package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.network.NetworkProfile;
import java.time.Duration;

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
/// @param eventsPerInstantMax the bound on events between which no time passes, beyond which a
///   world is said to stand still; default 100,000
/// @param noProgressMax how long a scenario's progress may stand still while nothing is wrong with
///   the world; default 30 s
/// @param crashesPerMinuteMax beyond so many crashes within a simulated minute no crash point
///   strikes; default 30
/// @param checksMessageBytes whether to verify that neither sender nor receiver changes a message;
///   costs two hashes of it; default true
public record WorldOptions(
    long seed,
    Duration chaosDuration,
    Duration healDuration,
    FaultSource faults,
    NetworkProfile network,
    DiskProfile disk,
    Duration wallClockError,
    long eventsPerSecondMax,
    long eventsPerInstantMax,
    Duration noProgressMax,
    int crashesPerMinuteMax,
    boolean checksMessageBytes) {

  /// @throws IllegalArgumentException if a bound makes no sense
  public WorldOptions {
    require(!chaosDuration.isNegative(), "negative duration %s", chaosDuration);
    require(!healDuration.isNegative(), "negative duration %s", healDuration);
    require(!wallClockError.isNegative(), "negative error %s", wallClockError);
    require(eventsPerSecondMax > 0, "a world needs events");
    require(eventsPerInstantMax > 0, "a world needs events");
    require(noProgressMax.isPositive(), "progress within %s", noProgressMax);
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
        100_000,
        Duration.ofSeconds(30),
        30,
        true);
  }

  /// A world in which latencies and the mix of faults are drawn from the seed.
  public static WorldOptions wild(long seed) {
    SplitMix root = new SplitMix(seed);
    return calm(seed)
        .with(NetworkProfile.draw(root.fork("network-profile")))
        .with(DiskProfile.draw(root.fork("disk-profile")))
        .with(new FaultSource.Draw(FaultMix.draw(seed)));
  }

  /// With faults from elsewhere. A plan also says what its links and latencies are like; those that
  /// it does not name are as in [NetworkProfile#DEFAULT], whatever was drawn.
  public WorldOptions with(FaultSource source) {
    NetworkProfile meant =
        source instanceof FaultSource.Follow(Plan plan) ? network.asIn(plan.header()) : network;
    return copy(chaosDuration, healDuration, source, meant, disk);
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
    return bounded(max, eventsPerInstantMax, noProgressMax);
  }

  /// With other bounds on what goes on without time or without progress.
  public WorldOptions withStandstillBounds(long eventsMax, Duration progressMax) {
    return bounded(eventsPerSecondMax, eventsMax, progressMax);
  }

  private WorldOptions bounded(long perSecond, long perInstant, Duration progressMax) {
    return new WorldOptions(
        seed,
        chaosDuration,
        healDuration,
        faults,
        network,
        disk,
        wallClockError,
        perSecond,
        perInstant,
        progressMax,
        crashesPerMinuteMax,
        checksMessageBytes);
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
        eventsPerInstantMax,
        noProgressMax,
        crashesPerMinuteMax,
        checksMessageBytes);
  }
}
