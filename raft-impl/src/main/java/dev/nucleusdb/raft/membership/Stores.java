package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Which store each member is bound to: the disk with whose log it was made a voter. A member that
/// comes back under its name with another disk has forgotten what it promised, and does not count
/// (KIP-853 binds voters to directories in the same way).
///
/// @param bound each member that is bound, in the order of their ids
public record Stores(List<Bound> bound) {
  /// Stands for no store: of a member that is not bound, or of which none is known.
  public static final long UNKNOWN = 0;

  /// Nobody is bound.
  public static final Stores NONE = new Stores(List.of());

  /// A member with its store.
  ///
  /// @param id who
  /// @param storeId which; not [#UNKNOWN]
  public record Bound(NodeId id, long storeId) {
    /// @throws IllegalArgumentException if the store is unknown
    public Bound {
      require(storeId != UNKNOWN, "%s is bound to no store", id, 0);
    }
  }

  /// @throws IllegalArgumentException if they are not in order
  public Stores {
    bound = List.copyOf(bound);
    for (int i = 1; i < bound.size(); i++) {
      require(
          bound.get(i - 1).id().compareTo(bound.get(i).id()) < 0, "%s are out of order", bound, 0);
    }
  }

  /// The id of a new store.
  ///
  /// @param random drawn at random
  /// @param replacement whether it takes the place of one that was set aside: what was promised
  ///   from that one is forgotten, and its id says so to everybody, for ever
  /// @return [#UNKNOWN] if the number will not do
  public static long idOf(long random, boolean replacement) {
    return replacement ? random | Long.MIN_VALUE : random & Long.MAX_VALUE;
  }

  /// Whether a store took the place of one that was set aside.
  public static boolean isReplacement(long storeId) {
    return storeId < 0;
  }

  /// The stores of members, as far as they are known.
  ///
  /// @param members in the order of their ids
  /// @param known the store of each, or [#UNKNOWN]
  public static Stores of(List<NodeId> members, ToLongFunction<NodeId> known) {
    List<Bound> bound = new ArrayList<>();
    for (NodeId id : members) {
      long storeId = known.applyAsLong(id);
      if (storeId != UNKNOWN) {
        bound.add(new Bound(id, storeId));
      }
    }
    return new Stores(bound);
  }

  /// The store that a member is bound to, or [#UNKNOWN].
  public long of(NodeId id) {
    for (Bound each : bound) {
      if (each.id().equals(id)) {
        return each.storeId();
      }
    }
    return UNKNOWN;
  }

  /// Whether a member is bound.
  public boolean binds(NodeId id) {
    return of(id) != UNKNOWN;
  }

  /// Those of some members alone.
  public Stores only(Predicate<NodeId> members) {
    return new Stores(bound.stream().filter(each -> members.test(each.id())).toList());
  }
}
