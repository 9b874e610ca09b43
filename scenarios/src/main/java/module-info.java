/// Whatever runs the whole: clusters in the simulator, workloads, named invariants, the bug
/// catalogue.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.scenarios {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.bitcask;
  requires transitive dev.nucleusdb.core;
  requires transitive dev.nucleusdb.database;
  requires transitive dev.nucleusdb.linearizability;
  requires transitive dev.nucleusdb.raft;
  requires transitive dev.nucleusdb.sim;

  exports dev.nucleusdb.scenarios;
  exports dev.nucleusdb.scenarios.bug;
  exports dev.nucleusdb.scenarios.cluster;
  exports dev.nucleusdb.scenarios.example;
  exports dev.nucleusdb.scenarios.explain;
  exports dev.nucleusdb.scenarios.groups;
  exports dev.nucleusdb.scenarios.invariant;
  exports dev.nucleusdb.scenarios.report;
  exports dev.nucleusdb.scenarios.search;
  exports dev.nucleusdb.scenarios.store;
  exports dev.nucleusdb.scenarios.store.oracle;
  exports dev.nucleusdb.scenarios.temper;
  exports dev.nucleusdb.scenarios.workload;
}
