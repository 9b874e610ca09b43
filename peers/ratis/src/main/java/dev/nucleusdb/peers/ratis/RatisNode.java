package dev.nucleusdb.peers.ratis;

import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/// One node of Ratis. Requests are handed to the server itself, as its own transports hand them.
final class RatisNode implements RaftNode {
  private static final long HANDOVER_MILLIS = 10_000;

  private final RaftServer server;
  private final RaftServer.Division division;
  private final RaftGroupId group;
  private final List<RaftPeer> peers;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  RatisNode(RaftServer server, RaftGroupId group, List<RaftPeer> peers) throws IOException {
    this.server = server;
    this.division = server.getDivision(group);
    this.group = group;
    this.peers = peers;
  }

  @Override
  public boolean leads() {
    return division.getInfo().isLeaderReady();
  }

  @Override
  public void propose(byte[] entry, Verdict verdict) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      var _ =
          server
              .submitClientRequestAsync(request)
              .whenComplete(
                  (reply, failure) -> verdict.decided(failure == null && reply.isSuccess()));
    } catch (IOException _) {
      verdict.decided(false);
    }
  }

  @Override
  public void handOver(int target) {
    try {
      var _ =
          server.transferLeadershipAsync(
              new TransferLeadershipRequest(
                  client,
                  server.getId(),
                  group,
                  calls.incrementAndGet(),
                  peers.get(target).getId(),
                  HANDOVER_MILLIS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
