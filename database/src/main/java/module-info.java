/// The product: a replicated key-value database. It sees the ports of `core`, never Raft, Bitcask
/// or Netty.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.database {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;
  requires com.google.protobuf;

  exports dev.nucleusdb.database.api;
  exports dev.nucleusdb.database.client;
  exports dev.nucleusdb.database.gateway;
  exports dev.nucleusdb.database.node;
}
