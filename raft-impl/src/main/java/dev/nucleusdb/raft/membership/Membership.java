package dev.nucleusdb.raft.membership;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configuration, and where its members are: what a configuration entry of the log says.
///
/// @param configuration who takes part
/// @param members each of them with its address, in the order of their ids
public record Membership(Configuration configuration, List<Member> members) {
  /// @throws IllegalArgumentException if the members are not those of the configuration
  public Membership {
    members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    List<NodeId> ids = members.stream().map(Member::id).toList();
    require(!configuration.incoming().isEmpty(), "a group needs at least one voter");
    require(ids.equals(configuration.members()), "%s are not those of %s", ids, configuration);
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

  /// Another configuration, with the addresses of this membership or else of the other.
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
