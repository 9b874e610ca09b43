package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Happening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The rows of the picture: nodes first, then clients, each in the order of joining.
final class Lanes {
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private int nodeCount;

  Lanes(List<Happening> happenings, OperationLog log) {
    Map<Integer, Actor> nodes = new TreeMap<>();
    Map<Integer, Actor> clients = new TreeMap<>();
    Consumer<Actor> meet =
        actor -> (actor.node() == null ? clients : nodes).putIfAbsent(actor.index(), actor);
    happenings.forEach(happening -> eachActor(happening, meet));
    nodes.values().forEach(actor -> add(actor.name()));
    nodeCount = places.size();
    clients.values().forEach(actor -> add(actor.name()));
    log.records().stream()
        .map(OperationLog.Entry::client)
        .distinct()
        .sorted()
        .forEach(client -> add(clientName(client)));
  }

  private static void eachActor(Happening happening, Consumer<Actor> meet) {
    switch (happening) {
      case Happening.Traced traced -> meet.accept(traced.actor());
      case Happening.Carried carried -> {
        meet.accept(carried.from());
        meet.accept(carried.to());
      }
      case Happening.NodeUp up -> meet.accept(up.node());
      case Happening.NodeDown down -> meet.accept(down.node());
      case Happening.NodePaused paused -> meet.accept(paused.node());
      case Happening.FaultBegan _,
          Happening.FaultEnded _,
          Happening.Healed _,
          Happening.Violated _ -> {}
    }
  }

  private void add(String name) {
    places.putIfAbsent(name, places.size());
  }

  List<String> names() {
    return List.copyOf(places.keySet());
  }

  int nodeCount() {
    return nodeCount;
  }

  int count() {
    return places.size();
  }

  int of(Actor actor) {
    Integer place = places.get(actor.name());
    if (place == null) {
      throw new IllegalStateException("no lane for " + actor);
    }
    return place;
  }

  int ofClient(int number) {
    return places.getOrDefault(clientName(number), 0);
  }

  private static String clientName(int number) {
    return "c" + number;
  }

  /// The lanes that a fault concerns, in the groups that it makes: the sides of a partition; the
  /// sender and the receiver of a link; otherwise one group. Told by the form of its words, so that
  /// families may be added without a word here.
  List<List<Integer>> groups(PlanEntry entry) {
    if (entry.detail().indexOf('|') >= 0) {
      return groups(entry.detail(), '|');
    }
    if (entry.detail().indexOf('>') >= 0) {
      return groups(entry.detail(), '>');
    }
    String who = untilSlash(entry.target());
    if (who.indexOf('>') >= 0) {
      return groups(who, '>');
    }
    return List.of(who.isEmpty() ? allNodes() : group(who));
  }

  private static String untilSlash(String target) {
    int slash = target.indexOf('/');
    return slash < 0 ? target : target.substring(0, slash);
  }

  private List<Integer> allNodes() {
    List<Integer> all = new ArrayList<>();
    for (int lane = 0; lane < nodeCount; lane++) {
      all.add(lane);
    }
    return all;
  }

  private List<List<Integer>> groups(String names, char between) {
    int middle = names.indexOf(between);
    if (middle < 0) {
      return List.of(group(names));
    }
    return List.of(group(names.substring(0, middle)), group(names.substring(middle + 1)));
  }

  /// Names of which nothing else was seen have no lane.
  private List<Integer> group(String names) {
    List<Integer> lanes = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      Integer lane = places.get(name);
      if (lane != null) {
        lanes.add(lane);
      }
    }
    return lanes;
  }
}
