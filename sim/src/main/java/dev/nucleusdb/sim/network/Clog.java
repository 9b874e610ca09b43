package dev.nucleusdb.sim.network;

/// Holds all messages of one link back until it is lifted.
///
/// @param linkName `n1>n2`
public record Clog(String linkName) implements Rule {
  @Override
  public Fate judge(Link link, long ordinal) {
    return link.name().equals(linkName) ? Fate.HOLD : Fate.PASS;
  }
}
