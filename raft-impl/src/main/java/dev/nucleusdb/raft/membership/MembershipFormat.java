package dev.nucleusdb.raft.membership;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.Member;
import dev.nucleusdb.core.node.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of a membership, on disk and between members. All numbers are little endian.
///
/// ```
///   membership := flags:1 count:4 member*     flags: 1 the leader leaves the joint configuration
///   member     := id:4 parts:1 store? length:2 address
///                                             parts: 1 incoming, 2 outgoing, 4 learner,
///                                             8 learner once the joint configuration is left,
///                                             16 bound to a store, which follows
///   store      := id:8
/// ```
final class MembershipFormat {
  private static final int HEAD_BYTES = 5;
  private static final int MEMBER_HEAD_BYTES = 7;
  private static final int INCOMING = 1;
  private static final int OUTGOING = 2;
  private static final int LEARNER = 4;
  private static final int LEARNER_NEXT = 8;
  private static final int BOUND = 16;

  private MembershipFormat() {}

  static byte[] write(Membership membership) {
    int size = HEAD_BYTES;
    for (Member member : membership.members()) {
      size += MEMBER_HEAD_BYTES + member.address().name().getBytes(UTF_8).length;
      size += membership.stores().binds(member.id()) ? Long.BYTES : 0;
    }
    Configuration configuration = membership.configuration();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) (configuration.autoLeave() ? 1 : 0)).putInt(membership.members().size());
    for (Member member : membership.members()) {
      byte[] address = member.address().name().getBytes(UTF_8);
      long storeId = membership.stores().of(member.id());
      int bound = storeId == Stores.UNKNOWN ? 0 : BOUND;
      bytes.putInt(member.id().value()).put((byte) (parts(configuration, member.id()) | bound));
      if (bound != 0) {
        bytes.putLong(storeId);
      }
      bytes.putShort((short) address.length).put(address);
    }
    return bytes.array();
  }

  private static int parts(Configuration configuration, NodeId id) {
    return (configuration.incoming().contains(id) ? INCOMING : 0)
        | (configuration.outgoing().contains(id) ? OUTGOING : 0)
        | (configuration.learners().contains(id) ? LEARNER : 0)
        | (configuration.learnersNext().contains(id) ? LEARNER_NEXT : 0);
  }

  static @Nullable Membership read(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    List<Member> members = new ArrayList<>();
    List<Integer> parts = new ArrayList<>();
    List<Stores.Bound> bound = new ArrayList<>();
    try {
      boolean autoLeave = bytes.get() != 0;
      int count = bytes.getInt();
      for (int i = 0; i < count; i++) {
        NodeId id = new NodeId(bytes.getInt());
        parts.add((int) bytes.get());
        if ((parts.getLast() & BOUND) != 0) {
          bound.add(new Stores.Bound(id, bytes.getLong()));
        }
        byte[] address = new byte[bytes.getShort() & 0xffff];
        bytes.get(address);
        members.add(new Member(id, new Address(new String(address, UTF_8))));
      }
      Configuration configuration =
          new Configuration(
              new Majority(having(members, parts, INCOMING)),
              new Majority(having(members, parts, OUTGOING)),
              having(members, parts, LEARNER),
              having(members, parts, LEARNER_NEXT),
              autoLeave);
      return bytes.hasRemaining()
          ? null
          : new Membership(configuration, members, new Stores(bound));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private static List<NodeId> having(List<Member> members, List<Integer> parts, int part) {
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if ((parts.get(i) & part) != 0) {
        ids.add(members.get(i).id());
      }
    }
    return ids;
  }
}
