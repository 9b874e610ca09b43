package dev.nucleusdb.raft.script;

import java.util.List;
import java.util.NavigableMap;

/// One command of a script and what it should give.
///
/// @param lineNumber where it stands, from 1
/// @param command its first word
/// @param arguments values by name: `cfg=(1, 2)` gives two
/// @param body what stands between the command and the rule
/// @param expected what stands below the rule
record Directive(
    int lineNumber,
    String command,
    NavigableMap<String, List<String>> arguments,
    String body,
    List<String> expected) {

  /// The last line that says something; empty if there is none.
  String lastLine() {
    return expected.isEmpty() ? "" : expected.getLast().strip();
  }
}
