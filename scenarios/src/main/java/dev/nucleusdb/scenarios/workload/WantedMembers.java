package dev.nucleusdb.scenarios.workload;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.database.gateway.Request;
import dev.nucleusdb.database.gateway.Request.MemberAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// Who an administrator wants to take part, in the words of a plan:
///
/// ```
///   wish = "members:" ids [":" ids]      voters, and learners if there are any
///   ids  = id *("+" id)
/// ```
///
/// @param voters who is to decide, sorted
/// @param learners who is to get the log and not to count, sorted
public record WantedMembers(List<Integer> voters, List<Integer> learners) {
  private static final String WISH = "members:";

  /// All nodes vote.
  static WantedMembers all(int nodeCount) {
    return of(range(nodeCount), List.of());
  }

  private static WantedMembers of(Collection<Integer> voters, Collection<Integer> learners) {
    return new WantedMembers(List.copyOf(voters), List.copyOf(learners));
  }

  private static TreeSet<Integer> range(int nodeCount) {
    TreeSet<Integer> all = new TreeSet<>();
    for (int id = 1; id <= nodeCount; id++) {
      all.add(id);
    }
    return all;
  }

  /// The fewest voters that are wished for in a cluster of so many nodes: three, or two of three.
  ///
  /// @return `nodeCount` if the cluster is too small for changes
  public static int voterCountMin(int nodeCount) {
    return nodeCount > 3 ? 3 : Math.min(nodeCount, 2);
  }

  /// The next wish: all again, one more, one less, one for another, any set, or all but the leader.
  ///
  /// @param leader the node that leads; 0 if nobody does
  WantedMembers next(int nodeCount, int leader, RandomSource random) {
    TreeSet<Integer> voting = new TreeSet<>(voters);
    TreeSet<Integer> others = range(nodeCount);
    others.removeAll(voting);
    switch (random.nextInt(7)) {
      case 0 -> voting.addAll(others);
      case 1 -> move(others, voting, random);
      case 2 -> move(voting, others, random);
      case 3 -> {
        int goes = pick(voting, random);
        move(others, voting, random);
        voting.remove(goes);
      }
      case 4, 5 -> {
        voting.addAll(others);
        int count = (int) random.nextBetween(voterCountMin(nodeCount), nodeCount);
        while (voting.size() > count) {
          voting.remove(pick(voting, random));
        }
      }
      default -> voting.remove(leader);
    }
    TreeSet<Integer> rest = range(nodeCount);
    while (voting.size() < voterCountMin(nodeCount)) {
      rest.removeAll(voting);
      voting.add(pick(rest, random));
    }
    rest.removeAll(voting);
    boolean learn = random.chance(0.4);
    rest.removeIf(node -> !(learn && random.chance(0.6)));
    return of(voting, rest);
  }

  private static void move(TreeSet<Integer> from, TreeSet<Integer> to, RandomSource random) {
    if (!from.isEmpty()) {
      int node = pick(from, random);
      from.remove(node);
      to.add(node);
    }
  }

  private static int pick(TreeSet<Integer> nodes, RandomSource random) {
    return new ArrayList<>(nodes).get(random.nextInt(nodes.size()));
  }

  /// @throws IllegalArgumentException if the words of a plan are no such wish
  static WantedMembers parse(String words) {
    require(
        words.matches(WISH + "\\d{1,4}(\\+\\d{1,4})*(:\\d{1,4}(\\+\\d{1,4})*)?"),
        "do=%s is no members:ID+ID or members:ID+ID:ID",
        words);
    String[] parts = words.substring(WISH.length()).split(":", -1);
    return of(ids(parts[0]), parts.length == 1 ? List.of() : ids(parts[1]));
  }

  private static List<Integer> ids(String words) {
    List<Integer> ids = new ArrayList<>();
    for (String word : words.split("\\+", -1)) {
      ids.add(Integer.parseInt(word));
    }
    return ids;
  }

  @Override
  public String toString() {
    return WISH + join(voters) + (learners.isEmpty() ? "" : ":" + join(learners));
  }

  private static String join(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining("+"));
  }

  /// Whether nodes are a majority of the voters.
  public boolean isQuorum(IntPredicate members) {
    return voters.stream().filter(members::test).count() > voters.size() / 2;
  }

  /// What the leader is asked for.
  Request.Members request() {
    return new Request.Members(addresses(voters), addresses(learners));
  }

  private static List<MemberAddress> addresses(List<Integer> ids) {
    return ids.stream().map(id -> new MemberAddress(id, "")).toList();
  }
}
