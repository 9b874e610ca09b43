package dev.nucleusdb.raft.group;

import static dev.nucleusdb.core.assertion.Assertions.require;
import static dev.nucleusdb.core.assertion.Assertions.sometimes;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.disk.DiskException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Channels;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.MetDamage;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.GroupMap;
import dev.nucleusdb.raft.log.HardState;
import dev.nucleusdb.raft.log.LogRule;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.ClusterId;
import dev.nucleusdb.raft.membership.Peers;
import dev.nucleusdb.raft.message.NodeBeatCodec;
import dev.nucleusdb.raft.message.RaftCodec;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.message.RaftPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// All groups of a node: opens the write-ahead log once, and gives each group its [Seat]. Made
/// before the groups, and of one incarnation of the node; used from the node's thread alone.
public final class GroupHost {
  /// The folder of the write-ahead log within the node's disk.
  public static final String DIRECTORY = "raft";

  /// The number of a group that is alone on its node.
  public static final int LONE_GROUP = 1;

  private static final TraceKind LOST = TraceKind.of("raft.node-lost", "node");

  private final NodeContext context;
  private final HostOptions options;
  private final LogRule logRule;
  private final GroupRule rule;
  private final IntFunction<Trace> traces;
  private final Peers peers = new Peers();
  private final GroupMap<Seat> seats = new GroupMap<>();
  private final Turns turns;
  private final Outbox outbox;
  private final Deadlines deadlines;
  private final NodeLiveness liveness;
  private List<Seat> flushing = new ArrayList<>();
  private @Nullable WriteAheadLog wal;
  private @Nullable GroupCommit commit;
  private final SharedMemberships memberships = new SharedMemberships();
  private final LogRelief relief;
  private final Disconnections disconnections;
  private boolean closed;

  /// Whether the group that leaves now may be followed by others.
  private boolean dismissing;

  private final Fence fence;

  /// The host of groups that tell all they do to the node's trace.
  ///
  /// @param context the seams
  /// @param channels where messages come in
  public GroupHost(
      NodeContext context,
      Channels channels,
      HostOptions options,
      LogRule logRule,
      GroupRule rule) {
    this(context, channels, options, logRule, rule, group -> context.trace());
  }

  /// @param context the seams
  /// @param channels where messages come in
  /// @param options limits
  /// @param logRule decisions of the write-ahead log
  /// @param rule decisions of its own
  /// @param traces where each group tells what it does
  public GroupHost(
      NodeContext context,
      Channels channels,
      HostOptions options,
      LogRule logRule,
      GroupRule rule,
      IntFunction<Trace> traces) {
    this.context = context;
    this.options = options;
    this.logRule = logRule;
    this.rule = rule;
    this.traces = traces;
    this.fence = new Fence(context.trace());
    this.turns = new Turns(context, this::endOfTurns);
    this.outbox = new Outbox(context.network(), turns, options.packetBytesMax());
    this.deadlines = new Deadlines(context, options.deadlineSlot(), turns::areShared, this::due);
    this.liveness =
        new NodeLiveness(
            context, options, peers, this::lost, () -> log().clusterId(), this::isOfCluster);
    this.disconnections =
        new Disconnections(context, options.beatInterval().multipliedBy(2), this::lost);
    this.relief = new LogRelief(context, seats, () -> closed, this::halt);
    channels.onDisconnected(this::disconnected);
    channels.claim(NodeBeatCodec.CHANNEL, (Network.Borrower) this::receiveBeat);
    channels.claim(RaftCodec.CHANNEL, (Network.Borrower) this::receiveMessage);
    channels.claim(RaftPacket.CHANNEL, (Network.Borrower) this::receivePacket);
  }

  /// The seams.
  public NodeContext context() {
    return context;
  }

  /// A group's own stream: those of one node must not all rise at once.
  public RandomSource randomOf(int group) {
    RandomSource stream = context.random().fork("raft");
    return group == LONE_GROUP ? stream : stream.fork(group);
  }

  /// Where a group tells what it does.
  public Trace traceOf(int group) {
    return traces.apply(group);
  }

  /// The write-ahead log, with what was found of all groups; the first call opens it.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if something durable is damaged
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not work
  public WriteAheadLog log() {
    WriteAheadLog opened = wal;
    if (opened == null) {
      opened =
          WriteAheadLog.open(
              context.disk(),
              DIRECTORY,
              options.segmentSizeBytes(),
              logRule,
              context.trace(),
              traces,
              context.random().fork("store"));
      wal = opened;
      commit = new GroupCommit(opened, rule, turns, context.trace(), this::halt);
    }
    return opened;
  }

  /// Equal memberships of its groups as one.
  public SharedMemberships memberships() {
    return memberships;
  }

  /// A group takes part from now on.
  ///
  /// @throws IllegalArgumentException if it does so already
  public Seat join(int group, HostedGroup member) {
    require(!seats.contains(group), "group %d is on this node already", group);
    Seat seat = new Seat(this, group, member);
    seats.put(group, seat);
    turns.among(seats.size());
    return seat;
  }

  /// A group leaves this node, which goes on; its member is stopped, and may be followed by another
  /// one of the same group, with what the log holds. Who sleeps under it is woken.
  ///
  /// @throws IllegalArgumentException if the group is not on this node
  public void dismiss(int group) {
    require(seats.contains(group), "group %d is not on this node", group);
    Seat seat = Objects.requireNonNull(seats.get(group));
    List<NodeId> sleepers = seat.sleepers;
    try {
      seat.member.flush();
      RaftLog log = seat.member.writtenLog();
      if (!closed && log != null && rule.keepsLogOfLeaver()) {
        log().giveBack(group, log);
      }
    } catch (DiskException e) {
      halt(e);
    }
    dismissing = true;
    seat.member.stop();
    dismissing = false;
    if (!sleepers.isEmpty()) {
      sometimes("a group leaves a node that leads it while it sleeps", true);
      new Farewell(this, options, group, sleepers).begin();
    }
  }

  /// How many messages were dropped because they were damaged, foreign, or of another version.
  public long droppedCount() {
    return fence.count();
  }

  /// What a member has to say of its state, and this node of what it has dropped.
  public List<String> withDropped(List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(fence.lines());
    return all;
  }

  GroupCommit commit() {
    return Objects.requireNonNull(commit, "the log is not open");
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /// Whether a group has left, and the node goes on.
  boolean isWithout(int group) {
    return !closed && !seats.contains(group);
  }

  NodeLiveness liveness() {
    return liveness;
  }

  private void lost(NodeId node, int most) {
    List<Seat> sleepers =
        seats.values().stream().filter(seat -> node.equals(seat.under)).limit(most).toList();
    inTurn(sleepers, member -> member.lost(node));
  }

  /// Of all who have connections here only members are missed.
  private void disconnected(Address address) {
    if (!closed && !peers.membersAt(address).isEmpty()) {
      disconnections.ended(address);
    }
  }

  /// Whose connection has ended is not heard again.
  private void lost(Address address) {
    for (NodeId node : peers.membersAt(address)) {
      context.trace().event(LOST, node.value(), 0, 0);
      liveness.lost(node);
      List<Seat> awake = seats.values().stream().filter(seat -> seat.under == null).toList();
      inTurn(awake, member -> member.lost(node));
    }
  }

  Peers peers() {
    return peers;
  }

  void send(int group, NodeId to, RaftMessage message) {
    Address address = peers.addressOf(to);
    if (address != null) {
      WriteAheadLog own = log();
      outbox.send(
          address,
          RaftCodec.outgoing(context.id(), own.storeId(), own.clusterId(), to, group, message));
    }
  }

  void flushSoon(Seat seat) {
    if (seat.awaitsFlush) {
      return;
    }
    seat.awaitsFlush = true;
    flushing.add(seat);
    if (flushing.size() == 1) {
      context.timers().at(context.clock().monotonicNanos(), this::flush);
    }
  }

  private void flush() {
    List<Seat> asked = flushing;
    flushing = new ArrayList<>();
    asked.forEach(seat -> seat.awaitsFlush = false);
    inTurn(asked, HostedGroup::flush);
    if (turns.areGathered()) {
      turns.end();
    }
  }

  private void due(List<Seat> groups) {
    inTurn(groups, HostedGroup::due);
  }

  private static void inTurn(List<Seat> groups, Consumer<HostedGroup> turn) {
    for (Seat seat : groups) {
      if (!seat.left) {
        turn.accept(seat.member);
      }
    }
  }

  /// What groups sent goes before what they wrote, as it does where a group is alone: others begin
  /// with it while this node writes. Neither waits for the other: a message that needs the write to
  /// be durable comes after its sync.
  private void endOfTurns() {
    if (closed) {
      return;
    }
    outbox.flush();
    context.network().flush();
    try {
      log().writeGathered();
    } catch (DiskException e) {
      halt(e);
      return;
    }
    commit().begin();
  }

  /// A group's write to the log: at once, or with those of all groups that have their turn.
  void append(int group, @Nullable HardState hardState, long firstIndex, List<Entry> entries) {
    log().gather(group, hardState, firstIndex, entries);
    if (!turns.areGathered()) {
      context.network().flush();
      log().writeGathered();
    }
  }

  /// A group's entry that had been lost; [#append] follows.
  void refill(int group, long index, Entry entry) {
    log().gatherFound(group, index, entry);
  }

  private void receiveBeat(Address from, byte[] bytes, int offset, int size) {
    disconnections.heard(from);
    liveness.receive(from, bytes, offset, size);
  }

  private void receivePacket(Address from, byte[] packet, int packetOffset, int packetSize) {
    boolean read =
        !closed
            && RaftPacket.read(
                packet,
                packetOffset,
                packetSize,
                (bytes, offset, size) ->
                    receive(from, RaftCodec.decodePacked(bytes, offset, size)));
    if (!read) {
      fence.drop(Fence.Reason.UNREADABLE, NodeId.NONE);
    }
  }

  private void receiveMessage(Address from, byte[] bytes, int offset, int size) {
    receive(from, RaftCodec.decode(bytes, offset, size));
  }

  private void receive(Address from, RaftCodec.@Nullable Received received) {
    if (closed || seats.isEmpty()) {
      return;
    }
    disconnections.heard(from);
    if (received == null) {
      fence.drop(Fence.Reason.UNREADABLE, NodeId.NONE);
      return;
    }
    Seat seat = seats.get(rule.receiver(received.group(), seats.size()));
    if (seat == null
        || !received.receiver().equals(context.id())
        || !peers.accept(received.sender(), from)) {
      fence.drop(Fence.Reason.MISDIRECTED, received.sender().value());
      return;
    }
    if (!isOfCluster(received.group(), received.sender(), received.clusterId())) {
      return;
    }
    seat.member.receive(received.sender(), received.storeId(), received.message());
  }

  private boolean isOfCluster(NodeBeatCodec.Beat beat) {
    return !seats.isEmpty() && isOfCluster(seats.groupAt(0), beat.sender(), beat.clusterId());
  }

  private boolean isOfCluster(int group, NodeId sender, long clusterId) {
    return rule.isOfCluster(log().clusterId(), clusterId) || enters(group, sender, clusterId);
  }

  /// A message of another cluster. A node that has nothing enters the cluster that came of a later
  /// recovery; one that has something was cut off by that recovery, and is over. Who speaks from
  /// before a recovery is answered, so that it hears of it.
  ///
  /// @param group where an answer goes
  /// @return whether the message is to be read
  private boolean enters(int group, NodeId sender, long clusterId) {
    long own = log().clusterId();
    boolean later = ClusterId.isLater(clusterId, own);
    if (later && isEmpty()) {
      sometimes("a node without anything enters a cluster that was recovered", true);
      return enter(clusterId);
    }
    fence.dropForeign(sender);
    if (later && isKnownToHaveSomething() && peers.isMember(sender)) {
      stopMembers();
      context
          .halt()
          .halt(
              "the cluster was recovered without this node, as "
                  + sender
                  + " says: keep the folder aside, and start with an empty one and --join");
    }
    if (ClusterId.isLater(own, clusterId)) {
      send(group, sender, new RaftMessage.PreVoteReply(0, false));
    }
    return false;
  }

  private boolean enter(long clusterId) {
    try {
      log().enterCluster(clusterId);
      return true;
    } catch (DiskException e) {
      halt(e);
      return false;
    }
  }

  private boolean isEmpty() {
    return seats.values().stream()
        .map(seat -> seat.member.writtenLog())
        .allMatch(log -> log != null && log.lastIndex() == 0);
  }

  private boolean isKnownToHaveSomething() {
    return seats.values().stream()
        .map(seat -> seat.member.writtenLog())
        .anyMatch(log -> log != null && log.lastIndex() > 0);
  }

  /// The disk has failed, or damage was met: says what and where, and the node is over.
  void halt(RuntimeException failure) {
    stopMembers();
    if (failure instanceof CorruptionException) {
      String what = "damage was found: " + failure.getMessage();
      MetDamage.note(context.disk(), what);
      String then = "; start the node again: if the start finds it too, the files are set aside";
      context.halt().halt(what + then);
    } else {
      context.halt().halt("the disk failed: " + failure.getMessage());
    }
  }

  private void stopMembers() {
    for (Seat seat : List.copyOf(seats.values())) {
      seat.member.stop();
    }
  }

  void leave(Seat seat) {
    seat.left = true;
    liveness.wakes(seat);
    seats.remove(seat.group);
    turns.among(seats.size());
    if (seats.isEmpty() && !dismissing) {
      close();
    }
  }

  /// The node is over; done by itself when the last group stops, but for one that was dismissed.
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    deadlines.close();
    liveness.close();
    disconnections.close();
    if (commit != null) {
      commit.close();
    }
    if (wal != null) {
      wal.close();
    }
  }

  /// A segment was sealed perhaps.
  void relieveSoon() {
    relief.soon(log());
  }
}
