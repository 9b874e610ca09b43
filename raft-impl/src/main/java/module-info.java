/// Raft, hand-written: a pure state machine, and the replicated log that carries it.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.raft {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;
  requires com.google.protobuf;

  exports dev.nucleusdb.raft;
  exports dev.nucleusdb.raft.election;
  exports dev.nucleusdb.raft.group;
  exports dev.nucleusdb.raft.hibernation;
  exports dev.nucleusdb.raft.log;
  exports dev.nucleusdb.raft.membership;
  exports dev.nucleusdb.raft.message;
  exports dev.nucleusdb.raft.read;
  exports dev.nucleusdb.raft.recovery;
  exports dev.nucleusdb.raft.replication;
  exports dev.nucleusdb.raft.script;
  exports dev.nucleusdb.raft.snapshot;
}
