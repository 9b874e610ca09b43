package dev.nucleusdb.peers.microraft;

import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;

/// One node of MicroRaft.
final class MicroRaftNode implements RaftNode {
  private final io.microraft.RaftNode node;
  private final NettyTransport transport;

  MicroRaftNode(io.microraft.RaftNode node, NettyTransport transport) {
    this.node = node;
    this.transport = transport;
  }

  @Override
  public boolean leads() {
    return node.getLocalEndpoint().equals(node.getTerm().getLeaderEndpoint());
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    var _ = node.replicate(entry).whenComplete((_, failure) -> verdict.decided(failure == null));
  }

  @Override
  public void handOver(int target) {
    var _ =
        node.transferLeadership(new Endpoint(target))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                System.err.println("handover: " + failure);
              }
            });
  }

  @Override
  public void close() {
    node.terminate().join();
    transport.close();
  }
}
