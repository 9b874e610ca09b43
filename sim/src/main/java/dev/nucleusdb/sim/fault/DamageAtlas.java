package dev.nucleusdb.sim.fault;

import dev.nucleusdb.core.random.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which nodes have suffered damage that they cannot repair alone. Keeps the damage that is drawn
/// within what the cluster is promised to survive: a minority of the nodes, so that every
/// acknowledged byte stands undamaged on one node of each majority. (TigerBeetle's fault atlas does
/// this by block, for a system that repairs by block.)
public final class DamageAtlas {
  private final Bound bound;
  private final Set<String> damaged = new LinkedHashSet<>();
  private Predicate<String> knownByDisk = node -> false;
  private int nodeCount;
  private int voterCountMin = Integer.MAX_VALUE;

  /// How far damage goes.
  public enum Bound {
    /// A minority of the nodes, and what could pass for a torn tail stays away.
    MINORITY,
    /// As a plan says.
    PLANNED,
    /// Any number of nodes; all come back. No system survives that; it must notice.
    NONE
  }

  /// @param bound how far damage goes
  public DamageAtlas(Bound bound) {
    this.bound = bound;
  }

  /// There is one more node.
  public void addNode() {
    nodeCount++;
  }

  /// Sometimes no more nodes than these decide, and damage keeps to a minority of them.
  public void voterCount(int min) {
    voterCountMin = min;
  }

  /// Whether strikes by chance are held back at all; those of a plan are not.
  public boolean limits() {
    return bound != Bound.PLANNED;
  }

  /// Whether nodes whose damage could pass for a torn tail stay away once they are down.
  public boolean retires() {
    return bound != Bound.NONE;
  }

  /// Whether a node may be damaged without leaving too few.
  public boolean admits(String node) {
    return bound == Bound.NONE || damaged.contains(node) || damaged.size() < minority();
  }

  private int minority() {
    return (Math.min(nodeCount, voterCountMin) - 1) / 2;
  }

  /// Says when the system knows a node by its disk, so that it may lose it.
  public void knowsByDisk(Predicate<String> nodes) {
    knownByDisk = nodes;
  }

  /// Whether a node may come back without anything that it has promised. A system that cannot tell
  /// survives no such thing, and none survives it at more than a minority.
  public boolean admitsForgetting(String node) {
    boolean few = damaged.contains(node) || damaged.size() < minority();
    return few && knownByDisk.test(node);
  }

  /// A node was damaged.
  public void note(String node) {
    damaged.add(node);
  }

  /// Whether a node was damaged.
  public boolean isDamaged(String node) {
    return damaged.contains(node);
  }

  /// All nodes that were damaged, in the order in which they were.
  public Set<String> damaged() {
    return Collections.unmodifiableSet(damaged);
  }

  /// Which nodes are healed when chaos ends: all, or a random few that can serve by themselves
  /// while the rest stays broken for ever (TigerBeetle's liveness phase).
  ///
  /// @param share how often not all are healed; never all if some are damaged
  /// @param all every node
  /// @param suffices whether nodes can serve by themselves: if some can, more can
  public List<String> drawCore(
      RandomSource random, double share, List<String> all, Predicate<List<String>> suffices) {
    if (damaged.isEmpty() && !random.chance(share)) {
      return all;
    }
    List<String> core = new ArrayList<>(all);
    core.removeIf(this::isDamaged);
    while (canSpareOne(core, suffices) && random.chance(0.7)) {
      List<String> fewer = new ArrayList<>(core);
      fewer.remove(random.nextInt(core.size()));
      core = suffices.test(fewer) ? fewer : core;
    }
    return suffices.test(core) ? List.copyOf(core) : all;
  }

  private static boolean canSpareOne(List<String> core, Predicate<List<String>> suffices) {
    for (String node : core) {
      List<String> fewer = new ArrayList<>(core);
      fewer.remove(node);
      if (suffices.test(fewer)) {
        return true;
      }
    }
    return false;
  }
}
