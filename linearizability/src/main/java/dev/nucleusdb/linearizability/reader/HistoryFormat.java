package dev.nucleusdb.linearizability.reader;

/// How a history is written.
public enum HistoryFormat {
  /// Whichever of the others the first character that matters suggests.
  AUTO,
  /// EDN: one vector or list of operation maps, or maps one after the other, as Jepsen and Knossos
  /// write them.
  EDN,
  /// One JSON object a line.
  JSON_LINES,
  /// One JSON array of objects, or an object with such an array under `history`.
  JSON,
  /// What Jepsen prints on its console: one event a line, among other lines.
  JEPSEN_LOG
}
