package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.time.EventKind;
import dev.nucleusdb.sim.time.EventOrder;
import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.MessageFate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Carries all messages of a world. Undisturbed, a message takes the link's latency, and order is
/// kept if the [LinkModel] says so; rules disturb it. Standing rules (partitions, clogs) last for a
/// while; chance rules strike single messages and report each strike as an entry of the plan.
public final class SimulatedNetwork {
  private final Kernel kernel;
  private final NetworkProfile profile;
  private final boolean checksBytes;
  private final RandomSource latencies;
  private final Map<Address, Actor> actors = new LinkedHashMap<>();
  private final List<@Nullable Endpoint> endpoints = new ArrayList<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final StandingRules standing = new StandingRules();
  private List<ChanceRule> chances = List.of();
  private Predicate<Actor> healed = actor -> false;
  private Consumer<PlanEntry> happened = entry -> {};
  private MessageNames names = MessageNames.NONE;

  /// @param random the stream of base latencies
  /// @param checksBytes whether to verify that nobody changes a message's bytes
  public SimulatedNetwork(
      Kernel kernel, NetworkProfile profile, RandomSource random, boolean checksBytes) {
    this.kernel = kernel;
    this.profile = profile;
    this.checksBytes = checksBytes;
    this.latencies = random;
  }

  /// What it is like on a good day.
  public NetworkProfile profile() {
    return profile;
  }

  /// The rules that strike single messages from now on, in order, and who is told of each strike.
  public void chances(List<ChanceRule> rules, Consumer<PlanEntry> listener) {
    chances = List.copyOf(rules);
    happened = listener;
  }

  /// From now on nothing disturbs the ways between those named; all others stay as they are.
  public void heal(Predicate<Actor> named) {
    healed = named;
    links.values().forEach(link -> link.healed = isHealed(link));
    release();
  }

  private boolean isHealed(Link link) {
    return healed.test(link.from()) && healed.test(link.to());
  }

  /// What the kinds of messages are called from now on.
  public void names(MessageNames newNames) {
    names = newNames;
  }

  /// Puts a rule up that stands until [#lift].
  public void impose(String entryName, StandingRule rule) {
    for (Link link : links.values()) {
      if (rule.breaks(link)) {
        tellEnd(link);
        breakConnection(link);
      }
    }
    standing.add(entryName, rule);
    for (long afterNanos : rule.releasesNanos()) {
      kernel.schedule(kernel.nowNanos() + afterNanos, this::release);
    }
  }

  /// Takes a standing rule down; what it held is sent on.
  public void lift(String entryName) {
    standing.remove(entryName);
    release();
  }

  /// Sends on what no rule holds any more.
  private void release() {
    for (Link link : links.values()) {
      if (!link.held.isEmpty() && !standing.hold(link, kernel.nowNanos())) {
        List<Message> waiting = List.copyOf(link.held);
        link.held.clear();
        waiting.forEach(message -> deliverInOrder(message, 0));
      }
    }
  }

  /// The process of `actor` is over, and its machine goes on: that closes the connections that the
  /// process had, and the other sides hear of it after all that it had sent.
  public void hangUp(Actor actor) {
    for (Link link : links.values()) {
      if (link.from().equals(actor)) {
        tellEnd(link);
      }
    }
  }

  /// Whoever receives over a connection hears of its end, unless something is in the way then.
  private void tellEnd(Link link) {
    if (profile.links() == LinkModel.STREAM && link.openConnection == link.connection) {
      Message end = Message.endOf(link, kernel.nowNanos(), epochOf(link.to()));
      long latency = link.latencyNanos(profile, end.ordinal());
      kernel.schedule(Math.max(link.clearNanos, kernel.nowNanos() + latency), () -> arriveEnd(end));
    }
  }

  private void arriveEnd(Message end) {
    Link link = end.link();
    Endpoint endpoint = endpoints.get(link.to().index());
    if (endpoint != null
        && endpoint.host().isAlive()
        && endpoint.epoch() == end.receiverEpoch()
        && !standing.cut(end, kernel.nowNanos())) {
      kernel.ready(linkNumber(link), () -> endpoint.host().execute(() -> handEnd(end, endpoint)));
    }
  }

  private void handEnd(Message end, Endpoint endpoint) {
    kernel.executed(EventKind.DISCONNECTED, linkNumber(end.link()), end.ordinal());
    report(end, end.arrivesAs());
    Network.@Nullable Receiver receiver = endpoint.receiver();
    if (receiver != null) {
      receiver.disconnected(end.link().from().address());
    }
  }

  /// What is on the way is lost with the connection; what waits is lost at once.
  private void breakConnection(Link link) {
    link.connection++;
    List<Message> waiting = List.copyOf(link.held);
    link.held.clear();
    link.inFlightCount -= waiting.size();
    waiting.forEach(message -> end(message, MessageFate.LOST));
  }

  /// Gives somebody an address, for ever.
  public void register(Actor actor) {
    require(actors.put(actor.address(), actor) == null, "%s is taken", actor.address());
    endpoints.add(null);
  }

  /// Connects a new incarnation; the one before it no longer receives anything.
  public Endpoint attach(Host host) {
    int index = host.actor().index();
    Endpoint before = endpoints.get(index);
    Endpoint endpoint = new Endpoint(this, host, before == null ? 1 : before.epoch() + 1);
    endpoints.set(index, endpoint);
    for (Link link : links.values()) {
      if (link.from().index() == index || link.to().index() == index) {
        link.connection++;
      }
    }
    return endpoint;
  }

  /// The way between two endpoints, or null if nobody has the address.
  @Nullable Link link(Actor from, Address address) {
    Actor to = actors.get(address);
    if (to == null) {
      return null;
    }
    return links.computeIfAbsent(
        Link.nameOf(from.name(), to.name()),
        name -> {
          Link link = new Link(from, to, links.size(), new CounterRandom(latencies.fork(name)));
          link.healed = isHealed(link);
          return link;
        });
  }

  /// Hands a message over.
  boolean send(Link link, byte[] bytes) {
    Message message =
        new Message(
            link,
            ++link.sentCount,
            kernel.nowNanos(),
            bytes,
            Digest.hash(bytes),
            names.nameOf(bytes),
            epochOf(link.to()),
            link.connection,
            MessageFate.DELIVERED);
    if (link.inFlightCount >= profile.linkCapacity() || standing.refuse(link)) {
      end(message, MessageFate.REFUSED);
      return false;
    }
    if (standing.cut(message, kernel.nowNanos())) {
      end(message, MessageFate.CUT);
      return true;
    }
    dispatch(message);
    return true;
  }

  private void dispatch(Message sent) {
    Link way = sent.link();
    Journey journey = new Journey(sent, profile.links());
    for (ChanceRule rule : way.healed ? List.<ChanceRule>of() : chances) {
      PlanEntry entry = journey.isOver() ? null : rule.strike(sent);
      if (entry != null) {
        happened.accept(entry);
        journey.meet(rule.fate(entry));
      }
    }
    if (!standing.isEmpty()) {
      standing.judge(journey, kernel.nowNanos());
    }
    Message message = journey.message();
    if (journey.copyNanos() >= 0) {
      deliverAt(sent.copy(), arrival(sent) + journey.copyNanos());
    }
    if (journey.isOver() || (!journey.receivers().isEmpty() && !divert(journey))) {
      end(message, MessageFate.LOST);
      return;
    }
    Link link = message.link();
    link.inFlightCount++;
    if (standing.hold(link, kernel.nowNanos())) {
      link.held.add(message);
    } else if (journey.isOvertaken()) {
      deliverAt(message, arrival(message) + journey.extraNanos());
    } else {
      deliverInOrder(message, journey.extraNanos());
    }
  }

  /// Sends a message to others.
  ///
  /// @return whether its own receiver gets it too
  private boolean divert(Journey journey) {
    Message message = journey.message();
    boolean own = false;
    for (String name : journey.receivers()) {
      if (name.equals(message.link().to().name())) {
        own = true;
      } else {
        Link other = link(message.link().from(), new Address(name));
        if (other != null) {
          deliverAt(message.divertedTo(other), arrival(message) + journey.extraNanos());
        }
      }
    }
    return own;
  }

  private void deliverInOrder(Message message, long extraNanos) {
    Link link = message.link();
    link.clearNanos = Math.max(link.clearNanos, arrival(message) + extraNanos);
    deliverAt(message, link.clearNanos);
  }

  private long arrival(Message message) {
    Link link = message.link();
    return kernel.nowNanos()
        + link.latencyNanos(profile, message.ordinal()) * tripsOf(link)
        + standing.addedNanos(link);
  }

  /// A stream shakes hands before its first message: three trips instead of one.
  private int tripsOf(Link link) {
    if (profile.links() != LinkModel.STREAM || link.openConnection == link.connection) {
      return 1;
    }
    link.openConnection = link.connection;
    return 3;
  }

  private void deliverAt(Message message, long atNanos) {
    kernel.schedule(atNanos, () -> arrive(message));
  }

  private void arrive(Message message) {
    Link link = message.link();
    if (!message.isStray()) {
      link.inFlightCount--;
    }
    Endpoint endpoint = endpoints.get(link.to().index());
    if (standing.cut(message, kernel.nowNanos())) {
      end(message, MessageFate.CUT);
    } else if (endpoint == null
        || !endpoint.host().isAlive()
        || (!message.isStray() && endpoint.epoch() != message.receiverEpoch())) {
      end(message, MessageFate.DEAD_RECEIVER);
    } else if (isConnectionGone(message)) {
      end(message, MessageFate.LOST);
    } else {
      kernel.ready(linkNumber(link), () -> endpoint.host().execute(() -> hand(message, endpoint)));
    }
  }

  private boolean isConnectionGone(Message message) {
    return profile.links() == LinkModel.STREAM
        && !message.isStray()
        && message.connection() != message.link().connection;
  }

  private void hand(Message message, Endpoint endpoint) {
    checkBytes(message);
    kernel.executed(EventKind.DELIVERY, linkNumber(message.link()), message.ordinal());
    kernel.fold(EventKind.DELIVERY, message.hash(), message.arrivesAs().code() - 1L);
    report(message, message.arrivesAs());
    Network.@Nullable Receiver receiver = endpoint.receiver();
    if (receiver != null) {
      boolean unchanged = Loan.hand(receiver, message.link().from().address(), message.bytes());
      if (!unchanged) {
        tellChange("by its receiver ", message.link().to());
      }
    }
  }

  private void checkBytes(Message message) {
    if (checksBytes && Digest.hash(message.bytes()) != message.hash()) {
      tellChange("on the way, by ", message.link().from());
    }
  }

  private void tellChange(String how, Actor suspect) {
    kernel.violate("message-changed", "the bytes of a message were changed " + how + suspect);
  }

  private void end(Message message, MessageFate fate) {
    kernel.fold(EventKind.FATE, linkNumber(message.link()), message.ordinal() * 16 + fate.code());
    report(message, fate);
  }

  private void report(Message message, MessageFate fate) {
    byte[] bytes = message.bytes();
    kernel
        .observers()
        .onMessageOfType(
            message.type(),
            message.sentNanos(),
            message.link().from(),
            message.link().to(),
            bytes.length,
            bytes.length == 0 ? 0 : bytes[0],
            fate,
            kernel.nowNanos());
  }

  /// A receiver that is down now is -2, which no incarnation is.
  private int epochOf(Actor actor) {
    Endpoint endpoint = endpoints.get(actor.index());
    return endpoint == null || !endpoint.host().isAlive() ? -2 : endpoint.epoch();
  }

  private static long linkNumber(Link link) {
    return EventOrder.messagesOf(link.from().index(), link.to().index());
  }
}
