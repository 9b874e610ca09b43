package dev.nucleusdb.peers.microraft;

import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftSystem;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftNode.RaftNodeBuilder;
import io.microraft.persistence.RestoredRaftState;
import io.microraft.statemachine.StateMachine;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// MicroRaft with its defaults, but for timeouts, which it takes in whole seconds: a heartbeat a
/// second, an election after two of silence; and a snapshot, which is empty, every 250,000 commits.
public final class MicroRaftSystem implements RaftSystem {
  private static final Object GROUP = "bench";
  private static final int SNAPSHOT_COMMITS = 250_000;

  @Override
  public dev.nucleusdb.bench.system.RaftNode start(Place place) throws IOException {
    List<RaftEndpoint> all =
        IntStream.range(0, place.ports().size()).<RaftEndpoint>mapToObj(Endpoint::new).toList();
    RaftConfig config =
        RaftConfig.newBuilder()
            .setLeaderElectionTimeoutMillis(1000)
            .setLeaderHeartbeatPeriodSecs(1)
            .setLeaderHeartbeatTimeoutSecs(2)
            .setCommitCountToTakeSnapshot(SNAPSHOT_COMMITS)
            .build();
    MessageCodec codec = new MessageCodec(GROUP);
    NettyTransport transport = new NettyTransport(place, codec);
    FileStore store = new FileStore(place.folder(), codec.models());
    RestoredRaftState restored = store.restored();
    RaftNodeBuilder builder =
        RaftNode.newBuilder()
            .setGroupId(GROUP)
            .setConfig(config)
            .setTransport(transport)
            .setStore(store)
            .setStateMachine(new Machine());
    if (restored == null) {
      builder.setLocalEndpoint(all.get(place.index())).setInitialGroupMembers(all);
    } else {
      builder.setRestoredState(restored);
    }
    RaftNode node = builder.build();
    transport.deliverTo(node);
    node.start().join();
    return new MicroRaftNode(node, transport);
  }

  /// Answers; nothing else.
  private static final class Machine implements StateMachine {
    @Override
    public Object runOperation(long commitIndex, Object operation) {
      return true;
    }

    @Override
    public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
      chunks.accept(new byte[0]);
    }

    @Override
    public void installSnapshot(long commitIndex, List<Object> chunks) {}

    @Override
    public Object getNewTermOperation() {
      return new byte[0];
    }
  }
}
