package dev.nucleusdb.raft.group;

/// The decisions that keep the groups of a node apart although they share its log and its packets.
public interface GroupRule {

  /// The rules that safety needs.
  GroupRule RAFT = new GroupRule() {};

  /// Whether a group that had written before a sync began is told that it is durable.
  ///
  /// @param place which of those that are told, from 0
  default boolean isToldOfSync(int place) {
    return true;
  }

  /// Whether a group may count what it wrote after a sync had begun as covered by that sync.
  default boolean coversLaterWrites() {
    return false;
  }

  /// Whether what the log holds of a group that leaves the node is kept for when it comes again.
  default boolean keepsLogOfLeaver() {
    return true;
  }

  /// Whether what a member of a cluster says is heard in another: never, once a recovery has made
  /// them two.
  ///
  /// @param own the cluster of the node
  /// @param other that of who speaks
  default boolean isOfCluster(long own, long other) {
    return own == other;
  }

  /// The group that a message is for.
  ///
  /// @param named the one that it names
  /// @param groupCount how many this node has
  default int receiver(int named, int groupCount) {
    return named;
  }
}
