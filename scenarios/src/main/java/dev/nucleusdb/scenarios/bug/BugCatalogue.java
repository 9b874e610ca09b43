package dev.nucleusdb.scenarios.bug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All deliberate bugs.
public final class BugCatalogue {
  private BugCatalogue() {}

  /// Every bug, in a fixed order.
  public static List<Bug> all() {
    List<Bug> bugs = new ArrayList<>(RaftBugs.all());
    bugs.addAll(CountingBugs.all());
    bugs.addAll(MessageBugs.all());
    bugs.addAll(AnswerBugs.all());
    bugs.addAll(WaitingBugs.all());
    bugs.addAll(LeaseBugs.all());
    bugs.addAll(MembershipBugs.all());
    bugs.addAll(RepairBugs.all());
    bugs.addAll(SnapshotBugs.all());
    bugs.addAll(StoreBugs.all());
    bugs.addAll(IncidentBugs.all());
    bugs.addAll(StoreOptionBugs.all());
    bugs.addAll(DatabaseBugs.all());
    bugs.addAll(GroupBugs.all());
    return bugs;
  }

  /// The bug of a name.
  public static Optional<Bug> named(String name) {
    return all().stream().filter(bug -> bug.name().equals(name)).findFirst();
  }
}
