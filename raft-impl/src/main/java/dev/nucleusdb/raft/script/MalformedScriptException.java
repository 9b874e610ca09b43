package dev.nucleusdb.raft.script;

/// A text that is no script; the message names file and line.
public final class MalformedScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedScriptException(String name, int lineNumber, String problem) {
    super(name + ":" + lineNumber + ": " + problem);
  }
}
