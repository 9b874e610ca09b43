package dev.nucleusdb.bench.trial;

import dev.nucleusdb.bench.nucleus.GroupsNode;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The groups of all nodes as one that is led by whoever is to lead each of them. An entry that is
/// proposed because another was committed goes to the same node, as that of a client would.
final class AllGroups implements RaftNode {
  private final List<GroupsNode> nodes;
  private final List<GroupsNode> leaders;
  private final AtomicInteger next = new AtomicInteger();

  AllGroups(List<GroupsNode> nodes) {
    this.nodes = nodes;
    this.leaders = nodes.stream().filter(GroupsNode::isLeader).toList();
  }

  @Override
  public boolean leads() {
    return leaders.stream().allMatch(GroupsNode::leads);
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    for (GroupsNode leader : leaders) {
      if (leader.isCurrent()) {
        leader.propose(entry, verdict);
        return;
      }
    }
    leaders
        .get((next.getAndIncrement() & Integer.MAX_VALUE) % leaders.size())
        .propose(entry, verdict);
  }

  @Override
  public void handOver(int target) {
    throw new UnsupportedOperationException("each group has its own leader");
  }

  @Override
  public void close() {
    nodes.forEach(GroupsNode::close);
  }
}
