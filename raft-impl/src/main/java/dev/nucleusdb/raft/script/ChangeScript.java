package dev.nucleusdb.raft.script;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.raft.membership.Configuration;
import dev.nucleusdb.raft.membership.ConfigurationChange;
import dev.nucleusdb.raft.membership.ConfigurationChange.Outcome;
import dev.nucleusdb.raft.membership.ConfigurationChange.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/// `simple`, `enter-joint [autoleave=true]` and `leave-joint`, one after the other on one
/// configuration that begins with nobody. Steps stand in the body: `v1` a voter, `l2` a learner,
/// `r3` removed, `u4` unchanged.
///
/// Compared are the configuration and who takes part as a learner or not; how far replication is
/// belongs to a leader.
final class ChangeScript {
  private Configuration configuration = Configuration.ofVoters(List.of());

  Compared run(Directive directive) {
    List<Step> steps = steps(directive.body());
    Outcome outcome =
        switch (directive.command()) {
          case "simple" -> ConfigurationChange.simple(configuration, steps);
          case "enter-joint" ->
              ConfigurationChange.enterJoint(
                  configuration,
                  directive
                      .arguments()
                      .getOrDefault("autoleave", List.of())
                      .equals(List.of("true")),
                  steps);
          default ->
              steps.isEmpty()
                  ? ConfigurationChange.leaveJoint(configuration)
                  : new Outcome.Refused("this command takes no input");
        };
    return switch (outcome) {
      case Outcome.Refused refused ->
          new Compared(String.join("\n", directive.expected()).strip(), refused.reason());
      case Outcome.Changed changed -> {
        configuration = changed.configuration();
        yield new Compared(reduced(directive.expected()), words(configuration));
      }
    };
  }

  private static List<Step> steps(String body) {
    return Arrays.stream(body.strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(ChangeScript::step)
        .toList();
  }

  private static Step step(String word) {
    int member = Integer.parseInt(word.substring(1));
    return switch (word.charAt(0)) {
      case 'v' -> new Step(Step.Kind.ADD_VOTER, member);
      case 'l' -> new Step(Step.Kind.ADD_LEARNER, member);
      case 'r' -> new Step(Step.Kind.REMOVE, member);
      case 'u' -> new Step(Step.Kind.UPDATE, member);
      default -> throw new IllegalArgumentException("unknown step " + word);
    };
  }

  /// The configuration's line, and of the members' lines the number and whether it is a learner.
  private static String reduced(List<String> expected) {
    List<String> lines = new ArrayList<>();
    for (String line : expected) {
      int colon = line.indexOf(": ");
      boolean isLearner = Arrays.asList(line.split(" ")).contains("learner");
      lines.add(
          colon < 0 ? line.strip() : line.substring(0, colon) + (isLearner ? " learner" : ""));
    }
    return String.join("\n", lines);
  }

  private static String words(Configuration configuration) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(configuration.toString());
    for (NodeId id : configuration.members()) {
      lines.add(id.value() + (configuration.learners().contains(id) ? " learner" : ""));
    }
    return lines.toString();
  }
}
