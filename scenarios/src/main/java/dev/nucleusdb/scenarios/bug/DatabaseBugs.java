package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.database.node.ExecutionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bugs in the state machine.
final class DatabaseBugs {
  private static final Duration UNUSED_MAX = Duration.ofSeconds(1);

  private DatabaseBugs() {}

  static List<Bug> all() {
    return List.of(
        rule(
            "retry-executed-twice",
            "an operation that comes again after a retry is executed again",
            "TiDB 2.1.7",
            context -> new RetryExecutedTwice()),
        rule(
            "blind-compare-and-set",
            "compare-and-set does not compare",
            "basho/bitcask 39d33a7",
            context -> new BlindCompareAndSet()),
        rule(
            "clock-decides-order",
            "a node carries out a put only if its own clock says that it is later than the last",
            "basho/bitcask fa7c52c; last write wins",
            context -> new ClockDecidesOrder(context.clock())),
        rule(
            "sessions-end-by-own-clock",
            "a node closes a session once its own clock says that it was not used for a while",
            "thesis §6.3, \"servers must agree on when to expire\", left out; nebula 3109 is a kin",
            context -> new SessionsEndByOwnClock(context.clock())));
  }

  private static Bug rule(
      String name, String description, String source, Function<NodeContext, ExecutionRule> rule) {
    return new Bug(name, description, source, blueprint -> blueprint.withExecutionRule(rule));
  }

  private static final class RetryExecutedTwice implements ExecutionRule {
    @Override
    public boolean isNew(long sequence, long lastSequence) {
      return true;
    }
  }

  private static final class BlindCompareAndSet implements ExecutionRule {
    @Override
    public boolean isExpected(byte @Nullable [] expected, byte @Nullable [] actual) {
      return true;
    }
  }

  private static final class SessionsEndByOwnClock implements ExecutionRule {
    private final Clock clock;
    private final Map<Long, Long> usedNanos = new TreeMap<>();

    SessionsEndByOwnClock(Clock clock) {
      this.clock = clock;
    }

    @Override
    public boolean isOpen(long session) {
      long now = clock.monotonicNanos();
      Long used = usedNanos.put(session, now);
      return used == null || now - used < UNUSED_MAX.toNanos();
    }
  }

  private static final class ClockDecidesOrder implements ExecutionRule {
    private final Clock clock;
    private Instant last = Instant.MIN;

    ClockDecidesOrder(Clock clock) {
      this.clock = clock;
    }

    @Override
    public boolean isCarriedOut(byte[] key) {
      Instant now = clock.wall().instant();
      boolean later = !now.isBefore(last);
      last = later ? now : last;
      return later;
    }
  }
}
