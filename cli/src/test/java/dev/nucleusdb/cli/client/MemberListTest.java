package dev.nucleusdb.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Request;
import dev.nucleusdb.database.gateway.Request.MemberAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who takes part, as people write it.
final class MemberListTest {
  @Test
  void members_are_numbers_and_new_ones_have_an_address() {
    assertThat(MemberList.wish("1, n2,4=host:7104", "5"))
        .isEqualTo(
            new Request.Members(
                List.of(
                    new MemberAddress(1, ""),
                    new MemberAddress(2, ""),
                    new MemberAddress(4, "host:7104")),
                List.of(new MemberAddress(5, ""))));
    assertThat(MemberList.wish(null, null).voters()).isEmpty();
  }

  @Test
  void what_is_no_list_is_refused_in_one_line() {
    assertThatThrownBy(() -> MemberList.wish("1,,2", null))
        .isInstanceOf(UsageException.class)
        .hasMessage("'' is no member; write 1,2,3, and a new node as 4=HOST:PORT");
    assertThatThrownBy(() -> MemberList.wish(null, "4"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--learners goes with --set, which says who votes");
  }

  @Test
  void each_member_has_a_line() {
    Answer.Members members =
        new Answer.Members(
            true,
            "",
            List.of(new MemberAddress(1, "a:1")),
            List.of(new MemberAddress(2, "b:2")),
            true);
    assertThat(MemberList.words(members))
        .isEqualTo("n1 a:1 votes\nn2 b:2 learns\na change is under way\n");
  }
}
