package dev.nucleusdb.raft.script;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a script.
///
/// ```
///   script    := (comment | empty | directive)*        comment begins with "#"
///   directive := command-line body-line* rule output   a command line may go on after "\"
///   rule      := "----"
///   output    := lines up to an empty one
///              | rule lines rule rule                   where the output has empty lines
///   argument  := name | name "=" value | name "=(" value ("," value)* ")"
/// ```
final class Directives {
  private static final String RULE = "----";
  private static final Pattern ARGUMENT =
      Pattern.compile("([\\w-]+)(?:=(?:\\(([^)]*)\\)|([^\\s(]\\S*)))?(?:\\s+|$)");

  private final List<String> lines;
  private int at;

  private Directives(List<String> lines) {
    this.lines = lines;
  }

  /// The directives of a script.
  ///
  /// @throws MalformedScriptException if it is none
  static List<Directive> of(String name, String text) {
    Directives reader = new Directives(text.lines().toList());
    List<Directive> all = new ArrayList<>();
    while (reader.skipToNext()) {
      all.add(reader.next(name));
    }
    return all;
  }

  private boolean skipToNext() {
    while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith("#"))) {
      at++;
    }
    return at < lines.size();
  }

  private Directive next(String name) {
    int lineNumber = at + 1;
    StringBuilder head = new StringBuilder(lines.get(at++).strip());
    while (head.charAt(head.length() - 1) == '\\' && at < lines.size()) {
      head.setCharAt(head.length() - 1, ' ');
      head.append(lines.get(at++).strip());
    }
    StringBuilder body = new StringBuilder();
    while (at < lines.size() && !lines.get(at).equals(RULE)) {
      body.append(lines.get(at++)).append('\n');
    }
    if (at == lines.size()) {
      throw new MalformedScriptException(name, lineNumber, "no ---- follows");
    }
    at++;
    List<String> expected = at < lines.size() && lines.get(at).equals(RULE) ? fenced() : output();
    return directive(name, lineNumber, head.toString().strip(), body.toString(), expected);
  }

  private List<String> output() {
    List<String> output = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).isBlank()) {
      output.add(lines.get(at++));
    }
    return output;
  }

  private List<String> fenced() {
    at++;
    List<String> output = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).equals(RULE)) {
      output.add(lines.get(at++));
    }
    at = Math.min(lines.size(), at + 2);
    return output;
  }

  private static Directive directive(
      String name, int lineNumber, String head, String body, List<String> expected) {
    String[] words = head.split("\\s+", 2);
    NavigableMap<String, List<String>> arguments = new TreeMap<>();
    String rest = words.length > 1 ? words[1] : "";
    Matcher matcher = ARGUMENT.matcher(rest);
    int end = 0;
    while (end < rest.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new MalformedScriptException(name, lineNumber, "no argument: " + rest.substring(end));
      }
      arguments.put(matcher.group(1), values(matcher.group(2), matcher.group(3)));
      end = matcher.end();
    }
    return new Directive(lineNumber, words[0], arguments, body, expected);
  }

  private static List<String> values(String listed, String single) {
    if (single != null) {
      return List.of(single);
    }
    List<String> values = new ArrayList<>();
    if (listed != null && !listed.isBlank()) {
      for (String value : listed.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }
}
