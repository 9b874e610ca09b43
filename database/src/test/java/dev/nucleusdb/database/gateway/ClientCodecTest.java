package dev.nucleusdb.database.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.gateway.Request.MemberAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Requests and answers about members come out of a message as they went in.
final class ClientCodecTest {
  private static final List<MemberAddress> VOTERS =
      List.of(new MemberAddress(1, ""), new MemberAddress(4, "127.0.0.1:7104"));

  @Test
  void a_wish_for_other_members_survives_the_way() {
    Request request =
        new Request(7, 2, new Request.Members(VOTERS, List.of(new MemberAddress(5, ""))));
    assertThat(ClientCodec.decodeRequest(ClientCodec.encode(request))).isEqualTo(request);
  }

  @Test
  void so_does_a_stale_read_with_its_bound() {
    Operation get = new Operation.Get(new byte[] {1});
    Request request = new Request(7, 2, new Request.StaleRead(get, Duration.ofMillis(1500)));
    Request read = ClientCodec.decodeRequest(ClientCodec.encode(request));
    assertThat(read).usingRecursiveComparison().isEqualTo(request);
  }

  @Test
  void and_so_does_its_answer() {
    Reply value = new Reply.Value(new byte[] {2});
    Answer answer = new Answer(7, 2, new Answer.Stale(value, Duration.ofNanos(17)));
    Answer read = ClientCodec.decodeAnswer(ClientCodec.encode(answer));
    assertThat(read).usingRecursiveComparison().isEqualTo(answer);
  }

  @Test
  void so_does_what_became_of_it() {
    Answer answer = new Answer(7, 2, new Answer.Members(false, "no", VOTERS, List.of(), true));
    assertThat(ClientCodec.decodeAnswer(ClientCodec.encode(answer))).isEqualTo(answer);
  }
}
