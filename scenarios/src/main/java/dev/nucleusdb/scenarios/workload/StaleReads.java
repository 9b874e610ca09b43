package dev.nucleusdb.scenarios.workload;

import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.StaleOutcome;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.sim.ClientContext;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client that reads from any node whose state is young enough. What it is told is no part of the
/// history: the nodes' own claims are judged, in true time. Its reads are operations of the plan:
///
/// ```
///   operation/s1/3 at=9s do=stale:k0:500      not older than 500 ms
/// ```
public final class StaleReads {
  private static final Address ADDRESS = new Address("s1");
  private static final String WISH = "stale:";

  /// How often it reads: in half of all worlds not at all.
  private static final int[] PAUSE_MILLIS = {0, 0, 100, 500};

  private static final int[] STALENESS_MILLIS = {50, 500, 5000, 60_000};

  private static final ClientOptions OPTIONS =
      new ClientOptions(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(20));

  private final World world;
  private final ClientContext context;
  private final DatabaseClient client;
  private final RandomSource random;
  private final int pauseMillis;
  private final long stopNanos;
  private final @Nullable ArrayDeque<PlanEntry> planned;
  private long readCount;
  private long dueNanos;

  private record Wish(String key, long stalenessMillis) {
    static Wish parse(String words) {
      if (!words.matches(WISH + "\\w{1,9}:\\d{1,6}")) {
        throw new IllegalArgumentException("do=" + words + " is no stale:KEY:MILLIS");
      }
      String[] parts = words.split(":", -1);
      return new Wish(parts[1], Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
      return WISH + key + ':' + stalenessMillis;
    }
  }

  /// Adds the client to a world.
  ///
  /// @param nodes where the cluster is
  /// @param stopNanos when it stops reading, in true time
  public StaleReads(World world, List<Address> nodes, long stopNanos) {
    this.world = world;
    this.stopNanos = stopNanos;
    this.context = world.addClient(ADDRESS);
    this.random = context.random().fork("wishes");
    // A plan that names no operations has none of these either.
    boolean draws = world.options().faults() instanceof FaultSource.Draw;
    this.pauseMillis = draws ? PAUSE_MILLIS[random.nextInt(PAUSE_MILLIS.length)] : 0;
    List<PlanEntry> entries = world.plannedOperations(ADDRESS);
    this.planned = entries == null ? null : new ArrayDeque<>(entries);
    if (entries != null) {
      entries.forEach(entry -> Wish.parse(entry.detail()));
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

  private void think() {
    ArrayDeque<PlanEntry> plan = planned;
    if (plan == null) {
      draw();
      return;
    }
    PlanEntry next = plan.poll();
    if (next != null) {
      readCount = next.number() - 1;
      dueNanos = next.atNanos();
      context.timers().at(dueNanos, () -> read(Wish.parse(next.detail())));
    }
  }

  private void draw() {
    double millis = -StrictMath.log(1 - random.nextDouble()) * pauseMillis;
    long at = context.clock().monotonicNanos() + (long) (millis * 1e6);
    if (pauseMillis > 0 && at < stopNanos) {
      dueNanos = at;
      int staleness = STALENESS_MILLIS[random.nextInt(STALENESS_MILLIS.length)];
      Wish wish = new Wish("k" + random.nextInt(3), staleness);
      context.timers().at(at, () -> read(wish));
    }
  }

  private void read(Wish wish) {
    readCount++;
    world.noteOperation(ADDRESS, readCount, dueNanos, wish.toString());
    client.readStale(
        new Operation.Get(wish.key().getBytes(StandardCharsets.UTF_8)),
        Duration.ofMillis(wish.stalenessMillis()),
        outcome -> {
          sometimes(
              "nobody is young enough for a stale read", outcome instanceof StaleOutcome.Failed);
          think();
        });
  }
}
