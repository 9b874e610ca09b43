package dev.nucleusdb.core.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.disk.CorruptionException;
import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LocalNodeTest {
  @TempDir Path folder;
  private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
  private final SystemClock clock = new SystemClock(Duration.ZERO);
  private final NodeThread thread =
      NodeThread.start(
          "n1", clock, NodeThreadOptions.DEFAULT, (reason, failure) -> happened.add(reason));
  private FileDisk disk;

  @BeforeEach
  void open() {
    disk = FileDisk.open(folder, thread, FileDiskOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    thread.close();
    disk.close();
  }

  private LocalNode start(Function<NodeContext, Node> maker) {
    return LocalNode.start(
        new NodeId(1), clock, thread, new Silence(), disk, new SystemRandom(), Trace.NONE, maker);
  }

  private Node node(Runnable start) {
    return new Node() {
      @Override
      public void start() {
        happened.add("start on its thread: " + thread.isCurrent());
        start.run();
      }

      @Override
      public void stop() {
        happened.add("stop on its thread: " + thread.isCurrent());
      }
    };
  }

  @Test
  void a_node_starts_and_stops_on_its_thread() {
    start(context -> node(() -> {})).close();
    assertThat(happened).containsExactly("start on its thread: true", "stop on its thread: true");
  }

  @Test
  void what_a_start_throws_is_the_callers_and_the_thread_ends() {
    assertThatThrownBy(() ->
            start(context ->
                node(() -> {
                  throw new CorruptionException("raft/wal", 7, "bad");
                })))
        .isInstanceOf(CorruptionException.class);
    assertThat(thread.isEnding()).isTrue();
  }

  @Test
  void a_node_that_has_halted_is_not_stopped_again() {
    LocalNode node =
        start(context ->
            node(() -> context.timers().at(0, () -> context.halt().halt("the disk failed"))));
    thread.close();
    assertThat(node.hasEnded()).isTrue();
    node.close();
    assertThat(happened).doesNotContain("stop on its thread: true");
  }

  /// A network over which nothing comes.
  private static final class Silence implements Network {
    @Override
    public Address self() {
      return new Address("n1");
    }

    @Override
    public boolean send(Address to, byte[] message) {
      return false;
    }

    @Override
    public void receive(Receiver receiver) {}

    @Override
    public int maxMessageBytes() {
      return 1024;
    }
  }
}
