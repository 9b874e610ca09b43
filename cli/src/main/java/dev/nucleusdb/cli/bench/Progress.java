package dev.nucleusdb.cli.bench;

import java.io.Console;

/// What a person at a terminal sees while something is measured.
final class Progress {
  private Progress() {}

  /// A line that stays.
  static void say(String line) {
    show("");
    System.err.println("nucleus: " + line);
  }

  /// One line on a terminal that says what is under way; silent where nobody looks.
  @SuppressWarnings("SystemConsoleNull")
  static void show(String words) {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      System.err.printf("\r%-78s\r%s", "", words);
    }
  }
}
