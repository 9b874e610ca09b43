package dev.nucleusdb.bench.trial;

import java.io.PrintStream;

/// What a child JVM tells its parent: lines of its standard output that begin with a mark. Whatever
/// else comes there is a library's own.
public final class Told {
  static final String MARK = "@bench ";

  private static final PrintStream OUT = System.out;

  private Told() {}

  /// Tells a line.
  public static void line(String line) {
    OUT.println(MARK + line);
    OUT.flush();
  }

  /// Tells a sample of a figure.
  public static void figure(String name, double value) {
    line("figure " + name + " " + value);
  }
}
