/// The stand on which Raft systems are measured side by side.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.bench {
  requires static transitive org.jspecify;
  requires HdrHistogram;
  requires dev.nucleusdb.netty;
  requires dev.nucleusdb.raft;
  requires java.management;
  requires jdk.management;

  exports dev.nucleusdb.bench.system;
  exports dev.nucleusdb.bench.trial;
}
