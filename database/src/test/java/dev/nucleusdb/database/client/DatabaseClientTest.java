package dev.nucleusdb.database.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.network.Address;
import dev.nucleusdb.core.network.Network;
import dev.nucleusdb.core.random.SplitMix;
import dev.nucleusdb.core.time.Clock;
import dev.nucleusdb.core.time.Timers;
import dev.nucleusdb.core.time.WallTime;
import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.api.StaleOutcome;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.ClientCodec;
import dev.nucleusdb.database.gateway.Command;
import dev.nucleusdb.database.gateway.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseClientTest {
  private static final List<Address> NODES = List.of(new Address("n1"), new Address("n2"));

  private static final Duration PAUSE_MAX = ClientOptions.DEFAULT.retryPause().multipliedBy(2);

  private final Seams seams = new Seams();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final DatabaseClient client =
      new DatabaseClient(seams, seams, seams, new SplitMix(1), NODES, ClientOptions.DEFAULT);

  @Test
  void a_write_opens_a_session_first_and_is_repeated_under_the_same_number() {
    client.execute(put("a"), outcomes::add);
    assertThat(seams.lastBody())
        .isInstanceOfSatisfying(
            Request.Write.class,
            write -> assertThat(write.command()).isInstanceOf(Command.OpenSession.class));
    seams.answer(new Answer.SessionOpened(7));
    Request.Body first = seams.lastBody();
    seams.pass(ClientOptions.DEFAULT.attemptTimeout());

    assertThat(first).isInstanceOf(Request.Write.class);
    Command.Execute once = (Command.Execute) ((Request.Write) first).command();
    Command.Execute again = (Command.Execute) ((Request.Write) seams.lastBody()).command();
    assertThat(again.session()).isEqualTo(7);
    assertThat(again.sequence()).isEqualTo(once.sequence()).isEqualTo(1);
    seams.answer(new Answer.Done(new Reply.Done()));
    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void a_stale_read_asks_another_node_if_the_first_is_too_old_and_tells_the_bound() {
    List<StaleOutcome> ends = new ArrayList<>();
    client.readStale(new Operation.Get(new byte[] {1}), Duration.ofSeconds(5), ends::add);
    Address first = seams.lastTo;
    seams.answer(new Answer.Refused(Answer.Kind.UNAVAILABLE, "the state of n1 is 9000 ms old"));
    seams.pass(ClientOptions.DEFAULT.retryPause().multipliedBy(2));
    assertThat(seams.lastBody()).isInstanceOf(Request.StaleRead.class);
    assertThat(seams.lastTo).isNotEqualTo(first);

    Reply value = new Reply.Value(null);
    seams.answer(new Answer.Stale(value, Duration.ofMillis(30)));
    assertThat(ends).containsExactly(new StaleOutcome.Ok(value, Duration.ofMillis(30)));
  }

  @Test
  void a_stale_read_that_nobody_serves_says_what_was_said_last() {
    List<StaleOutcome> ends = new ArrayList<>();
    client.readStale(new Operation.Get(new byte[] {1}), Duration.ofSeconds(5), ends::add);
    seams.answer(new Answer.Refused(Answer.Kind.UNAVAILABLE, "the state of n1 is 9000 ms old"));
    for (int i = 0; i < 100 && ends.isEmpty(); i++) {
      seams.pass(ClientOptions.DEFAULT.attemptTimeout());
    }
    assertThat(ends)
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            StaleOutcome.Failed.class,
            failed -> assertThat(failed.reason()).endsWith("the state of n1 is 9000 ms old"));
  }

  @Test
  void a_wish_for_another_leader_is_not_repeated_while_the_leader_is_at_it() {
    List<Answer.Transferred> ends = new ArrayList<>();
    client.transferLeadership(
        2,
        end -> {
          if (end != null) {
            ends.add(end);
          }
        });
    Request.Body asked = seams.lastBody();
    seams.pass(ClientOptions.DEFAULT.attemptTimeout());
    assertThat(asked).isEqualTo(new Request.Transfer(2)).isSameAs(seams.lastBody());

    seams.answer(new Answer.Transferred(true, "n2 leads"));
    assertThat(ends).containsExactly(new Answer.Transferred(true, "n2 leads"));
  }

  @Test
  void a_wish_for_other_members_is_not_repeated_and_a_refusal_is_told() {
    List<Answer.Members> ends = new ArrayList<>();
    Request.Members wish =
        new Request.Members(List.of(new Request.MemberAddress(1, "")), List.of());
    client.members(
        wish,
        end -> {
          if (end != null) {
            ends.add(end);
          }
        });
    Request.Body asked = seams.lastBody();
    seams.pass(ClientOptions.DEFAULT.attemptTimeout());
    assertThat(asked).isEqualTo(wish).isSameAs(seams.lastBody());

    seams.answer(new Answer.Refused(Answer.Kind.INVALID, "n1 is named twice"));
    assertThat(ends).extracting(Answer.Members::words).containsExactly("n1 is named twice");
  }

  @Test
  void a_diagnosis_is_cut_where_it_grows_too_long() {
    List<String> lines = Collections.nCopies(40, "x".repeat(300));
    Answer.Status status = new Answer.Status(1, true, "", 1, 1, 1, 1, 1, 1, lines);
    assertThat(status.diagnosis()).hasSize(32).allMatch(line -> line.length() == 200);
  }

  /// The refused request may have been doubled on the way, and its copy may still meet a leader.
  @Test
  void a_write_that_was_refused_everywhere_is_unknown_all_the_same() {
    openSession();
    client.execute(put("b"), outcomes::add);
    for (int i = 0; i < 1000 && outcomes.isEmpty(); i++) {
      seams.answer(new Answer.NotLeader(""));
      seams.pass(Duration.ofMillis(50));
    }

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_write_whose_session_is_gone_is_unknown_and_the_next_one_opens_another() {
    openSession();
    client.execute(put("b"), outcomes::add);
    seams.answer(new Answer.Refused(Answer.Kind.SESSION_EXPIRED, "gone"));
    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Unknown.class);

    client.execute(put("c"), outcomes::add);
    Command command = ((Request.Write) seams.lastBody()).command();
    assertThat(command).isInstanceOf(Command.OpenSession.class);
  }

  @Test
  void a_write_that_never_left_has_failed() {
    openSession();
    seams.refusing = true;
    client.execute(put("b"), outcomes::add);
    for (int i = 0; i < 1000 && outcomes.isEmpty(); i++) {
      seams.pass(Duration.ofMillis(50));
    }

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void a_read_without_an_answer_has_failed() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    seams.pass(ClientOptions.DEFAULT.operationTimeout().plusSeconds(1));

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void a_node_that_does_not_lead_sends_the_client_to_the_one_that_does() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    seams.answer(new Answer.NotLeader("n9"));

    assertThat(seams.lastTo).isEqualTo(new Address("n9"));
  }

  @Test
  void a_node_whose_connection_ends_is_not_waited_for() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    Address gone = seams.lastTo;
    seams.end(gone);
    seams.pass(PAUSE_MAX);
    assertThat(seams.lastTo).isNotEqualTo(gone);

    seams.answer(new Answer.NotLeader(gone.name()));
    assertThat(seams.lastTo).isEqualTo(gone);
    seams.pass(PAUSE_MAX);
    assertThat(seams.lastTo).as("who is doubted has a moment").isNotEqualTo(gone);

    seams.answer(new Answer.NotLeader(gone.name()));
    seams.answer(new Answer.NotLeader(""));
    seams.pass(PAUSE_MAX.multipliedBy(2));
    seams.answer(new Answer.NotLeader(gone.name()));
    seams.pass(PAUSE_MAX.multipliedBy(2));
    assertThat(seams.lastTo).as("who was heard has its time").isEqualTo(gone);
  }

  @Test
  void the_end_of_another_nodes_connection_changes_nothing_under_way() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    Address asked = seams.lastTo;
    Request before = seams.last;
    seams.end(new Address(asked.name().equals("n1") ? "n2" : "n1"));
    seams.pass(PAUSE_MAX);
    assertThat(seams.last).isSameAs(before);
  }

  @Test
  void a_doubt_ends_when_the_time_for_an_attempt_is_over() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    seams.end(seams.lastTo);
    seams.answer(new Answer.Done(new Reply.Value(null)));
    client.execute(new Operation.Get(bytes("a")), outcomes::add);
    seams.end(seams.lastTo);
    seams.pass(ClientOptions.DEFAULT.attemptTimeout().plus(PAUSE_MAX));
    Request before = seams.last;
    seams.pass(PAUSE_MAX);
    assertThat(seams.last).isSameAs(before);
  }

  @Test
  void a_wish_of_which_there_must_not_be_two_waits_for_its_answer_though_the_connection_ends() {
    List<Answer.@Nullable Transferred> ends = new ArrayList<>();
    client.transferLeadership(2, ends::add);
    Request before = seams.last;
    seams.end(seams.lastTo);
    seams.pass(ClientOptions.DEFAULT.attemptTimeout());
    assertThat(seams.last).isSameAs(before);
    assertThat(ends).isEmpty();
  }

  @Test
  void only_the_node_that_is_meant_is_asked_how_it_is() {
    List<Answer.@Nullable Status> ends = new ArrayList<>();
    Address meant = new Address("n2");
    client.status(meant, ends::add);
    Request before = seams.last;
    seams.end(meant);
    seams.pass(PAUSE_MAX);
    assertThat(seams.last).isSameAs(before);
    seams.answer(new Answer.Refused(Answer.Kind.UNAVAILABLE, "busy"));
    seams.pass(PAUSE_MAX);
    assertThat(seams.last).isNotSameAs(before);
    assertThat(seams.lastTo).isEqualTo(meant);
    seams.pass(ClientOptions.DEFAULT.attemptTimeout());
    assertThat(ends).hasSize(1).containsOnlyNulls();
  }

  @Test
  void one_operation_at_a_time() {
    client.execute(new Operation.Get(bytes("a")), outcomes::add);

    assertThatThrownBy(() -> client.execute(put("b"), outcomes::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one operation at a time");
  }

  private void openSession() {
    client.execute(put("first"), outcome -> {});
    seams.answer(new Answer.SessionOpened(7));
    seams.answer(new Answer.Done(new Reply.Done()));
  }

  private static Operation put(String key) {
    return new Operation.Put(bytes(key), bytes("value"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Time that passes when told to, and a network whose answers the test makes up.
  private static final class Seams implements Clock, Timers, Network {
    private record Armed(long atNanos, Runnable action) {}

    private final List<Armed> armed = new ArrayList<>();
    private @Nullable Receiver receiver;
    private @Nullable Request last;
    private Address lastTo = new Address("nobody");
    private boolean refusing;
    private long nowNanos;

    void end(Address node) {
      Objects.requireNonNull(receiver).disconnected(node);
    }

    Request.Body lastBody() {
      return Objects.requireNonNull(last).body();
    }

    void answer(Answer.Body body) {
      Request request = Objects.requireNonNull(last);
      Answer answer = new Answer(request.number(), request.attempt(), body);
      Objects.requireNonNull(receiver).receive(lastTo, ClientCodec.encode(answer));
    }

    void pass(Duration duration) {
      long until = nowNanos + duration.toNanos();
      while (true) {
        Armed next =
            armed.stream()
                .filter(timer -> timer.atNanos() <= until)
                .min(java.util.Comparator.comparingLong(Armed::atNanos))
                .orElse(null);
        if (next == null) {
          break;
        }
        armed.remove(next);
        nowNanos = Math.max(nowNanos, next.atNanos());
        next.action().run();
      }
      nowNanos = until;
    }

    @Override
    public long monotonicNanos() {
      return nowNanos;
    }

    @Override
    public WallTime wall() {
      return new WallTime(Instant.EPOCH, Duration.ZERO);
    }

    @Override
    public Timer at(long deadlineNanos, Runnable action) {
      Armed timer = new Armed(deadlineNanos, action);
      armed.add(timer);
      return () -> armed.remove(timer);
    }

    @Override
    public Address self() {
      return new Address("c1");
    }

    @Override
    public boolean send(Address to, byte[] message) {
      if (refusing) {
        return false;
      }
      last = ClientCodec.decodeRequest(message);
      lastTo = to;
      return true;
    }

    @Override
    public void receive(Receiver newReceiver) {
      receiver = newReceiver;
    }

    @Override
    public int maxMessageBytes() {
      return 1 << 20;
    }
  }
}
