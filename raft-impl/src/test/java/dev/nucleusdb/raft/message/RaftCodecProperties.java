package dev.nucleusdb.raft.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nucleusdb.core.codec.Envelope;
import dev.nucleusdb.core.network.Outgoing;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.membership.MembershipProperties;
import dev.nucleusdb.raft.message.RaftCodec.Received;
import dev.nucleusdb.raft.snapshot.SnapshotMark;
import dev.nucleusdb.raft.wire.RaftFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Messages come back as they went, or not at all.
class RaftCodecProperties {
  private static final NodeId SENDER = new NodeId(2);
  private static final long STORE = 0x1122334455667788L;
  private static final long CLUSTER = 0x0001_1234_5678_9abcL;
  private static final NodeId RECEIVER = new NodeId(3);

  @Provide
  Arbitrary<RaftMessage> messages() {
    Arbitrary<Long> number = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Boolean> yes = Arbitraries.of(true, false);
    Arbitrary<Entry> entry =
        Combinators.combine(number, Arbitraries.bytes().array(byte[].class).ofMaxSize(40))
            .as((term, command) -> new Entry(term, command));
    Arbitrary<Entry> configuration =
        Combinators.combine(number, MembershipProperties.memberships()).as(Entry::configuration);
    Arbitrary<Entry> entries = Arbitraries.oneOf(entry, configuration);
    return Arbitraries.oneOf(
        Combinators.combine(number, number, number).as(RaftMessage.PreVoteRequest::new),
        Combinators.combine(number, yes, number, number).as(RaftMessage.PreVoteReply::new),
        Combinators.combine(number, number, number, yes).as(RaftMessage.VoteRequest::new),
        Combinators.combine(number, yes).as(RaftMessage.VoteReply::new),
        Combinators.combine(
                number,
                number,
                number,
                entries.list().ofMaxSize(5),
                number,
                number,
                number,
                standings())
            .as(RaftMessage.AppendRequest::new),
        Combinators.combine(number, number, number, Arbitraries.longs())
            .as(RaftMessage.AppendAccepted::new),
        Combinators.combine(number, number, number, number, number)
            .as(RaftMessage.AppendRejected::new),
        Combinators.combine(number, number).as(RaftMessage.TimeoutNow::new),
        Combinators.combine(number, number, number).as(RaftMessage.EntryRequest::new),
        Combinators.combine(number, number, entries.list().ofMaxSize(5))
            .as(RaftMessage.EntryReply::new),
        Combinators.combine(
                number,
                marks(),
                Arbitraries.integers().greaterOrEqual(0),
                yes,
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                number)
            .as(RaftMessage.InstallSnapshot::new),
        Combinators.combine(number, number, Arbitraries.integers().greaterOrEqual(0), number)
            .as(RaftMessage.SnapshotReply::new),
        Combinators.combine(number, number, number).as(RaftMessage.Sleep::new),
        number.map(RaftMessage.Wake::new),
        Combinators.combine(number, Arbitraries.longs()).as(RaftMessage.ReadRequest::new),
        Combinators.combine(number, Arbitraries.longs(), number).as(RaftMessage.ReadReply::new));
  }

  private static Arbitrary<RaftMessage.Standing> standings() {
    Arbitrary<Long> number = Arbitraries.longs().greaterOrEqual(0);
    return Combinators.combine(Arbitraries.longs(), number, number).as(RaftMessage.Standing::new);
  }

  private static Arbitrary<SnapshotMark> marks() {
    Arbitrary<Long> number = Arbitraries.longs().greaterOrEqual(0);
    return Combinators.combine(number, number, MembershipProperties.memberships().injectNull(0.3))
        .as(SnapshotMark::new);
  }

  @Property
  void the_mark_of_a_snapshot_comes_back_as_it_went(@ForAll("marksOf") SnapshotMark mark) {
    assertThat(SnapshotMark.ofBytes(mark.toBytes())).isEqualTo(mark);
    assertThat(SnapshotMark.ofBytes(Arrays.copyOf(mark.toBytes(), 15))).isNull();
  }

  @Provide
  Arbitrary<SnapshotMark> marksOf() {
    return marks();
  }

  @Property
  void every_message_comes_back_as_it_went(@ForAll("messages") RaftMessage message) {
    Received received =
        RaftCodec.decode(RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message));
    assertThat(received).isNotNull();
    Received read = Objects.requireNonNull(received);
    assertThat(read.sender()).isEqualTo(SENDER);
    assertThat(read.storeId()).isEqualTo(STORE);
    assertThat(read.clusterId()).isEqualTo(CLUSTER);
    assertThat(read.receiver()).isEqualTo(RECEIVER);
    assertThat(read.group()).isEqualTo(7);
    assertThat(read.message())
        .usingRecursiveComparison()
        .withEqualsForType(RaftCodecProperties::saysTheSame, Entry.class)
        .isEqualTo(message);
  }

  private static boolean saysTheSame(Entry one, Entry other) {
    return one.term() == other.term()
        && one.kind() == other.kind()
        && Arrays.equals(one.command(), other.command());
  }

  @Property(tries = 300)
  void a_message_on_its_way_is_the_same_bytes_wherever_it_is_written(
      @ForAll("messages") RaftMessage message) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    Outgoing outgoing = RaftCodec.outgoing(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    ByteBuffer into = ByteBuffer.allocateDirect(outgoing.size() + 3).position(3);
    outgoing.writeTo(into);
    assertThat(into.remaining()).isZero();
    byte[] written = new byte[outgoing.size()];
    into.get(3, written);
    assertThat(written).isEqualTo(bytes);
  }

  @Example
  void commands_share_an_array_and_nothing_of_what_was_lent_is_kept() {
    List<Entry> sent = List.of(new Entry(4, new byte[] {1, 2}), new Entry(4, new byte[] {3}));
    RaftMessage request = new RaftMessage.AppendRequest(4, 9, 4, sent, 9, 9, 1);
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, request);
    byte[] lent = new byte[bytes.length + 9];
    System.arraycopy(bytes, 0, lent, 4, bytes.length);
    Received received = Objects.requireNonNull(RaftCodec.decode(lent, 4, bytes.length));
    Arrays.fill(lent, (byte) -1);
    List<Entry> read = ((RaftMessage.AppendRequest) received.message()).entries();
    assertThat(read.getFirst().bytes()).isSameAs(read.getLast().bytes());
    assertThat(read.getFirst().bytes().length).isLessThan(bytes.length);
    assertThat(read.getFirst().command()).containsExactly(1, 2);
    assertThat(read.getLast().command()).containsExactly(3);
    assertThat(read.getLast().alone().bytes()).containsExactly(3);
  }

  @Property
  void entries_go_as_the_bytes_that_protobuf_writes(@ForAll("messages") RaftMessage message)
      throws InvalidProtocolBufferException {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    byte[] body = Arrays.copyOfRange(bytes, Envelope.HEADER_BYTES, bytes.length);
    assertThat(RaftFrame.parseFrom(body).toByteArray()).isEqualTo(body);
  }

  @Property
  void entries_are_read_without_protobuf_as_with_it(@ForAll("messages") RaftMessage message) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    boolean plain =
        message instanceof RaftMessage.AppendAccepted
            || message instanceof RaftMessage.AppendRejected
            || (message instanceof RaftMessage.AppendRequest append
                && append.entries().stream().allMatch(e -> e.kind() == Entry.Kind.COMMAND));
    Received read = RaftCodec.readPlain(bytes, 0, bytes.length);
    assertThat(read != null).isEqualTo(plain);
    if (plain) {
      assertThat(read)
          .usingRecursiveComparison()
          .withEqualsForType(RaftCodecProperties::saysTheSame, Entry.class)
          .isEqualTo(RaftCodec.readAny(bytes, 0, bytes.length));
    }
  }

  @Property(tries = 2000)
  void what_is_read_without_protobuf_is_what_protobuf_reads(
      @ForAll("messages") RaftMessage message, @ForAll byte[] noise, @ForAll int place) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    int at = Math.floorMod(place, bytes.length - Envelope.HEADER_BYTES) + Envelope.HEADER_BYTES;
    int length = Math.min(noise.length % 3 + 1, Math.min(noise.length, bytes.length - at));
    System.arraycopy(noise, 0, bytes, at, length);
    Received read = RaftCodec.readPlain(bytes, 0, bytes.length);
    if (read != null) {
      assertThat(read)
          .usingRecursiveComparison()
          .withEqualsForType(RaftCodecProperties::saysTheSame, Entry.class)
          .isEqualTo(RaftCodec.readAny(bytes, 0, bytes.length));
    }
  }

  @Property(tries = 200)
  void a_message_that_lost_its_end_or_has_a_changed_bit_is_none(
      @ForAll("messages") RaftMessage message) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(RaftCodec.decode(Arrays.copyOf(bytes, length))).isNull();
    }
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(RaftCodec.decode(changed)).as("bit %d", bit).isNull();
    }
  }

  @Property
  void nothing_of_a_message_is_in_the_array_in_which_it_was_lent(
      @ForAll("messages") RaftMessage message) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    byte[] lent = bytes.clone();
    Received received = RaftCodec.decodePacked(lent, 0, lent.length);
    Arrays.fill(lent, (byte) -1);
    assertThat(received)
        .usingRecursiveComparison()
        .withEqualsForType(RaftCodecProperties::saysTheSame, Entry.class)
        .isEqualTo(RaftCodec.readAny(bytes, 0, bytes.length));
  }

  @Property
  void bytes_under_a_good_checksum_are_a_message_or_none_and_never_an_error(@ForAll byte[] body) {
    byte[] bytes = Envelope.allocate(RaftCodec.CHANNEL, RaftCodec.VERSION, body.length);
    System.arraycopy(body, 0, bytes, Envelope.HEADER_BYTES, body.length);
    Received received = RaftCodec.decode(Envelope.seal(bytes));
    assertThat(received == null || received.sender().value() > 0).isTrue();
  }

  @Property
  void damage_under_a_good_checksum_is_a_message_or_none_and_never_an_error(
      @ForAll("messages") RaftMessage message, @ForAll int place, @ForAll byte value) {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, CLUSTER, RECEIVER, 7, message);
    int body = bytes.length - Envelope.HEADER_BYTES;
    bytes[Envelope.HEADER_BYTES + Math.floorMod(place, body)] = value;
    Received received = RaftCodec.decode(Envelope.seal(bytes));
    assertThat(received == null || received.sender().value() > 0).isTrue();
  }

  @Example
  void a_configuration_entry_that_holds_no_membership_makes_the_message_none() {
    Entry bad = new Entry(1, Entry.Kind.CONFIGURATION, new byte[] {1, 2, 3});
    RaftMessage message = new RaftMessage.AppendRequest(1, 0, 0, List.of(bad), 0, 0, 1);
    assertThat(RaftCodec.decode(RaftCodec.encode(SENDER, STORE, RECEIVER, 1, message))).isNull();
  }

  @Example
  void another_version_is_not_read() {
    byte[] bytes = RaftCodec.encode(SENDER, STORE, RECEIVER, 1, new RaftMessage.VoteReply(1, true));
    bytes[1] = RaftCodec.VERSION + 1;
    assertThat(RaftCodec.decode(Envelope.seal(bytes))).isNull();
  }

  @Example
  void the_bytes_of_each_message_are_these_and_stay_so() {
    List<Entry> entries = List.of(Entry.noOp(4), new Entry(5, new byte[] {1, 2, 3}));
    requireBytes(
        "5201697cf765080110021805220508ac0210045003", new RaftMessage.PreVoteRequest(5, 300, 4));
    requireBytes("5201b243924d0801100218052a0208015003", new RaftMessage.PreVoteReply(5, true));
    requireBytes("5201615632700801100218052a005003", new RaftMessage.PreVoteReply(5, false));
    requireBytes(
        "5201b6effc10080110021805320508ac0210045003",
        new RaftMessage.VoteRequest(5, 300, 4, false));
    requireBytes(
        "52019e614fcc080110021805320708ac02100418015003",
        new RaftMessage.VoteRequest(5, 300, 4, true));
    requireBytes("5201862cd9ef08011002180550035a00", new RaftMessage.TimeoutNow(5, 0));
    requireBytes(
        "5201bdc4370a0801100218055003621008ac0210042002280132030102033815",
        new RaftMessage.InstallSnapshot(
            5, new SnapshotMark(300, 4, null), 2, true, new byte[] {1, 2, 3}, 21));
    requireBytes(
        "520107af001208011002180550036a0708ac0210031815",
        new RaftMessage.SnapshotReply(5, 300, 3, 21));
    requireBytes("52018c739e8d0801100218053a0208015003", new RaftMessage.VoteReply(5, true));
    requireBytes(
        "520146755094080110021805421908ac0210041a0208041a070805120301020320ab02280730155003",
        new RaftMessage.AppendRequest(5, 300, 4, entries, 299, 7, 21));
    requireBytes(
        "52010f0a1ee3080110021805421a08ac02100420ab0228073015390100000000000000401448ac025003",
        new RaftMessage.AppendRequest(
            5, 300, 4, List.of(), 299, 7, 21, new RaftMessage.Standing(1, 20, 300)));
    requireBytes(
        "520185d5706f0801100218054a10080110ae0230153901000000000000005003",
        new RaftMessage.AppendAccepted(5, 302, 21, 1));
    requireBytes("5201542518d108011002180550035a0308ac02", new RaftMessage.TimeoutNow(5, 300));
    requireBytes(
        "52013c3adda50801100218054a07080110ae0230155003",
        new RaftMessage.AppendAccepted(5, 302, 21));
    requireBytes(
        "52013b3953ca0801100218054a0a18ac0220fa01280330155003",
        new RaftMessage.AppendRejected(5, 300, 250, 3, 21));
  }

  @Example
  void the_name_of_a_message_is_seen_at_a_glance_and_bytes_that_are_none_have_no_name() {
    assertThat(
            RaftMessageName.of(
                RaftCodec.encode(SENDER, STORE, RECEIVER, 0, new RaftMessage.VoteReply(500, true))))
        .isEqualTo(RaftMessageName.VOTE_REPLY);
    assertThat(
            RaftMessageName.of(
                RaftCodec.encode(
                    SENDER, STORE, RECEIVER, 1, new RaftMessage.AppendAccepted(0, 1, 2))))
        .isEqualTo(RaftMessageName.APPEND_REPLY);
    assertThat(
            RaftMessageName.of(
                RaftCodec.encode(SENDER, STORE, RECEIVER, 1, new RaftMessage.TimeoutNow(3, 0))))
        .isEqualTo(RaftMessageName.TIMEOUT_NOW);
    byte[] bytes =
        RaftCodec.encode(SENDER, STORE, RECEIVER, 1, new RaftMessage.AppendAccepted(5, 1, 2));
    for (int length = 0; length <= Envelope.HEADER_BYTES + 6; length++) {
      assertThat(RaftMessageName.of(Arrays.copyOf(bytes, length))).isNull();
    }
  }

  private static void requireBytes(String expected, RaftMessage message) {
    String hex = HexFormat.of().formatHex(RaftCodec.encode(SENDER, 0, RECEIVER, 1, message));
    assertThat(hex).as(message.toString()).isEqualTo(expected);
    assertThat(RaftCodec.decode(HexFormat.of().parseHex(expected))).isNotNull();
  }
}
