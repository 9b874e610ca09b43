package dev.nucleusdb.scenarios.bug;

import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.database.node.ExecutionRule;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bugs in the state machine.
final class DatabaseBugs {
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
            context -> new ClockDecidesOrder(context.clock())));
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
