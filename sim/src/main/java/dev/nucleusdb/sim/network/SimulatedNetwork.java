package dev.nucleusdb.sim.network;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.core.trace.Digest;
import dev.nucleusdb.sim.fault.CounterRandom;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.time.EventKind;
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

/// Carries all messages of a world. Undisturbed, a message takes the link's latency and order is
/// kept; rules disturb it. Standing rules (partitions, clogs) last for a while; chance rules strike
/// single messages and report each strike as an entry of the plan.
public final class SimulatedNetwork {
  private final Kernel kernel;
  private final NetworkProfile profile;
  private final boolean checksBytes;
  private final RandomSource latencies;
  private final Map<Address, Actor> actors = new LinkedHashMap<>();
  private final List<@Nullable Endpoint> endpoints = new ArrayList<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<String, Rule> standing = new LinkedHashMap<>();
  private List<ChanceRule> chances = List.of();
  private Predicate<Actor> healed = actor -> false;
  private Consumer<PlanEntry> happened = entry -> {};

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
    releaseHeld();
  }

  private boolean isHealed(Link link) {
    return healed.test(link.from()) && healed.test(link.to());
  }

  /// Puts a rule up that stands until [#lift].
  public void impose(String entryName, Rule rule) {
    standing.put(entryName, rule);
  }

  /// Takes a standing rule down; what it held is sent on.
  public void lift(String entryName) {
    standing.remove(entryName);
    releaseHeld();
  }

  private void releaseHeld() {
    for (Link link : links.values()) {
      if (!link.held.isEmpty() && !isHeld(link)) {
        List<Message> waiting = List.copyOf(link.held);
        link.held.clear();
        waiting.forEach(message -> deliverInOrder(message, 0));
      }
    }
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
          Link link = new Link(from, to, new CounterRandom(latencies.fork(name)));
          link.healed = isHealed(link);
          return link;
        });
  }

  /// Hands a message over.
  boolean send(Link link, byte[] bytes) {
    long ordinal = ++link.sentCount;
    Message message =
        new Message(
            link, ordinal, kernel.nowNanos(), bytes, Digest.hash(bytes), epochOf(link.to()));
    if (link.inFlightCount >= profile.linkCapacity()) {
      end(message, MessageFate.REFUSED);
      return false;
    }
    if (isCut(link)) {
      end(message, MessageFate.CUT);
      return true;
    }
    dispatch(message);
    return true;
  }

  private void dispatch(Message message) {
    Link link = message.link();
    long extraNanos = 0;
    boolean overtaken = false;
    for (ChanceRule rule : link.healed ? List.<ChanceRule>of() : chances) {
      Fate fate = rule.judge(link, message.ordinal());
      if (fate.equals(Fate.PASS)) {
        continue;
      }
      happened.accept(
          PlanEntry.message(
              rule.family(), link.name(), message.ordinal(), ChanceRule.amountOf(fate)));
      switch (fate) {
        case Fate.Deliver(long nanos, boolean late) -> {
          extraNanos += nanos;
          overtaken |= late;
        }
        case Fate.Duplicate(long nanos) -> deliverAt(message.copy(), arrival(message) + nanos);
        case Fate.Drop _ -> {
          end(message, MessageFate.LOST);
          return;
        }
        case Fate.Pass _, Fate.Hold _ -> {}
      }
    }
    if (isHeld(link)) {
      link.inFlightCount++;
      link.held.add(message);
    } else if (overtaken) {
      link.inFlightCount++;
      deliverAt(message, arrival(message) + extraNanos);
    } else {
      link.inFlightCount++;
      deliverInOrder(message, extraNanos);
    }
  }

  private void deliverInOrder(Message message, long extraNanos) {
    Link link = message.link();
    link.clearNanos = Math.max(link.clearNanos, arrival(message) + extraNanos);
    deliverAt(message, link.clearNanos);
  }

  private long arrival(Message message) {
    return kernel.nowNanos() + message.link().latencyNanos(profile, message.ordinal());
  }

  private void deliverAt(Message message, long atNanos) {
    kernel.schedule(atNanos, () -> arrive(message));
  }

  private void arrive(Message message) {
    Link link = message.link();
    if (!message.isCopy()) {
      link.inFlightCount--;
    }
    Endpoint endpoint = endpoints.get(link.to().index());
    if (isCut(link)) {
      end(message, MessageFate.CUT);
    } else if (endpoint == null
        || !endpoint.host().isAlive()
        || (!message.isCopy() && endpoint.epoch() != message.receiverEpoch())) {
      end(message, MessageFate.DEAD_RECEIVER);
    } else {
      endpoint.host().execute(() -> hand(message, endpoint));
    }
  }

  private void hand(Message message, Endpoint endpoint) {
    checkBytes(message, "on the way, by " + message.link().from());
    kernel.executed(EventKind.DELIVERY, linkNumber(message.link()), message.ordinal());
    kernel.fold(EventKind.DELIVERY, message.hash(), message.isCopy() ? 1 : 0);
    report(message, message.isCopy() ? MessageFate.DELIVERED_AGAIN : MessageFate.DELIVERED);
    Network.@Nullable Receiver receiver = endpoint.receiver();
    if (receiver != null) {
      receiver.receive(message.link().from().address(), message.bytes());
      checkBytes(message, "by its receiver " + message.link().to());
    }
  }

  private void checkBytes(Message message, String who) {
    if (checksBytes && Digest.hash(message.bytes()) != message.hash()) {
      kernel.violate("message-changed", "the bytes of a message were changed " + who);
    }
  }

  private void end(Message message, MessageFate fate) {
    kernel.fold(EventKind.FATE, linkNumber(message.link()), message.ordinal() * 16 + fate.code());
    report(message, fate);
  }

  private void report(Message message, MessageFate fate) {
    byte[] bytes = message.bytes();
    kernel
        .observers()
        .onMessage(
            message.sentNanos(),
            message.link().from(),
            message.link().to(),
            bytes.length,
            bytes.length == 0 ? 0 : bytes[0],
            fate,
            kernel.nowNanos());
  }

  private boolean isCut(Link link) {
    return stands(link, Fate.DROP);
  }

  private boolean isHeld(Link link) {
    return stands(link, Fate.HOLD);
  }

  private boolean stands(Link link, Fate fate) {
    if (standing.isEmpty() || link.healed) {
      return false;
    }
    for (Rule rule : standing.values()) {
      if (rule.judge(link, 0).equals(fate)) {
        return true;
      }
    }
    return false;
  }

  /// A receiver that is down now is -2, which no incarnation is.
  private int epochOf(Actor actor) {
    Endpoint endpoint = endpoints.get(actor.index());
    return endpoint == null || !endpoint.host().isAlive() ? -2 : endpoint.epoch();
  }

  private static long linkNumber(Link link) {
    return ((long) link.from().index() << 32) | link.to().index();
  }
}
