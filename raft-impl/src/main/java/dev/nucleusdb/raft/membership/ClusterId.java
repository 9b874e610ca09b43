package dev.nucleusdb.raft.membership;

/// Which cluster a node belongs to. As it was founded a cluster has no number; each recovery from
/// the loss of a majority makes another cluster of what is left, so that those who were cut off are
/// strangers to it: they hold votes and entries of a history that has been given up.
///
/// ```
///   id := generation:16 random:48      how many recoveries there were, and a number that no other has
/// ```
public final class ClusterId {
  /// Of a cluster as it was founded.
  public static final long FOUNDED = 0;

  private static final int RANDOM_BITS = 48;
  private static final int GENERATION_MAX = 0xffff;

  private ClusterId() {}

  /// How often the cluster was recovered.
  public static int generation(long clusterId) {
    return (int) (clusterId >>> RANDOM_BITS);
  }

  /// The id after another recovery.
  ///
  /// @param random drawn at random
  public static long next(long clusterId, long random) {
    int generation = Math.min(GENERATION_MAX, generation(clusterId) + 1);
    return (long) generation << RANDOM_BITS | (random & (1L << RANDOM_BITS) - 1);
  }

  /// Whether the first came of a later recovery than the second.
  public static boolean isLater(long first, long second) {
    return generation(first) > generation(second);
  }
}
