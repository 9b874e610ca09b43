package dev.nucleusdb.raft.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Memberships come back from their bytes as they went, or not at all.
public class MembershipProperties {
  private static final long STORES = 0x0123_4567_89ab_cdefL;

  /// Memberships of one to six members in all parts.
  public static Arbitrary<Membership> memberships() {
    return Arbitraries.integers()
        .between(0, 5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(MembershipProperties::membership);
  }

  /// Parts of the members: 0 and 1 incoming, 2 outgoing, 3 both, 4 learner, 5 learner next.
  private static Membership membership(List<Integer> parts) {
    List<Member> members = new ArrayList<>();
    List<List<NodeId>> byPart = new ArrayList<>();
    for (int part = 0; part < 6; part++) {
      byPart.add(new ArrayList<>());
    }
    for (int i = 0; i < parts.size(); i++) {
      NodeId id = new NodeId(1 + 7 * i);
      members.add(new Member(id, new Address("höst-" + i + ":" + 7000 * i)));
      byPart.get(i == 0 ? 1 : parts.get(i)).add(id);
    }
    List<NodeId> incoming = new ArrayList<>(byPart.get(0));
    incoming.addAll(byPart.get(1));
    incoming.addAll(byPart.get(3));
    List<NodeId> outgoing = new ArrayList<>(byPart.get(2));
    outgoing.addAll(byPart.get(3));
    outgoing.addAll(byPart.get(5));
    Configuration configuration =
        new Configuration(
            new Majority(incoming),
            new Majority(outgoing),
            byPart.get(4),
            byPart.get(5),
            !outgoing.isEmpty());
    return new Membership(
        configuration,
        members,
        Stores.of(configuration.members(), id -> id.value() % 2 == 0 ? id.value() * STORES : 0));
  }

  @Provide
  Arbitrary<Membership> someMemberships() {
    return memberships();
  }

  @Property
  void a_membership_comes_back_as_it_went(@ForAll("someMemberships") Membership membership) {
    assertThat(Membership.ofBytes(membership.toBytes())).isEqualTo(membership);
  }

  @Property(tries = 200)
  void a_membership_that_lost_its_end_or_has_too_much_is_none(
      @ForAll("someMemberships") Membership membership) {
    byte[] bytes = membership.toBytes();
    for (int size = 0; size < bytes.length; size++) {
      assertThat(Membership.ofBytes(Arrays.copyOf(bytes, size))).isNull();
    }
    assertThat(Membership.ofBytes(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
  }

  @Property
  void any_bytes_are_a_membership_or_none_and_never_an_error(@ForAll byte[] bytes) {
    Membership read = Membership.ofBytes(bytes);
    assertThat(read == null || read.members().size() > 0).isTrue();
  }

  @Example
  void the_bytes_stand_as_the_grammar_says() {
    Member one = new Member(new NodeId(1), new Address("a:1"));
    Member two = new Member(new NodeId(258), new Address("b"));
    byte[] bytes = Membership.of(List.of(one), List.of(two)).toBytes();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("00" + "02000000" + "01000000" + "01" + "0300613a31" + "02010000" + "04010062");
  }

  @Example
  void a_membership_names_its_voters_and_where_all_are() {
    Member one = new Member(new NodeId(1), new Address("a"));
    Member two = new Member(new NodeId(2), new Address("b"));
    assertThatThrownBy(() -> Membership.of(List.of(), List.of(one)))
        .hasMessage("a group needs at least one voter");
    assertThatThrownBy(() -> Membership.of(List.of(one, one), List.of()))
        .hasMessage("a member is named twice in [n1, n1]");
    Membership alone = Membership.of(List.of(one), List.of());
    Configuration both = Configuration.ofVoters(List.of(one.id(), two.id()));
    assertThatThrownBy(() -> alone.become(both, alone))
        .hasMessage("[n1] are not those of voters=(1 2)");
    Membership other = Membership.of(List.of(two), List.of());
    assertThat(alone.become(both, other).members()).containsExactly(one, two);
  }
}
