/// The real network: whole messages between nodes and clients, over TCP.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.netty {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.resolver;
  requires io.netty.transport;
  requires org.slf4j;

  exports dev.nucleusdb.netty;
}
