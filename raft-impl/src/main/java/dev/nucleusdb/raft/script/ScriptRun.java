package dev.nucleusdb.raft.script;

import java.util.ArrayList;
import java.util.List;

/// What became of a script.
///
/// @param passedCount how many directives gave what they should
/// @param failures the others
public record ScriptRun(int passedCount, List<Failure> failures) {
  /// A directive that did not give what it should.
  ///
  /// @param place file and line
  /// @param expected what it should have given
  /// @param got what it gave
  public record Failure(String place, String expected, String got) {}

  /// Runs a script. A directive that nobody knows fails.
  ///
  /// @param name stands for the file in what is said of it
  /// @param text the script
  /// @throws MalformedScriptException if it is none
  public static ScriptRun of(String name, String text) {
    int passed = 0;
    List<Failure> failures = new ArrayList<>();
    ChangeScript change = new ChangeScript();
    for (Directive directive : Directives.of(name, text)) {
      Compared compared = compare(change, directive);
      if (compared.expected().equals(compared.got())) {
        passed++;
      } else {
        String place = name + ":" + directive.lineNumber();
        failures.add(new Failure(place, compared.expected(), compared.got()));
      }
    }
    return new ScriptRun(passed, failures);
  }

  private static Compared compare(ChangeScript change, Directive directive) {
    try {
      return switch (directive.command()) {
        case "committed", "vote" -> QuorumScript.run(directive);
        case "simple", "enter-joint", "leave-joint" -> change.run(directive);
        default -> new Compared(directive.lastLine(), "there is no command " + directive.command());
      };
    } catch (IllegalArgumentException e) {
      return new Compared(directive.lastLine(), "not understood: " + e.getMessage());
    }
  }
}
