package dev.nucleusdb.sim.fiber.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.random.RandomSource;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.FaultMix;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.fiber.FiberProgram;
import dev.nucleusdb.sim.fiber.Fibers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Byte streams, undisturbed and otherwise.
class StreamsTest {
  private static final Address SERVER = new Address("n1");
  private static final int PORT = 80;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final StreamOptions SMALL =
      new StreamOptions(7, 50, 1, 10, Duration.ofMillis(20), Duration.ofSeconds(5));
  private final List<String> seen = new ArrayList<>();

  private World world(WorldOptions options, FiberProgram server, FiberProgram client) {
    World world = new World(options);
    world.addProgram(new NodeId(1), SERVER, server);
    world.addClient(new Address("c1"), client);
    return world;
  }

  private World following(String plan, FiberProgram server, FiberProgram client) {
    return world(
        WorldOptions.calm(3).with(new FaultSource.Follow(Plan.parse(plan))), server, client);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String readAll(ByteStream stream) throws StreamException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[10];
    int count = stream.read(some);
    while (count != ByteStream.END) {
      all.write(some, 0, count);
      count = stream.read(some);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /// Reads all that a client says, then says it back.
  private static void echo(Fibers fibers, StreamOptions options) throws StreamException {
    Listener listener = new Streams(fibers, options).listen(PORT);
    while (true) {
      ByteStream stream = listener.accept();
      fibers.start(
          "echo",
          () -> {
            stream.write(bytes(readAll(stream)));
            stream.closeOutput();
          });
    }
  }

  @Test
  void what_is_written_is_read_in_order_and_each_side_closes_by_itself() {
    World world =
        following(
            "",
            fibers -> echo(fibers, SMALL),
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).connect(SERVER, PORT, SECOND);
              stream.write(bytes("what is written is read ".repeat(20)));
              stream.closeOutput();
              seen.add(readAll(stream));
            });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("what is written is read ".repeat(20));
  }

  @Test
  void no_byte_is_lost_doubled_or_moved_by_a_bad_network() {
    for (long seed = 1; seed <= 20; seed++) {
      seen.clear();
      FaultMix bad =
          FaultMix.NONE
              .with(FaultFamily.LOSS, 0.2, 0)
              .with(FaultFamily.DUPLICATE, 0.2, 500_000_000)
              .with(FaultFamily.REORDER, 0.2, 50_000_000)
              .with(FaultFamily.DELAY, 0.1, 50_000_000)
              .with(FaultFamily.BIT_FLIP, 0.1, 0)
              .with(FaultFamily.MISDELIVERY, 0.1, 0);
      StringBuilder text = new StringBuilder();
      World world =
          world(
              WorldOptions.calm(seed).with(new FaultSource.Draw(bad)),
              fibers -> echo(fibers, SMALL),
              fibers -> {
                ByteStream stream =
                    new Streams(fibers, SMALL).connect(SERVER, PORT, Duration.ofSeconds(10));
                for (int i = 0; i < 50; i++) {
                  text.append(i).append(' ');
                  stream.write(bytes(i + " "));
                  pause(fibers.random(), fibers);
                }
                stream.closeOutput();
                seen.add(readAll(stream));
              });
      assertThat(world.run()).as("seed %d", seed).isNull();
      assertThat(seen).as("seed %d", seed).containsExactly(text.toString());
      assertThat(world.faultCounts().of(FaultFamily.LOSS)).isPositive();
    }
  }

  private static void pause(RandomSource random, Fibers fibers) {
    if (random.chance(0.3)) {
      fibers.sleep(Duration.ofNanos(random.nextInt(50_000_000)));
    }
  }

  @Test
  void a_writer_waits_for_a_slow_reader() {
    World world =
        following(
            "",
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).listen(PORT).accept();
              fibers.sleep(Duration.ofSeconds(10));
              seen.add("reads");
              readAll(stream);
            },
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).connect(SERVER, PORT, SECOND);
              stream.write(new byte[40]);
              seen.add("in the buffer");
              stream.write(new byte[100]);
              seen.add("written");
              assertThat(stream.flush(SECOND)).isTrue();
            });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("in the buffer", "reads", "written");
  }

  @Test
  void nobody_listens_or_nobody_answers() {
    World refusing =
        following("", Streams::new, fibers -> connectTo(fibers, Duration.ofSeconds(1)));
    assertThat(refusing.run()).isNull();
    World silent =
        following(
            "partition/1 at=0s for=20s sides=n1|c1",
            fibers -> new Streams(fibers).listen(PORT),
            fibers -> connectTo(fibers, Duration.ofSeconds(1)));
    assertThat(silent.run()).isNull();
    assertThat(seen).containsExactly("REFUSED", "SILENT");
  }

  private void connectTo(Fibers fibers, Duration timeout) {
    try {
      new Streams(fibers).connect(SERVER, PORT, timeout);
      seen.add("connected");
    } catch (StreamException failure) {
      seen.add(failure.kind().name());
    }
  }

  @Test
  void a_peer_that_is_cut_off_is_silence_to_a_reader_and_a_failure_to_a_writer() {
    World world =
        following(
            "partition/1 at=1s for=20s sides=n1|c1",
            fibers -> new Streams(fibers, SMALL).listen(PORT).accept(),
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).connect(SERVER, PORT, SECOND);
              fibers.sleep(Duration.ofSeconds(2));
              seen.add("read " + stream.read(new byte[1], Duration.ofSeconds(10)));
              stream.write(new byte[1]);
              try {
                stream.read(new byte[1]);
              } catch (StreamException failure) {
                seen.add(failure.kind().name());
              }
            });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("read 0", "SILENT");
  }

  @Test
  void a_peer_that_was_down_resets_the_stream_when_it_hears_of_it() {
    World world =
        following(
            "crash/n1/1 at=1s down=2s disk=drop",
            fibers -> new Streams(fibers, SMALL).listen(PORT).accept(),
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).connect(SERVER, PORT, SECOND);
              fibers.sleep(Duration.ofSeconds(2));
              stream.write(new byte[1]);
              seen.add("read " + stream.read(new byte[1], Duration.ofMillis(500)));
              try {
                stream.read(new byte[1]);
              } catch (StreamException failure) {
                seen.add(failure.kind().name());
              }
            });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("read 0", "RESET");
  }

  @Test
  void a_reset_breaks_both_sides() {
    World world =
        following(
            "",
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).listen(PORT).accept();
              try {
                stream.read(new byte[1]);
              } catch (StreamException failure) {
                seen.add("server " + failure.kind());
              }
            },
            fibers -> {
              ByteStream stream = new Streams(fibers, SMALL).connect(SERVER, PORT, SECOND);
              stream.reset();
              try {
                stream.write(new byte[1]);
              } catch (StreamException failure) {
                seen.add("client " + failure.kind());
              }
            });
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("client CLOSED", "server RESET");
  }

  @Test
  void streams_that_are_over_make_room_for_new_ones() {
    World world =
        following(
            "",
            fibers -> echo(fibers, SMALL),
            fibers -> {
              Streams streams = new Streams(fibers, SMALL);
              for (int i = 0; i < 100; i++) {
                ByteStream stream = streams.connect(SERVER, PORT, SECOND);
                stream.write(bytes("x"));
                stream.closeOutput();
                seen.add(readAll(stream));
              }
            });
    assertThat(world.run()).isNull();
    assertThat(seen).hasSize(100).containsOnly("x");
  }
}
