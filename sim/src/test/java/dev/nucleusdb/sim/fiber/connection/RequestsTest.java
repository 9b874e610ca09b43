package dev.nucleusdb.sim.fiber.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.sim.FaultSource;
import dev.nucleusdb.sim.World;
import dev.nucleusdb.sim.WorldOptions;
import dev.nucleusdb.sim.fault.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Questions and answers.
class RequestsTest {
  private static final Address SERVER = new Address("n1");
  private final List<String> seen = new ArrayList<>();

  /// A world in which a client asks the server three times; the server takes 10 ms.
  private World world(String plan) {
    World world = new World(WorldOptions.calm(3).with(new FaultSource.Follow(Plan.parse(plan))));
    world.addProgram(
        new NodeId(1),
        SERVER,
        fibers ->
            new Requests(fibers)
                .serve((from, payload) -> {
                  seen.add("asked " + payload[0]);
                  fibers.sleep(Duration.ofMillis(10));
                  return new byte[] {(byte) -payload[0]};
                }));
    world.addClient(
        new Address("c1"),
        fibers -> {
          Requests requests = new Requests(fibers);
          for (byte i = 1; i <= 3; i++) {
            Answer answer = requests.call(SERVER, new byte[] {i}, Duration.ofMillis(100));
            seen.add(
                switch (answer) {
                  case Answer.Reply(byte[] payload) -> "answer " + payload[0];
                  case Answer.Unknown _ -> "unknown";
                  case Answer.Refused _ -> "refused";
                });
          }
        });
    return world;
  }

  @Test
  void an_answer_comes_to_whoever_asked() {
    assertThat(world("").run()).isNull();
    assertThat(seen)
        .containsExactly("asked 1", "answer -1", "asked 2", "answer -2", "asked 3", "answer -3");
  }

  @Test
  void a_lost_question_or_answer_is_unknown() {
    assertThat(world("loss/c1>n1/1\nloss/n1>c1/1").run()).isNull();
    assertThat(seen).containsExactly("unknown", "asked 2", "unknown", "asked 3", "answer -3");
  }

  @Test
  void a_question_that_is_damaged_or_brought_to_somebody_else_is_lost() {
    World world = world("bit-flip/c1>n1/1 bit=150\nmisdelivery/c1>n1/2 to=n2");
    world.addProgram(
        new NodeId(2),
        new Address("n2"),
        fibers -> new Requests(fibers).serve((from, payload) -> new byte[] {77}));
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("unknown", "unknown", "asked 3", "answer -3");
  }

  @Test
  void a_late_answer_is_not_taken_for_another() {
    assertThat(world("reorder/n1>c1/1 by=0.2s").run()).isNull();
    assertThat(seen)
        .containsExactly("asked 1", "unknown", "asked 2", "answer -2", "asked 3", "answer -3");
  }

  @Test
  void an_address_that_nobody_has_refuses() {
    World world = new World(WorldOptions.calm(1));
    world.addClient(
        new Address("c1"),
        fibers ->
            seen.add(
                String.valueOf(
                    new Requests(fibers)
                        .call(new Address("nobody"), new byte[0], Duration.ofSeconds(1)))));
    assertThat(world.run()).isNull();
    assertThat(seen).containsExactly("Refused[]");
  }

  @Test
  void a_crash_of_the_server_is_unknown() {
    assertThat(world("crash/n1/1 at=0.005s down=0.05s disk=drop").run()).isNull();
    assertThat(seen)
        .containsExactly("asked 1", "unknown", "asked 2", "answer -2", "asked 3", "answer -3");
  }
}
