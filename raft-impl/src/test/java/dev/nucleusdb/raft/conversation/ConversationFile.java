package dev.nucleusdb.raft.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A conversation as text: blocks of commands, `----`, and what they caused up to the next empty
/// line. Lines that begin with `#` are comments.
final class ConversationFile {
  private static final String RULE = "----";

  private ConversationFile() {}

  /// Plays a conversation.
  ///
  /// @param text the file
  /// @param play is given each command with its line number and returns what it caused
  /// @return the file as it should be
  static String play(String text, Function<Command, List<String>> play) {
    List<String> out = new ArrayList<>();
    List<String> effects = new ArrayList<>();
    boolean expecting = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.equals(RULE)) {
        expecting = true;
        out.add(RULE);
        out.addAll(effects.isEmpty() ? List.of("nothing") : effects);
        effects.clear();
      } else if (line.isBlank()) {
        expecting = false;
        out.add("");
      } else if (!expecting) {
        out.add(line);
        if (!line.startsWith("#")) {
          effects.addAll(play.apply(new Command(number, line)));
        }
      }
    }
    if (!effects.isEmpty()) {
      out.add(RULE);
      out.addAll(effects);
    }
    return String.join("\n", out) + "\n";
  }

  /// One command.
  ///
  /// @param lineNumber where it stands, from 1
  /// @param text the line
  record Command(int lineNumber, String text) {}
}
