package dev.nucleusdb.peers.jraft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import java.nio.ByteBuffer;
import java.util.List;

/// One node of JRaft.
final class JraftNode implements RaftNode {
  private final RaftGroupService service;
  private final Node node;
  private final List<PeerId> peers;

  JraftNode(RaftGroupService service, Node node, List<PeerId> peers) {
    this.service = service;
    this.node = node;
    this.peers = peers;
  }

  @Override
  public boolean leads() {
    return node.isLeader(false);
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    node.apply(new Task(ByteBuffer.wrap(entry), status -> verdict.decided(status.isOk())));
  }

  @Override
  public void handOver(int target) {
    Status status = node.transferLeadershipTo(peers.get(target));
    if (!status.isOk()) {
      System.err.println("handover to " + peers.get(target) + ": " + status);
    }
  }

  @Override
  public void close() {
    service.shutdown();
  }
}
