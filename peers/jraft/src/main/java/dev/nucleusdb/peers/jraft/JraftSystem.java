package dev.nucleusdb.peers.jraft;

import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import dev.nucleusdb.bench.system.Place;
import dev.nucleusdb.bench.system.RaftNode;
import dev.nucleusdb.bench.system.RaftSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

/// SOFAJRaft with its defaults, but for what decides about durability: `sync` and `syncMeta` are
/// on. It takes no snapshots.
public final class JraftSystem implements RaftSystem {
  @Override
  public RaftNode start(Place place) throws IOException {
    Files.createDirectories(place.folder());
    RaftOptions raft = new RaftOptions();
    raft.setSync(true);
    raft.setSyncMeta(true);
    List<PeerId> peers =
        IntStream.range(0, place.ports().size())
            .mapToObj(i -> PeerId.parsePeer(place.address(i)))
            .toList();
    NodeOptions options = new NodeOptions();
    options.setRaftOptions(raft);
    options.setElectionTimeoutMs((int) place.electionTimeout().toMillis());
    options.setInitialConf(new Configuration(peers));
    options.setFsm(new Machine());
    options.setLogUri(place.folder().resolve("log").toString());
    options.setRaftMetaUri(place.folder().resolve("meta").toString());
    options.setDisableCli(true);
    RaftGroupService service = new RaftGroupService("bench", peers.get(place.index()), options);
    return new JraftNode(service, service.start(), peers);
  }

  /// Answers whoever proposed; nothing else.
  private static final class Machine extends StateMachineAdapter {
    @Override
    public void onApply(Iterator entries) {
      while (entries.hasNext()) {
        if (entries.done() != null) {
          entries.done().run(Status.OK());
        }
        entries.next();
      }
    }
  }
}
