package dev.nucleusdb.peers.ratis;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.RaftSystem;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.TimeDuration;

/// Apache Ratis with its defaults, which sync the log at each flush, but for the election timeouts.
/// It takes no snapshots.
public final class RatisSystem implements RaftSystem {
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(UUID.fromString("6e75636c-6575-4000-8000-000000000001"));

  @Override
  public RaftNode start(Place place) throws IOException {
    List<RaftPeer> peers =
        IntStream.range(0, place.ports().size())
            .mapToObj(
                i -> RaftPeer.newBuilder().setId("n" + i).setAddress(place.address(i)).build())
            .toList();
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(place.folder().toFile()));
    long election = place.electionTimeout().toMillis();
    RaftServerConfigKeys.Rpc.setTimeoutMin(
        properties, TimeDuration.valueOf(election, TimeUnit.MILLISECONDS));
    RaftServerConfigKeys.Rpc.setTimeoutMax(
        properties, TimeDuration.valueOf(2 * election, TimeUnit.MILLISECONDS));
    GrpcConfigKeys.Server.setPort(properties, place.port());
    boolean known = place.folder().resolve(GROUP.getUuid().toString()).toFile().exists();
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(peers.get(place.index()).getId())
            .setGroup(RaftGroup.valueOf(GROUP, peers))
            .setStateMachine(new Machine())
            .setProperties(properties)
            .setOption(known ? RaftStorage.StartupOption.RECOVER : RaftStorage.StartupOption.FORMAT)
            .build();
    server.start();
    return new RatisNode(server, GROUP, peers);
  }

  /// Answers; nothing else.
  private static final class Machine extends BaseStateMachine {
    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
      updateLastAppliedTermIndex(
          transaction.getLogEntry().getTerm(), transaction.getLogEntry().getIndex());
      return CompletableFuture.completedFuture(Message.EMPTY);
    }
  }
}
