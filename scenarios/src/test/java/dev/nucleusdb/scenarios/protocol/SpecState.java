package dev.nucleusdb.scenarios.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The variables of `Raft.tla` as events change them. It checks nothing: that is the
/// specification's part. Only where a window begins is taken from here.
final class SpecState {
  private final int nodeCount;
  private final long[] term;
  private final long[] vote;
  private final String[] role;
  private final List<List<Long>> log = new ArrayList<>();
  private final int[] durable;
  private final int[] applied;
  private final TreeSet<String> cast = new TreeSet<>();
  private final Map<String, Long> castFor = new TreeMap<>();
  private final Map<Long, List<Long>> reign = new TreeMap<>();
  private final Map<Long, Integer> owner = new TreeMap<>();
  private final Map<Long, Map<Integer, Integer>> acks = new TreeMap<>();
  private final List<String> committed = new ArrayList<>();
  private final List<Long> committedTerms = new ArrayList<>();

  SpecState(int nodeCount) {
    this.nodeCount = nodeCount;
    this.term = new long[nodeCount + 1];
    this.vote = new long[nodeCount + 1];
    this.role = new String[nodeCount + 1];
    this.durable = new int[nodeCount + 1];
    this.applied = new int[nodeCount + 1];
    for (int node = 0; node <= nodeCount; node++) {
      role[node] = "follower";
      log.add(new ArrayList<>());
    }
  }

  List<Long> log(int node) {
    return log.get(node);
  }

  int durable(int node) {
    return durable[node];
  }

  int applied(int node) {
    return applied[node];
  }

  /// Follows one event.
  void follow(SpecEvent event) {
    switch (event) {
      case SpecEvent.Ballot e -> ballot(e);
      case SpecEvent.Vote e -> cast(e.node(), e.term(), e.candidate());
      case SpecEvent.Part e -> role[e.node()] = e.role();
      case SpecEvent.Lead e -> {
        role[e.node()] = "leader";
        reign.put(e.term(), new ArrayList<>(log.get(e.node())));
        owner.put(e.term(), e.node());
        cast(e.node(), e.term(), e.node());
      }
      case SpecEvent.Add e -> add(e);
      case SpecEvent.Persist e -> persist(e);
      case SpecEvent.Install e -> install(e.node(), e.index());
      case SpecEvent.Apply e -> apply(e);
      case SpecEvent.Restart e -> {
        int node = e.node();
        term[node] = e.term();
        vote[node] = castFor.getOrDefault(node + "/" + e.term(), 0L);
        role[node] = "follower";
        log.set(node, new ArrayList<>(e.log()));
        applied[node] = e.applied();
      }
    }
  }

  private void ballot(SpecEvent.Ballot e) {
    int node = e.node();
    if (e.term() > term[node] && e.candidate() != node) {
      role[node] = "follower";
    }
    term[node] = e.term();
    vote[node] = e.candidate();
  }

  private void cast(int node, long inTerm, long candidate) {
    cast.add("<<%d, %d, %d>>".formatted(node, inTerm, candidate));
    castFor.put(node + "/" + inTerm, candidate);
  }

  private void add(SpecEvent.Add e) {
    List<Long> entries = log.get(e.node());
    if (Integer.valueOf(e.node()).equals(owner.get(e.term())) && e.index() > entries.size()) {
      reign.computeIfAbsent(e.term(), _ -> new ArrayList<>()).add(e.term());
    }
    entries.subList(e.index() - 1, entries.size()).clear();
    entries.add(e.term());
    durable[e.node()] = Math.min(durable[e.node()], e.index() - 1);
  }

  private void persist(SpecEvent.Persist e) {
    int node = e.node();
    durable[node] = e.index();
    for (int i = e.index(); i > 0; i--) {
      if (log.get(node).get(i - 1) == term[node]) {
        acks.computeIfAbsent(term[node], _ -> new TreeMap<>()).merge(node, i, Math::max);
        return;
      }
    }
  }

  private void install(int node, int index) {
    List<Long> entries = log.get(node);
    boolean kept =
        entries.size() >= index && entries.get(index - 1).equals(committedTerms.get(index - 1));
    List<Long> next = new ArrayList<>(committedTerms.subList(0, index));
    if (kept) {
      next.addAll(entries.subList(index, entries.size()));
    }
    log.set(node, next);
    durable[node] = kept ? Math.max(durable[node], index) : index;
    applied[node] = Math.max(applied[node], index);
  }

  private void apply(SpecEvent.Apply e) {
    applied[e.node()] = e.index();
    if (e.index() > committed.size()) {
      committedTerms.add(e.term());
      committed.add("[term |-> %d, in |-> %d]".formatted(e.term(), committedIn(e)));
    }
  }

  private long committedIn(SpecEvent.Apply e) {
    List<Long> prefix = log.get(e.node()).subList(0, e.index());
    for (Map.Entry<Long, List<Long>> one : reign.entrySet()) {
      List<Long> entries = one.getValue();
      int[] reached =
          acks.getOrDefault(one.getKey(), Map.of()).values().stream()
              .mapToInt(i -> i)
              .sorted()
              .toArray();
      int majority = nodeCount / 2 + 1;
      if (reached.length >= majority
          && reached[reached.length - majority] >= e.index()
          && entries.size() >= e.index()
          && entries.subList(0, e.index()).equals(prefix)) {
        return one.getKey();
      }
    }
    return 0;
  }

  /// All of it as a TLA+ record.
  String tla() {
    List<String> acknowledged = new ArrayList<>();
    acks.forEach((inTerm, byNode) ->
        byNode.forEach(
            (node, index) -> acknowledged.add("<<%d, %d, %d>>".formatted(node, inTerm, index))));
    List<String> fields = new ArrayList<>();
    fields.add("term |-> " + each(node -> Long.toString(term[node])));
    fields.add("vote |-> " + each(node -> Long.toString(vote[node])));
    fields.add("role |-> " + each(node -> '"' + role[node] + '"'));
    fields.add("log |-> " + each(node -> SpecEvent.sequence(log.get(node))));
    fields.add("durable |-> " + each(node -> Integer.toString(durable[node])));
    fields.add("applied |-> " + each(node -> Integer.toString(applied[node])));
    fields.add("cast |-> {" + String.join(", ", cast) + "}");
    fields.add("reign |-> " + function(reign, entries -> SpecEvent.sequence((List<?>) entries)));
    fields.add("owner |-> " + function(owner, Object::toString));
    fields.add("acks |-> {" + String.join(", ", acknowledged) + "}");
    fields.add("committed |-> " + SpecEvent.sequence(committed));
    return "[" + String.join(",\n   ", fields) + "]";
  }

  private String each(java.util.function.IntFunction<String> value) {
    return IntStream.rangeClosed(1, nodeCount)
        .mapToObj(value)
        .collect(Collectors.joining(", ", "<<", ">>"));
  }

  private static String function(
      Map<Long, ?> values, java.util.function.Function<Object, String> value) {
    return values.isEmpty()
        ? "<<>>"
        : values.entrySet().stream()
            .map(one -> one.getKey() + " :> " + value.apply(one.getValue()))
            .collect(Collectors.joining(" @@ ", "(", ")"));
  }
}
