package dev.nucleusdb.sim.audit;

import java.util.List;

/// A call that code under test must not make.
///
/// @param call what is called, `java.lang.System.nanoTime`
/// @param place where, as a stack trace says it: `com.acme.Store.put(Store.java:31)`
/// @param advice what to use instead
/// @param path the methods by which the entry leads there, the entry first
public record Breach(String call, String place, String advice, List<String> path) {
  @Override
  public String toString() {
    return call + " at " + place + ": " + advice + "; reached by " + String.join(" > ", path);
  }
}
