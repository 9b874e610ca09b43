package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configuration, where its members are, and which disks they are known by: what a configuration
/// entry of the log says.
///
/// A voter that is bound to a store counts only as long as it speaks from that store. A learner is
/// bound only if it was a voter that came back with another disk: it becomes a voter again, by
/// itself, once it has caught up.
///
/// @param configuration who takes part
/// @param members each of them with its address, in the order of their ids
/// @param stores the stores of those who are bound
public record Membership(Configuration configuration, List<Member> members, Stores stores) {
  /// @throws IllegalArgumentException if the members are not those of the configuration, or
  ///   somebody else is bound
  public Membership {
    members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    List<NodeId> ids = members.stream().map(Member::id).toList();
    require(!configuration.incoming().isEmpty(), "a group needs at least one voter");
    require(ids.equals(configuration.members()), "%s are not those of %s", ids, configuration);
    for (Stores.Bound bound : stores.bound()) {
      require(ids.contains(bound.id()), "%s is bound and takes no part", bound.id());
    }
  }

  /// A membership in which nobody is bound to a store.
  public Membership(Configuration configuration, List<Member> members) {
    this(configuration, members, Stores.NONE);
  }

  /// A plain membership.
  ///
  /// @throws IllegalArgumentException if there is no voter, or somebody is named twice
  public static Membership of(List<Member> voters, List<Member> learners) {
    List<Member> all = new ArrayList<>(voters);
    all.addAll(learners);
    Configuration configuration =
        new Configuration(
            new Majority(voters.stream().map(Member::id).toList()),
            Majority.EMPTY,
            learners.stream().map(Member::id).toList(),
            List.of(),
            false);
    return new Membership(configuration, all);
  }

  /// Whether the other says the same of who takes part and where, whatever stores they have.
  public boolean namesAs(Membership other) {
    return configuration.equals(other.configuration) && members.equals(other.members);
  }

  /// The same with other stores.
  public Membership withStores(Stores others) {
    return new Membership(configuration, members, others);
  }

  /// Whether a member may be counted for what it says from a store.
  public boolean counts(QuorumRule rule, NodeId id, long storeId) {
    return !configuration.isVoter(id) || rule.isSameStore(stores.of(id), storeId);
  }

  /// Another configuration, with the addresses of this membership or else of the other, and nobody
  /// bound.
  ///
  /// @throws IllegalArgumentException if somebody's address stands in neither
  public Membership become(Configuration next, Membership other) {
    List<Member> all = new ArrayList<>();
    for (NodeId id : next.members()) {
      Member here = member(id);
      Member found = here == null ? other.member(id) : here;
      if (found != null) {
        all.add(found);
      }
    }
    return new Membership(next, all);
  }

  /// A member, or null if it takes no part.
  public @Nullable Member member(NodeId id) {
    for (Member member : members) {
      if (member.id().equals(id)) {
        return member;
      }
    }
    return null;
  }

  /// All who count, in the order of their ids.
  public List<Member> voters() {
    return members.stream().filter(member -> configuration.isVoter(member.id())).toList();
  }

  /// All who get the log and do not count.
  public List<Member> learners() {
    return members.stream().filter(member -> !configuration.isVoter(member.id())).toList();
  }

  /// As bytes, see [MembershipFormat].
  public byte[] toBytes() {
    return MembershipFormat.write(this);
  }

  /// From bytes.
  ///
  /// @return null if they are no membership
  public static @Nullable Membership ofBytes(byte[] bytes) {
    return MembershipFormat.read(bytes);
  }
}
