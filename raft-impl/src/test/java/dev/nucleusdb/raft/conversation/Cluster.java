package dev.nucleusdb.raft.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.RaftEffect;
import dev.nucleusdb.raft.RaftInput;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.election.Role;
import dev.nucleusdb.raft.log.Entry;
import dev.nucleusdb.raft.log.RaftLog;
import dev.nucleusdb.raft.membership.Membership;
import dev.nucleusdb.raft.membership.Stores;
import dev.nucleusdb.raft.message.RaftMessage;
import dev.nucleusdb.raft.read.LeaseOptions;
import dev.nucleusdb.raft.snapshot.SnapshotOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group of members that does what it is told, and nothing else. One clock for all.
///
/// ```
///   cluster n1 n2 n3 [stores]
///                      with stores, members name their disks: that of n1 is 11, and 12 once wiped
///           … [entries=1 inflight=2 bytes=64 uncommitted=100 reads=2 lag=1 retain=100
///              lease=500 drift=20 sleep=300]
///                      the length of leases in ms, and how far clocks may be off, in hundredths
///   tick n1            time goes on to the deadline of n1, which is told
///   elapse 250ms       time goes on, nobody is told
///   deliver            all messages under way; their answers are not among them
///   deliver n1>n2      those of one link; n1> and >n2 are all from and all to
///   drop n1>n2         lost, as above
///   hold n1>n2 late    the oldest message of the link is put aside as "late" …
///   replay late        … and arrives, as often as this is said
///   isolate n1 | heal  messages of n1 are lost when they are sent
///   propose n1 x y     commands, without a flush
///   flush n1
///   persisted n1 [1]   all writes of n1 that are under way are durable, or the oldest
///   read n1 r1
///   stale n1           how old its state machine may be
///   transfer n1 n2 t1  leadership is to go from n1 to n2, or to anybody if that is said
///   join n4            a new member, that nobody has added yet
///   change n1 n1 n4 [learners n5]
///                      n1 is asked for these voters and learners
///   lose n2 n1         the node of n2 does not hear that of n1 any more
///   hear n2            the node of n2 has just heard that of its leader
///   release n1 3       the state machine needs nothing up to 3
///   unreadable n1 n3   the snapshot that n1 reads for n3 is damaged
///   crash n1           what was not persisted is lost
///   restart n1
///   wipe n1            it comes back with an empty disk
///   replace n1         its files were damaged and set aside: its store is a replacement, such as -12
///   damage n1 3 4      while it is down, its disk loses what entries 3 to 4 said
///   recover n1         while it is down, it is made a cluster of its own by hand
///   settle [n1 …]      deliver for everybody and persisted for those named (all, if nobody is)
///                      until nothing is left
///   reign n1 5000ms    n1 is told of its deadlines for so long, and everything settles in between
///   state [n1]
///   log n1
///   why n1             what is in its way
///   membership [n1]
///   quiet …            any of these, without telling
/// ```
///
/// Throughout, at most one member leads a term, and equal indices apply equal entries.
final class Cluster {
  private static final int SETTLE_ROUNDS_MAX = 100;

  private final Map<NodeId, Member> members = new TreeMap<>();
  private final Network network = new Network();
  private final Map<Long, String> tickets = new TreeMap<>();
  private final Map<Long, NodeId> leaderByTerm = new TreeMap<>();
  private final Map<Long, String> appliedByIndex = new TreeMap<>();
  private List<String> told = new ArrayList<>();
  private RaftOptions options = RaftOptions.DEFAULT;
  private @Nullable Membership founding;
  private boolean namesStores;
  private long nowNanos;

  /// Carries out a command and returns what it caused.
  List<String> run(String line) {
    told = new ArrayList<>();
    boolean quiet = line.startsWith("quiet ");
    execute((quiet ? line.substring(6) : line).split(" ", -1));
    return quiet ? List.of() : told;
  }

  private void execute(String[] words) {
    switch (words[0]) {
      case "cluster" -> found(words);
      case "tick" -> tick(member(words[1]));
      case "why" -> member(words[1]).raft().diagnose(nowNanos).lines().forEach(this::tell);
      case "due" -> due(member(words[1]));
      case "elapse" -> nowNanos += nanos(words[1]);
      case "deliver" -> deliver(words.length > 1 ? words[1] : "");
      case "drop" -> network.take(m -> m.isOn(words[1])).forEach(m -> tell("lost: " + words(m)));
      case "hold" -> tell("aside: " + words(network.hold(words[1], words[2])));
      case "replay" -> receive(network.held(words[1]));
      case "isolate" -> network.isolate(member(words[1]).id);
      case "heal" -> network.heal();
      case "propose" -> propose(words);
      case "flush" -> step(member(words[1]), new RaftInput.Flush());
      case "persisted" -> persisted(member(words[1]), words.length > 2 ? 1 : Integer.MAX_VALUE);
      case "stale" -> stale(member(words[1]));
      case "read" -> step(member(words[1]), new RaftInput.Read(ticket(words[2])));
      case "transfer" -> transfer(words);
      case "release" -> step(member(words[1]), new RaftInput.Release(Long.parseLong(words[2])));
      case "lose" -> step(member(words[1]), new RaftInput.NodeLost(idOf(words[2])));
      case "hear" -> step(member(words[1]), new RaftInput.LeaderNodeHeard(nowNanos));
      case "unreadable" -> step(member(words[1]), new RaftInput.SnapshotUnreadable(idOf(words[2])));
      case "crash" -> member(words[1]).crash();
      case "restart" -> restart(member(words[1]));
      case "wipe" -> begin(member(words[1]).wiped(Objects.requireNonNull(founding), options));
      case "replace" -> begin(member(words[1]).replaced(Objects.requireNonNull(founding), options));
      case "damage" -> member(words[1]).damage(Long.parseLong(words[2]), Long.parseLong(words[3]));
      case "recover" -> member(words[1]).recover();
      case "settle" -> settle(List.of(words).subList(1, words.length));
      case "reign" -> reign(member(words[1]), nanos(words[2]));
      case "state" -> state(words);
      case "log" -> log(member(words[1]));
      case "join" -> add(idOf(words[1]));
      case "change" -> change(words);
      case "membership" -> membership(words);
      default -> throw new IllegalArgumentException("there is no command " + words[0]);
    }
  }

  private void transfer(String[] words) {
    NodeId target = words[2].equals("anybody") ? null : idOf(words[2]);
    step(member(words[1]), new RaftInput.TransferLeadership(ticket(words[3]), target));
  }

  private void found(String[] words) {
    List<NodeId> ids = new ArrayList<>();
    Map<String, Integer> limits = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (words[i].equals("stores")) {
        namesStores = true;
      } else if (equals > 0) {
        limits.put(words[i].substring(0, equals), Integer.valueOf(words[i].substring(equals + 1)));
      } else {
        ids.add(idOf(words[i]));
      }
    }
    options = options(limits);
    assertThat(limits).as("unknown limits").isEmpty();
    founding = Membership.of(Words.members(ids), List.of());
    ids.forEach(this::add);
  }

  private void add(NodeId id) {
    assertThat(members).doesNotContainKey(id);
    long storeId = namesStores ? id.value() * 10L + 1 : Stores.UNKNOWN;
    Member member = new Member(id, storeId, Objects.requireNonNull(founding), options);
    members.put(id, member);
    member.start(nowNanos);
  }

  private void change(String[] words) {
    List<String> named = List.of(words).subList(2, words.length);
    int end = named.contains("learners") ? named.indexOf("learners") : named.size();
    List<NodeId> voters = named.subList(0, end).stream().map(Cluster::idOf).toList();
    List<NodeId> learners = named.stream().skip(end + 1L).map(Cluster::idOf).toList();
    Membership target = Membership.of(Words.members(voters), Words.members(learners));
    String name = target.configuration().toString();
    step(member(words[1]), new RaftInput.ChangeMembership(ticket(name), target));
  }

  private void membership(String[] words) {
    for (Member member : members.values()) {
      if (words.length == 1 || words[1].equals(member.id.toString())) {
        tell(
            member.isUp()
                ? member.id + " goes by " + Words.of(member.raft().membership())
                : member.id + " is down");
      }
    }
  }

  private void stale(Member member) {
    long nanos = member.staleness(nowNanos);
    tell(
        nanos < 0
            ? member.id + " does not know how stale it is"
            : member.id + " is stale by at most " + nanos / 1_000_000 + " ms");
  }

  private void due(Member member) {
    if (member.raft().deadlineNanos() == Long.MAX_VALUE) {
      tell(member.id + " waits for nothing");
      return;
    }
    long nanos = member.raft().deadlineNanos() - nowNanos;
    tell(member.id + " is due in " + nanos / 1_000_000 + " ms");
  }

  private static RaftOptions options(Map<String, Integer> limits) {
    RaftOptions all = RaftOptions.DEFAULT;
    Integer uncommitted = limits.remove("uncommitted");
    Integer entries = limits.remove("entries");
    Integer bytes = limits.remove("bytes");
    Integer inflight = limits.remove("inflight");
    Integer reads = limits.remove("reads");
    Integer lag = limits.remove("lag");
    Integer retain = limits.remove("retain");
    Integer lease = limits.remove("lease");
    Integer drift = limits.remove("drift");
    Integer sleep = limits.remove("sleep");
    SnapshotOptions snapshot = all.snapshot();
    return new RaftOptions(
        all.electionTimeoutMin(),
        all.electionTimeoutMax(),
        all.heartbeatInterval(),
        entries == null ? all.appendEntriesMax() : entries,
        bytes == null ? all.appendBytesMax() : bytes,
        inflight == null ? all.appendsInflightMax() : inflight,
        uncommitted == null ? all.uncommittedBytesMax() : uncommitted,
        reads == null ? all.pendingReadsMax() : reads,
        uncommitted == null ? all.commandBytesMax() : uncommitted,
        all.segmentSizeBytes(),
        all.diskStallMax(),
        lag == null ? all.transferLagMax() : lag,
        all.priority(),
        retain == null
            ? snapshot
            : new SnapshotOptions(retain, snapshot.pieceBytesMax(), snapshot.bytesPerSecondMax()),
        new LeaseOptions(
            Duration.ofMillis(lease == null ? 0 : lease), drift == null ? 0 : 10_000 * drift),
        sleep == null ? null : Duration.ofMillis(sleep));
  }

  private void tick(Member member) {
    nowNanos = Math.max(nowNanos, member.raft().deadlineNanos());
    step(member, new RaftInput.Tick());
  }

  private void reign(Member member, long nanos) {
    for (long end = nowNanos + nanos; member.raft().deadlineNanos() <= end; ) {
      tick(member);
      settle(List.of());
    }
  }

  private static long nanos(String millis) {
    return 1_000_000L * Long.parseLong(millis.replace("ms", ""));
  }

  private void deliver(String link) {
    network.take(m -> link.isEmpty() || m.isOn(link)).forEach(this::receive);
  }

  private void receive(Network.Flying flying) {
    Member member = members.get(flying.to());
    if (member == null || !member.isUp()) {
      tell("lost: " + words(flying));
      return;
    }
    if (!member.isOfClusterOf(member(flying.from().toString()))) {
      tell(flying.to() + " drops what " + flying.from() + " says, of another cluster");
      return;
    }
    tell(flying.to() + " hears " + flying.from() + ": " + Words.of(flying.message()));
    step(member, new RaftInput.Receive(flying.from(), flying.storeId(), flying.message()));
  }

  private void propose(String[] words) {
    for (int i = 2; i < words.length; i++) {
      byte[] command = words[i].getBytes(StandardCharsets.UTF_8);
      step(member(words[1]), new RaftInput.Propose(ticket(words[i]), List.of(command)));
    }
  }

  private void persisted(Member member, int countMax) {
    for (int i = 0; i < countMax && !member.writes.isEmpty(); i++) {
      RaftInput.Persisted input = member.completeWrite();
      tell(member.id + " has write #" + input.writeId() + " on its disk");
      step(member, input);
    }
  }

  private void restart(Member member) {
    member.start(nowNanos);
    tell(member.id + " starts with " + member.durableWords());
  }

  private void begin(Member empty) {
    members.put(empty.id, empty);
    restart(empty);
  }

  private void settle(List<String> writers) {
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      boolean quiet = network.isQuiet();
      deliver("");
      for (Member member : members.values()) {
        if (writers.isEmpty() || writers.contains(member.id.toString())) {
          quiet &= member.writes.isEmpty();
          persisted(member, Integer.MAX_VALUE);
        }
      }
      if (quiet) {
        return;
      }
    }
    throw new AssertionError("it never settles");
  }

  private void state(String[] words) {
    for (Member member : members.values()) {
      if (words.length == 1 || words[1].equals(member.id.toString())) {
        tell(member.stateWords());
      }
    }
  }

  private void log(Member member) {
    RaftLog log = member.raft().log();
    String base =
        log.baseIndex() == 0
            ? ""
            : "after " + Words.place(log.baseIndex(), log.termAt(log.baseIndex())) + " ";
    List<Entry> all = log.slice(log.baseIndex() + 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    tell(member.id + " holds " + base + (all.isEmpty() ? "nothing" : entries(member, all)));
  }

  private static String entries(Member member, List<Entry> entries) {
    return Words.entries(member.raft().log().baseIndex() + 1, entries);
  }

  private void step(Member member, RaftInput input) {
    List<RaftEffect> effects = new ArrayList<>();
    member.raft().step(input, nowNanos, effects);
    for (RaftEffect effect : effects) {
      execute(member, effect);
    }
  }

  private void execute(Member member, RaftEffect effect) {
    String name = "  " + member.id;
    switch (effect) {
      case RaftEffect.Send send -> {
        tell(name + " to " + send.to() + ": " + Words.of(send.message()));
        network.send(member.id, member.storeId(), send.to(), send.message());
      }
      case RaftEffect.Persist write -> {
        member.begin(write);
        tell(name + " begins write #" + write.writeId() + ":" + writeWords(write));
      }
      case RaftEffect.Refill refill -> refill(member, refill);
      case RaftEffect.Apply apply -> apply(member, apply.throughIndex());
      case RaftEffect.ProposalsPlaced placed ->
          tell(
              name
                  + " puts "
                  + tickets.get(placed.firstTicket())
                  + " at "
                  + Words.place(placed.firstIndex(), placed.term()));
      case RaftEffect.ProposalsRefused refused ->
          tell(name + " refuses " + tickets.get(refused.firstTicket()) + Words.of(refused.why()));
      case RaftEffect.ReadReady ready ->
          tell(
              name
                  + " may serve "
                  + tickets.get(ready.ticket())
                  + " once it applied "
                  + ready.index());
      case RaftEffect.ReadRefused refused ->
          tell(name + " refuses " + tickets.get(refused.ticket()));
      case RaftEffect.TransferEnded ended ->
          tell(name + " ends " + tickets.get(ended.ticket()) + ": " + Words.of(ended.outcome()));
      case RaftEffect.MembershipInForce named ->
          tell(name + " goes by " + Words.of(named.membership()));
      case RaftEffect.MembershipChanged changed ->
          tell(name + " has changed to " + tickets.get(changed.ticket()));
      case RaftEffect.MembershipRefused refused -> refused(name, refused);
      case RaftEffect.RoleChanged changed -> roleChanged(member, changed);
      case RaftEffect.Released released -> {
        member.released(released.index());
        tell(name + " lets its log go up to " + released.index());
      }
      case RaftEffect.SendPiece _,
          RaftEffect.EndSnapshot _,
          RaftEffect.TakePiece _,
          RaftEffect.LogRestarted _ ->
          snapshot(member, effect);
    }
  }

  private void refill(Member member, RaftEffect.Refill refill) {
    member.refill(refill);
    String entry = Words.entries(refill.index(), List.of(refill.entry()));
    tell("  " + member.id + " has found " + entry);
  }

  private void snapshot(Member member, RaftEffect effect) {
    String name = "  " + member.id;
    switch (effect) {
      case RaftEffect.SendPiece send -> sendPiece(member, send);
      case RaftEffect.EndSnapshot end -> tell(name + " sends no more pieces to " + end.to());
      case RaftEffect.TakePiece take -> {
        tell(name + " hands piece " + take.message().number() + " to its state machine");
        step(member, member.take(take.from(), take.message()));
      }
      case RaftEffect.LogRestarted restarted -> {
        member.logRestarted(restarted.mark(), restarted.suffixKept());
        String rest = restarted.suffixKept() ? ", and keeps what follows" : "";
        tell(name + " lets its log begin after " + Words.of(restarted.mark()) + rest);
      }
      default -> throw new IllegalArgumentException("no part of a snapshot: " + effect);
    }
  }

  /// Every snapshot has two pieces.
  private void sendPiece(Member member, RaftEffect.SendPiece send) {
    boolean last = send.number() == 1;
    RaftMessage message =
        new RaftMessage.InstallSnapshot(
            send.term(), send.mark(), send.number(), last, new byte[0], send.round());
    tell("  " + member.id + " to " + send.to() + ": " + Words.of(message));
    network.send(member.id, member.storeId(), send.to(), message);
  }

  private void refused(String name, RaftEffect.MembershipRefused refused) {
    String reason = Objects.requireNonNullElse(refused.reason(), "it does not lead");
    tell(name + " refuses " + tickets.get(refused.ticket()) + ": " + reason);
  }

  private static String writeWords(RaftEffect.Persist write) {
    String state = write.hardState() == null ? "" : " " + Words.of(write.hardState());
    String entries =
        write.entries().isEmpty()
            ? ""
            : " log from " + Words.entries(write.firstIndex(), write.entries());
    return state + entries;
  }

  private void apply(Member member, long throughIndex) {
    for (long i = member.applyThrough(throughIndex); i <= throughIndex; i++) {
      Entry entry = member.raft().log().entryAt(i);
      String words = Words.entries(i, List.of(entry));
      String before = appliedByIndex.putIfAbsent(i, words);
      assertThat(before == null || before.equals(words))
          .as("StateMachineSafety: %s applies %s, another applied %s", member.id, words, before)
          .isTrue();
      tell("  " + member.id + " applies " + words);
    }
  }

  private void roleChanged(Member member, RaftEffect.RoleChanged changed) {
    if (changed.role() == Role.LEADER) {
      NodeId before = leaderByTerm.putIfAbsent(changed.term(), member.id);
      assertThat(before).as("ElectionSafety: another leader of term %s", changed.term()).isNull();
    }
    tell("  " + member.id + " is " + Words.of(changed.role()) + " of term " + changed.term());
  }

  private long ticket(String name) {
    long ticket = tickets.size() + 1L;
    tickets.put(ticket, name);
    return ticket;
  }

  private Member member(String name) {
    Member member = members.get(idOf(name));
    if (member == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return member;
  }

  private static NodeId idOf(String name) {
    return new NodeId(Integer.parseInt(name.substring(1)));
  }

  private static String words(Network.Flying flying) {
    return flying.from() + " to " + flying.to() + ": " + Words.of(flying.message());
  }

  private void tell(String line) {
    told.add(line);
  }
}
