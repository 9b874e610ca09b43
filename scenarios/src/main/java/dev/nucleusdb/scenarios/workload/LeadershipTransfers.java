package dev.nucleusdb.scenarios.workload;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.sim.ClientContext;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.ambush.Temper;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An administrator who asks now and then that another node leads: any node, alive or not, up to
/// date or not. Its wishes are operations of the plan, as those of clients are. Where there are
/// several groups, each has one of its own, `a1` and on:
///
/// ```
///   operation/a1/3 at=9s do=transfer:2      0 for whichever node has most of the log
/// ```
public final class LeadershipTransfers {
  private static final String WISH = "transfer:";

  /// How often it asks: in most worlds not at all, so that leaders grow old there.
  private static final int[] PAUSE_SECONDS = {0, 0, 1, 5};

  /// How often it asks at least where something waits for a hand-over.
  private static final int[] PAUSE_SECONDS_MAX = {5, 20};

  private static final String HANDED_OVER = "raft.handover-sent";

  private static final ClientOptions OPTIONS =
      new ClientOptions(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(20));

  private final World world;
  private final Address address;
  private final ClientContext context;
  private final DatabaseClient client;
  private final RandomSource random;
  private final int nodeCount;
  private final int pauseSeconds;
  private final long stopNanos;
  private final @Nullable ArrayDeque<PlanEntry> planned;
  private long wishCount;
  private long dueNanos;

  /// Adds the administrator to a world.
  ///
  /// @param nodes where the cluster is
  /// @param stopNanos when it stops asking, in true time
  public LeadershipTransfers(World world, List<Address> nodes, long stopNanos) {
    this(world, 1, nodes, stopNanos);
  }

  /// Adds the administrator of one of several groups.
  ///
  /// @param group which one, from 1
  /// @param nodes where the cluster is
  /// @param stopNanos when it stops asking, in true time
  public LeadershipTransfers(World world, int group, List<Address> nodes, long stopNanos) {
    this.world = world;
    this.address = new Address("a" + group);
    this.nodeCount = nodes.size();
    this.stopNanos = stopNanos;
    this.context = world.addClient(address);
    this.random = context.random().fork("wishes");
    // A plan that names no operations has none of these either.
    this.pauseSeconds =
        world.options().faults() instanceof FaultSource.Draw(var _, var temper)
            ? drawPause(temper)
            : 0;
    List<PlanEntry> entries = world.plannedOperations(address);
    this.planned = entries == null ? null : new ArrayDeque<>(entries);
    if (entries != null) {
      entries.forEach(entry -> parse(entry.detail()));
    }
    this.client =
        new DatabaseClient(
            context.clock(),
            context.timers(),
            context.network(),
            context.random().fork("client"),
            nodes,
            OPTIONS);
    world.schedule(0, this::think);
  }

  private int drawPause(Temper temper) {
    int pause = PAUSE_SECONDS[random.nextInt(PAUSE_SECONDS.length)];
    return pause == 0 && temper.waitsAt(HANDED_OVER)
        ? PAUSE_SECONDS_MAX[random.fork("waited for").nextInt(PAUSE_SECONDS_MAX.length)]
        : pause;
  }

  private static int parse(String words) {
    if (!words.matches(WISH + "\\d{1,4}")) {
      throw new IllegalArgumentException("do=" + words + " is no transfer:NODE");
    }
    return Integer.parseInt(words.substring(WISH.length()));
  }

  private void think() {
    ArrayDeque<PlanEntry> plan = planned;
    if (plan == null) {
      draw();
      return;
    }
    PlanEntry next = plan.poll();
    if (next != null) {
      wishCount = next.number() - 1;
      dueNanos = next.atNanos();
      context.timers().at(dueNanos, () -> ask(parse(next.detail())));
    }
  }

  private void draw() {
    double seconds = -StrictMath.log(1 - random.nextDouble()) * pauseSeconds;
    long at = context.clock().monotonicNanos() + (long) (seconds * 1e9);
    if (pauseSeconds > 0 && at < stopNanos) {
      dueNanos = at;
      context.timers().at(at, () -> ask(random.nextInt(nodeCount + 1)));
    }
  }

  private void ask(int node) {
    wishCount++;
    world.noteOperation(address, wishCount, dueNanos, WISH + node);
    client.transferLeadership(node, transferred -> think());
  }
}
