package dev.nucleusdb.cli.client;

import dev.nucleusdb.cli.shell.UsageException;
import dev.nucleusdb.database.gateway.Answer;
import dev.nucleusdb.database.gateway.Request;
import dev.nucleusdb.database.gateway.Request.MemberAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who takes part, as people write it.
///
/// ```
///   list   = member *("," member)
///   member = ["n"] id ["=" host ":" port]      the address only for a node that is new
/// ```
final class MemberList {
  private static final Pattern MEMBER =
      Pattern.compile("n?([1-9]\\d{0,8})(?:=([^:\\s]+:\\d{1,5}))?");

  private MemberList() {}

  /// What the flags ask for: nothing to change if there are none.
  ///
  /// @throws UsageException if a list makes no sense
  static Request.Members wish(@Nullable String voters, @Nullable String learners) {
    if (voters == null && learners != null) {
      throw new UsageException("--learners goes with --set, which says who votes");
    }
    return new Request.Members(parse(voters), parse(learners));
  }

  private static List<MemberAddress> parse(@Nullable String list) {
    List<MemberAddress> members = new ArrayList<>();
    if (list == null) {
      return members;
    }
    for (String word : list.split(",", -1)) {
      Matcher matcher = MEMBER.matcher(word.strip());
      if (!matcher.matches()) {
        throw new UsageException(
            "'" + word.strip() + "' is no member; write 1,2,3, and a new node as 4=HOST:PORT");
      }
      String address = matcher.group(2);
      members.add(
          new MemberAddress(Integer.parseInt(matcher.group(1)), address == null ? "" : address));
    }
    return members;
  }

  /// One line for each member.
  static String words(Answer.Members members) {
    StringBuilder words = new StringBuilder();
    members.voters().forEach(member -> add(words, member, "votes"));
    members.learners().forEach(member -> add(words, member, "learns"));
    return words.append(members.changing() ? "a change is under way\n" : "").toString();
  }

  private static void add(StringBuilder words, MemberAddress member, String part) {
    words.append('n').append(member.id()).append(' ').append(member.address());
    words.append(' ').append(part).append('\n');
  }
}
