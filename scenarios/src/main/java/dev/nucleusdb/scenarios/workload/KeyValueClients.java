package dev.nucleusdb.scenarios.workload;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.client.ClientOptions;
import dev.nucleusdb.database.client.DatabaseClient;
import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.sim.ClientContext;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clients in a closed loop: think, ask, wait for the answer, write it down. Values are written
/// once in a world, so that a read says which write it saw. All choices of a client come from its
/// own stream.
public final class KeyValueClients {
  /// Few keys: much that contends. Many keys: some that nobody touches for long.
  private static final int[] KEY_COUNTS = {3, 8, 8, 40};

  /// How long a client waits for one node. The impatient find a new leader first, and the patient
  /// still wait for the old one when it comes back.
  private static final int[] ATTEMPT_MILLIS = {120, 500, 1500};

  /// How many of a client's operations are reads. Who writes to a leader that was cut off waits;
  /// only who reads nearly always sees what such a leader would still say.
  private static final int[] READ_PERCENTS = {40, 40, 95};

  private static final Duration RETRY_PAUSE = Duration.ofMillis(20);
  private static final double THINK_MILLIS_MEAN = 120;

  private final World world;
  private final History.Builder history = History.builder();
  private final OperationLog log = new OperationLog();
  private final List<Loop> loops = new ArrayList<>();
  private final long stopNanos;
  private final int keyCount;
  private final boolean seldom;
  private final double thinkMillisMean;
  private OperationCounts counts = OperationCounts.NONE;

  /// Adds `clientCount` clients, `c1` and on, to a world; they begin with it.
  ///
  /// @param nodes where the cluster is
  /// @param operationTimeout how long a client tries at all
  /// @param stopNanos when they stop asking, in true time
  public KeyValueClients(
      World world,
      List<Address> nodes,
      int clientCount,
      Duration operationTimeout,
      long stopNanos) {
    this(world, nodes, 1, clientCount, 0, operationTimeout, stopNanos);
  }

  /// Adds some of several parties of clients.
  ///
  /// @param nodes where the cluster is
  /// @param firstNumber the number of the first
  /// @param thinkMillisMean how long they think, on average; 0 for as long as ever. Who thinks for
  ///   long is missed only if it has asked twice: its first question may have woken a group while
  ///   it waited for nodes that stay broken
  /// @param operationTimeout how long a client tries at all
  /// @param stopNanos when they stop asking, in true time
  public KeyValueClients(
      World world,
      List<Address> nodes,
      int firstNumber,
      int clientCount,
      double thinkMillisMean,
      Duration operationTimeout,
      long stopNanos) {
    this.world = world;
    this.stopNanos = stopNanos;
    this.seldom = thinkMillisMean > 0;
    this.thinkMillisMean = seldom ? thinkMillisMean : THINK_MILLIS_MEAN;
    this.keyCount = pick(world.random("keys"), KEY_COUNTS);
    for (int i = firstNumber; i < firstNumber + clientCount; i++) {
      loops.add(new Loop(i, world.addClient(new Address("c" + i)), nodes, operationTimeout));
    }
    for (Loop loop : loops) {
      world.schedule(0, loop::think);
    }
  }

  /// What was seen, for the judge.
  public History history() {
    return history.build();
  }

  /// What was seen, for people.
  public OperationLog log() {
    return log;
  }

  /// Operations by outcome.
  public OperationCounts counts() {
    return counts;
  }

  /// The clients that have had no operation answered that they began after `nanos`.
  public List<String> unservedSince(long nanos) {
    return loops.stream()
        .filter(loop -> loop.lastServedBeginNanos < nanos && loop.asksAfter(nanos))
        .map(loop -> "c" + loop.number)
        .toList();
  }

  private static int pick(RandomSource random, int[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private final class Loop {
    private final int number;
    private final ClientContext context;
    private final DatabaseClient client;
    private final RandomSource random;
    private final int readPercent;
    private final Address address;
    private final @Nullable List<PlanEntry> planned;
    private int plannedCount;
    private long operationCount;
    private long dueNanos;
    private int valueCount;
    private @Nullable String lastSeen;
    private long lastServedBeginNanos = -1;
    private long lastAskedNanos = -1;
    private long askedBeforeNanos = -1;

    Loop(int number, ClientContext context, List<Address> nodes, Duration operationTimeout) {
      this.number = number;
      this.address = context.address();
      this.planned = world.plannedOperations(address);
      if (planned != null) {
        planned.forEach(entry -> Choice.parse(entry.detail()));
      }
      this.context = context;
      this.random = context.random().fork("choices");
      this.readPercent = pick(context.random().fork("reads"), READ_PERCENTS);
      this.client =
          new DatabaseClient(
              context.clock(),
              context.timers(),
              context.network(),
              context.random().fork("client"),
              nodes,
              new ClientOptions(
                  Duration.ofMillis(pick(context.random().fork("patience"), ATTEMPT_MILLIS)),
                  operationTimeout,
                  RETRY_PAUSE));
    }

    /// Whether it asks anything after a moment.
    boolean asksAfter(long nanos) {
      if (seldom && askedBeforeNanos < nanos) {
        return false;
      }
      return planned == null || planned.stream().anyMatch(entry -> entry.atNanos() >= nanos);
    }

    /// Waits until it is time for the next operation, by its own mind or as a plan says.
    void think() {
      List<PlanEntry> plan = planned;
      if (plan == null) {
        double millis = -StrictMath.log(1 - random.nextDouble()) * thinkMillisMean;
        long at = context.clock().monotonicNanos() + (long) (millis * 1_000_000);
        if (at < stopNanos) {
          dueNanos = at;
          context.timers().at(at, this::choose);
        }
      } else if (plannedCount < plan.size()) {
        PlanEntry next = plan.get(plannedCount);
        plannedCount++;
        operationCount = next.number() - 1;
        dueNanos = next.atNanos();
        context.timers().at(next.atNanos(), () -> carryOut(Choice.parse(next.detail())));
      }
    }

    private void choose() {
      String key = "k" + random.nextInt(1 + random.nextInt(keyCount));
      boolean isRead = random.nextInt(100) < readPercent;
      int dice = random.nextInt(60);
      if (isRead) {
        carryOut(Choice.get(key));
      } else if (dice < 30) {
        carryOut(Choice.put(key, newValue()));
      } else if (dice < 50) {
        carryOut(Choice.compareAndSet(key, lastSeen, newValue()));
      } else {
        carryOut(Choice.delete(key));
      }
    }

    private String newValue() {
      valueCount++;
      return "c" + number + "-" + valueCount;
    }

    private void carryOut(Choice choice) {
      operationCount++;
      world.noteOperation(address, operationCount, dueNanos, choice.toString());
      run(choice.function(), choice.key(), choice.arguments(), choice.operation());
    }

    private void run(String function, String key, List<Value> arguments, Operation operation) {
      long begin = world.nowNanos();
      askedBeforeNanos = lastAskedNanos;
      lastAskedNanos = begin;
      history.invoke(number, function, Value.of(key), arguments, begin);
      String words = function + " " + key + (arguments.isEmpty() ? "" : " " + arguments);
      client.execute(operation, outcome -> done(words, begin, outcome));
    }

    private void done(String words, long begin, Outcome outcome) {
      long now = world.nowNanos();
      OperationLog.End end;
      String result;
      switch (outcome) {
        case Outcome.Ok ok -> {
          end = OperationLog.End.OK;
          Value value = valueOf(ok.reply());
          result = value.equals(Value.UNRECORDED) ? "ok" : value.toString();
          history.ok(number, value, now);
          lastServedBeginNanos = begin;
        }
        case Outcome.Failed failed -> {
          end = OperationLog.End.FAILED;
          result = failed.reason();
          history.fail(number, now);
        }
        case Outcome.Unknown unknown -> {
          end = OperationLog.End.UNKNOWN;
          result = unknown.reason();
          history.info(number);
        }
      }
      counts = counts.with(end);
      log.add(new OperationLog.Entry(number, words, result, begin, now, end));
      think();
    }

    private Value valueOf(Reply reply) {
      return switch (reply) {
        case Reply.Value value -> {
          byte[] seen = value.value();
          lastSeen = seen == null ? null : text(seen);
          yield seen == null ? Value.ABSENT : Value.of(text(seen));
        }
        case Reply.Swapped swapped -> Value.of(swapped.swapped());
        case Reply.Done _, Reply.Deleted _, Reply.Found _ -> Value.UNRECORDED;
      };
    }
  }
}
