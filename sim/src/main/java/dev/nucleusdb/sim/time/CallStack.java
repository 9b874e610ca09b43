package dev.nucleusdb.sim.time;

import java.util.ArrayList;
import java.util.List;

/// The frames of a stack that its reader can do something about: not those of the JDK and not the
/// simulator's own.
public final class CallStack {
  private static final int FRAMES_MAX = 4;

  /// Packages, and classes with the mark that follows them in the names of their nested classes.
  private static final List<String> OURS =
      List.of(
          "dev.nucleusdb.sim.time.",
          "dev.nucleusdb.sim.network.",
          "dev.nucleusdb.sim.disk.",
          "dev.nucleusdb.sim.fiber.",
          "dev.nucleusdb.sim.World$",
          "dev.nucleusdb.sim.Incarnation$",
          "dev.nucleusdb.sim.SimulatedNode$");

  private CallStack() {}

  /// The innermost such frames in one line, `A.a(A.java:1) < B.b(B.java:2)`, each called by the
  /// next; all frames if no frame is the reader's.
  public static String of(StackTraceElement[] stack) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : stack) {
      if (frames.size() < FRAMES_MAX && isReaders(frame.getClassName())) {
        frames.add(frame.toString());
      }
    }
    for (int i = 0; i < stack.length && frames.isEmpty(); i++) {
      if (i + FRAMES_MAX >= stack.length) {
        frames.add(stack[i].toString());
      }
    }
    return frames.isEmpty() ? "nowhere" : String.join(" < ", frames);
  }

  private static boolean isReaders(String className) {
    return !className.startsWith("java.")
        && !className.startsWith("jdk.")
        && OURS.stream().noneMatch((className + "$")::startsWith);
  }
}
