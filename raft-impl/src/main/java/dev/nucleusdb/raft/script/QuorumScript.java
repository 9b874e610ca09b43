package dev.nucleusdb.raft.script;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Ballots.Ballot;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.Majority;
import dev.nucleusdb.raft.membership.VoteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// `committed cfg=(1,2) cfgj=(2,3) idx=(5,_,7)` and `vote cfg=… cfgj=… votes=(y,n,_)`. Values
/// belong to the voters of `cfg`, then to those of `cfgj` that are not among them; `_` is none.
/// `cfgj=zero` is an empty outgoing half.
final class QuorumScript {
  private static final String NONE = "_";

  /// The picture of an empty quorum, which ends without a line end, so that the verdict stands
  /// behind it.
  private static final String EMPTY_PICTURE = "<empty majority quorum>";

  private final Configuration configuration;
  private final Map<NodeId, String> values = new TreeMap<>();
  private final boolean isMismatched;

  private QuorumScript(Directive directive, String valuesName) {
    List<String> cfg = directive.arguments().getOrDefault("cfg", List.of());
    List<String> cfgj = directive.arguments().getOrDefault("cfgj", List.of());
    List<NodeId> incoming = ids(cfg);
    List<NodeId> outgoing = cfgj.equals(List.of("zero")) ? List.of() : ids(cfgj);
    this.configuration =
        new Configuration(
            new Majority(incoming), new Majority(outgoing), List.of(), List.of(), false);
    List<NodeId> order = new ArrayList<>(incoming);
    outgoing.stream().filter(id -> !incoming.contains(id)).forEach(order::add);
    List<String> given = directive.arguments().getOrDefault(valuesName, List.of());
    this.isMismatched = given.size() != new TreeSet<>(order).size();
    for (int i = 0; i < Math.min(order.size(), given.size()); i++) {
      values.put(order.get(i), given.get(i));
    }
  }

  static Compared run(Directive directive) {
    String expected = directive.lastLine().replace(EMPTY_PICTURE, "");
    boolean isVote = directive.command().equals("vote");
    QuorumScript script = new QuorumScript(directive, isVote ? "votes" : "idx");
    if (script.isMismatched) {
      String error = "error: mismatched input";
      return new Compared(expected.startsWith(error) ? error : expected, error);
    }
    return new Compared(expected, isVote ? script.vote() : script.committed());
  }

  private String committed() {
    long index =
        configuration.reached(id -> {
          String value = values.getOrDefault(id, NONE);
          return value.equals(NONE) ? 0 : Long.parseLong(value);
        });
    return index == Majority.EVERYTHING ? "∞" : Long.toString(index);
  }

  private String vote() {
    VoteResult result =
        configuration.vote(id ->
            switch (values.getOrDefault(id, NONE)) {
              case "y" -> Ballot.GRANTED;
              case "n" -> Ballot.REFUSED;
              case NONE -> Ballot.MISSING;
              default -> throw new IllegalArgumentException("a vote is y, n or _");
            });
    return switch (result) {
      case PENDING -> "VotePending";
      case LOST -> "VoteLost";
      case WON -> "VoteWon";
    };
  }

  private static List<NodeId> ids(List<String> numbers) {
    return numbers.stream().map(number -> new NodeId(Integer.parseInt(number))).toList();
  }
}
