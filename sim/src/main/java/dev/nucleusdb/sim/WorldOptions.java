package dev.nucleusdb.sim;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.sim.disk.DiskProfile;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.network.NetworkProfile;
import java.time.Duration;
import java.util.function.Consumer;
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
/// @param eventsPerInstantMax the bound on events between which no time passes, beyond which a
///   world is said to stand still; default 100,000
/// @param noProgressMax how long a scenario's progress may stand still while nothing is wrong with
///   the world; default 30 s
/// @param crashesPerMinuteMax beyond so many crashes within a simulated minute no crash point
///   strikes; default 30
/// @param coreShare the probability that, when chaos ends, only a random quorum is healed and the
///   rest stays broken; default 0: all are healed
/// @param beyond whether damage may strike any number of nodes, which no system survives: what may
///   be asked of it then is that it notices; default false
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
    long eventsPerInstantMax,
    Duration noProgressMax,
    int crashesPerMinuteMax,
    double coreShare,
    boolean beyond,
    boolean checksMessageBytes,
    @Nullable Branch branch) {

  /// @throws IllegalArgumentException if a bound makes no sense
  public WorldOptions {
    require(!chaosDuration.isNegative(), "negative duration %s", chaosDuration);
    require(!healDuration.isNegative(), "negative duration %s", healDuration);
    require(!wallClockError.isNegative(), "negative error %s", wallClockError);
    require(eventsPerSecondMax > 0, "a world needs events");
    require(eventsPerInstantMax > 0, "a world needs events");
    require(noProgressMax.isPositive(), "progress within %s", noProgressMax);
    require(crashesPerMinuteMax >= 0, "a negative number of crashes");
    require(coreShare >= 0 && coreShare <= 1, "%s is no probability", coreShare);
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
        0,
        false,
        true,
        null);
  }

  /// A world in which latencies and the mix of faults are drawn from the seed.
  public static WorldOptions wild(long seed) {
    SplitMix root = new SplitMix(seed);
    return calm(seed)
        .with(NetworkProfile.draw(root.fork("network-profile")))
        .with(DiskProfile.draw(root.fork("disk-profile")))
        .with(new FaultSource.Draw(FaultMix.draw(seed)))
        .withCoreShare(0.5);
  }

  /// With faults from elsewhere. A plan also says what its links and latencies are like; those that
  /// it does not name are as in [NetworkProfile#DEFAULT], whatever was drawn.
  public WorldOptions with(FaultSource source) {
    return changed(draft -> {
      draft.faults = source;
      if (source instanceof FaultSource.Follow(Plan plan)) {
        draft.network = network.asIn(plan.header());
      }
    });
  }

  /// With another network.
  public WorldOptions with(NetworkProfile profile) {
    return changed(draft -> draft.network = profile);
  }

  /// With other disks.
  public WorldOptions with(DiskProfile profile) {
    return changed(draft -> draft.disk = profile);
  }

  /// With other lengths of chaos and healing.
  public WorldOptions lasting(Duration chaos, Duration heal) {
    return changed(draft -> {
      draft.chaosDuration = chaos;
      draft.healDuration = heal;
    });
  }

  /// With another bound on the callbacks within a simulated second.
  public WorldOptions withEventsPerSecondMax(long max) {
    return changed(draft -> draft.eventsPerSecondMax = max);
  }

  /// With other bounds on what goes on without time or without progress.
  public WorldOptions withStandstillBounds(long eventsMax, Duration progressMax) {
    return changed(draft -> {
      draft.eventsPerInstantMax = eventsMax;
      draft.noProgressMax = progressMax;
    });
  }

  /// With another probability that only a random quorum is healed.
  public WorldOptions withCoreShare(double share) {
    return changed(draft -> draft.coreShare = share);
  }

  /// With damage on any number of nodes, or on a minority.
  public WorldOptions withBeyond(boolean anyNumber) {
    return changed(draft -> draft.beyond = anyNumber);
  }

  /// With another course from a moment on, or, by null, without one.
  public WorldOptions branching(@Nullable Branch newBranch) {
    return changed(draft -> draft.branch = newBranch);
  }

  private WorldOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new WorldOptions(
        seed,
        draft.chaosDuration,
        draft.healDuration,
        draft.faults,
        draft.network,
        draft.disk,
        wallClockError,
        draft.eventsPerSecondMax,
        draft.eventsPerInstantMax,
        draft.noProgressMax,
        crashesPerMinuteMax,
        draft.coreShare,
        draft.beyond,
        checksMessageBytes,
        draft.branch);
  }

  /// What may be changed of options, while it is changed.
  private static final class Draft {
    private Duration chaosDuration;
    private Duration healDuration;
    private FaultSource faults;
    private NetworkProfile network;
    private DiskProfile disk;
    private long eventsPerSecondMax;
    private long eventsPerInstantMax;
    private Duration noProgressMax;
    private double coreShare;
    private boolean beyond;
    private @Nullable Branch branch;

    Draft(WorldOptions options) {
      chaosDuration = options.chaosDuration;
      healDuration = options.healDuration;
      faults = options.faults;
      network = options.network;
      disk = options.disk;
      eventsPerSecondMax = options.eventsPerSecondMax;
      eventsPerInstantMax = options.eventsPerInstantMax;
      noProgressMax = options.noProgressMax;
      coreShare = options.coreShare;
      beyond = options.beyond;
      branch = options.branch;
    }
  }
}
