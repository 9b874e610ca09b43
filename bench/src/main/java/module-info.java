/// The stand on which Raft systems and stores are measured side by side.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.bench {
  requires static transitive org.jspecify;
  requires HdrHistogram;
  requires dev.nucleusdb.bitcask;
  requires dev.nucleusdb.linearizability;
  requires dev.nucleusdb.netty;
  requires dev.nucleusdb.raft;
  requires java.management;
  requires jdk.management;

  exports dev.nucleusdb.bench.check;
  exports dev.nucleusdb.bench.storage;
  exports dev.nucleusdb.bench.store;
  exports dev.nucleusdb.bench.system;
  exports dev.nucleusdb.bench.trial;
}
