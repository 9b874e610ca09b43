package dev.nucleusdb.raft.membership;

import dev.nucleusdb.core.node.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// From one configuration to the next.
///
/// ```
///   plain ──simple──► plain        at most one voter differs: any two majorities share a member
///   plain ──enterJoint──► joint ──leaveJoint──► plain        anything may differ (thesis §4.3)
/// ```
///
/// A voter that becomes a learner while its vote still counts in the outgoing half waits for that
/// half to go: it stands among `learnersNext` until then.
public final class ConfigurationChange {
  /// What is to be done with one member.
  ///
  /// @param kind what
  /// @param member the member's number; steps about [NodeId#NONE] are passed over
  public record Step(Kind kind, int member) {
    /// What can be done with a member.
    public enum Kind {
      /// It is to vote.
      ADD_VOTER,
      /// It is to get entries and not to count.
      ADD_LEARNER,
      /// It is to go.
      REMOVE,
      /// It stays as it is.
      UPDATE
    }
  }

  /// What became of a change.
  public sealed interface Outcome {
    /// It is allowed.
    ///
    /// @param configuration the next configuration
    record Changed(Configuration configuration) implements Outcome {}

    /// It is not.
    ///
    /// @param reason why
    record Refused(String reason) implements Outcome {}
  }

  private final Configuration before;
  private final TreeSet<NodeId> incoming;
  private final TreeSet<NodeId> outgoing;
  private final TreeSet<NodeId> learners;
  private final TreeSet<NodeId> learnersNext;

  private ConfigurationChange(Configuration before) {
    this.before = before;
    this.incoming = new TreeSet<>(before.incoming().ids());
    this.outgoing = new TreeSet<>(before.outgoing().ids());
    this.learners = new TreeSet<>(before.learners());
    this.learnersNext = new TreeSet<>(before.learnersNext());
  }

  /// A change of at most one voter, and of any number of learners.
  public static Outcome simple(Configuration before, List<Step> steps) {
    if (before.isJoint()) {
      return new Outcome.Refused("can't apply simple config change in joint config");
    }
    ConfigurationChange change = new ConfigurationChange(before);
    steps.forEach(change::apply);
    if (change.incoming.isEmpty()) {
      return new Outcome.Refused("removed all voters");
    }
    if (change.voterDifference() > 1) {
      return new Outcome.Refused("more than one voter changed without entering joint config");
    }
    return change.changed(false);
  }

  /// Any change, begun by a configuration in which the voters before and after must both agree.
  public static Outcome enterJoint(Configuration before, boolean autoLeave, List<Step> steps) {
    if (before.isJoint()) {
      return new Outcome.Refused("config is already joint");
    }
    if (before.incoming().isEmpty()) {
      return new Outcome.Refused("can't make a zero-voter config joint");
    }
    ConfigurationChange change = new ConfigurationChange(before);
    change.outgoing.addAll(change.incoming);
    steps.forEach(change::apply);
    if (change.incoming.isEmpty()) {
      return new Outcome.Refused("removed all voters");
    }
    return change.changed(autoLeave);
  }

  /// The end of a joint configuration: the outgoing voters no longer count.
  public static Outcome leaveJoint(Configuration before) {
    if (!before.isJoint()) {
      return new Outcome.Refused("can't leave a non-joint config");
    }
    ConfigurationChange change = new ConfigurationChange(before);
    change.learners.addAll(change.learnersNext);
    change.learnersNext.clear();
    change.outgoing.clear();
    return change.changed(false);
  }

  private void apply(Step step) {
    if (step.member() == NodeId.NONE) {
      return;
    }
    NodeId id = new NodeId(step.member());
    switch (step.kind()) {
      case ADD_VOTER -> {
        remove(id);
        incoming.add(id);
      }
      case ADD_LEARNER -> {
        remove(id);
        (outgoing.contains(id) ? learnersNext : learners).add(id);
      }
      case REMOVE -> remove(id);
      case UPDATE -> {}
    }
  }

  private void remove(NodeId id) {
    incoming.remove(id);
    learners.remove(id);
    learnersNext.remove(id);
  }

  private int voterDifference() {
    int difference = 0;
    for (NodeId id : incoming) {
      difference += before.incoming().contains(id) ? 0 : 1;
    }
    for (NodeId id : before.incoming().ids()) {
      difference += incoming.contains(id) ? 0 : 1;
    }
    return difference;
  }

  private Outcome changed(boolean autoLeave) {
    return new Outcome.Changed(
        new Configuration(
            new Majority(new ArrayList<>(incoming)),
            new Majority(new ArrayList<>(outgoing)),
            List.copyOf(learners),
            List.copyOf(learnersNext),
            autoLeave));
  }
}
