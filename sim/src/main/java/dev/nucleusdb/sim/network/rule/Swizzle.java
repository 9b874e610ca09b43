package dev.nucleusdb.sim.network.rule;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.sim.fault.Seconds;
import dev.nucleusdb.sim.network.Link;
import dev.nucleusdb.sim.network.StandingRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Clogs some nodes one after another and lets them go in another order: the swizzle-clog of
/// FoundationDB's simulator, which found more there than any other fault of the network, as every
/// node is late for a while in a different company.
///
/// ```
///   turns = turn { "," turn }
///   turn  = node ":" begin ":" end      both counted from the beginning of the fault
/// ```
public final class Swizzle implements StandingRule {
  private final long beginNanos;
  private final Map<String, Turn> turns = new LinkedHashMap<>();

  private record Turn(long fromNanos, long toNanos) {
    boolean contains(long nanos) {
      return nanos >= fromNanos && nanos < toNanos;
    }
  }

  /// @param text the turns, `n1:0s:2.5s,n3:0.4s:1s`
  /// @param beginNanos when the fault begins
  /// @throws IllegalArgumentException if the text is of another form, or names a node twice
  public Swizzle(String text, long beginNanos) {
    this.beginNanos = beginNanos;
    for (String word : text.split(",", -1)) {
      String[] parts = word.split(":", -1);
      require(parts.length == 3, "\"%s\" is no turn such as n1:0s:2.5s", word);
      Turn turn = new Turn(Seconds.parse(parts[1]), Seconds.parse(parts[2]));
      require(turns.put(parts[0], turn) == null, "%s has two turns", parts[0]);
    }
  }

  @Override
  public boolean holds(Link link, long nowNanos) {
    return isClogged(link.from().name(), nowNanos) || isClogged(link.to().name(), nowNanos);
  }

  private boolean isClogged(String node, long nowNanos) {
    Turn turn = turns.get(node);
    return turn != null && turn.contains(nowNanos - beginNanos);
  }

  @Override
  public List<Long> releasesNanos() {
    List<Long> ends = new ArrayList<>();
    turns.values().forEach(turn -> ends.add(turn.toNanos));
    return ends;
  }
}
