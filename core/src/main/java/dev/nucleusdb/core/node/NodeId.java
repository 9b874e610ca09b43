package dev.nucleusdb.core.node;

/// The name of a member of a cluster, for ever. Whether it still has its disk is for the protocol
/// to find out.
///
/// @param value from 1
public record NodeId(int value) implements Comparable<NodeId> {
  /// No member, where a number stands for one.
  public static final int NONE = 0;

  /// @throws IllegalArgumentException if `value` is not positive
  public NodeId {
    if (value <= 0) {
      throw new IllegalArgumentException("a node id is a number from 1, not " + value);
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "n" + value;
  }
}
