/// Judges of histories. A judge shares no code with the judged: this module needs the JDK alone.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.linearizability {
  requires static transitive org.jspecify;

  exports dev.nucleusdb.linearizability;
  exports dev.nucleusdb.linearizability.assertion;
  exports dev.nucleusdb.linearizability.history;
  exports dev.nucleusdb.linearizability.isolation;
  exports dev.nucleusdb.linearizability.isolation.level;
  exports dev.nucleusdb.linearizability.isolation.transaction;
  exports dev.nucleusdb.linearizability.isolation.verify;
  exports dev.nucleusdb.linearizability.level;
  exports dev.nucleusdb.linearizability.model;
  exports dev.nucleusdb.linearizability.reader;
  exports dev.nucleusdb.linearizability.recorder;
  exports dev.nucleusdb.linearizability.report;
  exports dev.nucleusdb.linearizability.report.page;
  exports dev.nucleusdb.linearizability.stream;
}
