/// The vocabulary of the house: the four seams, the ports, assertions, traces, and the real seams
/// of this machine. Needs the JDK alone.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.core {
  requires static transitive org.jspecify;

  exports dev.nucleusdb.core.assertion;
  exports dev.nucleusdb.core.codec;
  exports dev.nucleusdb.core.consensus;
  exports dev.nucleusdb.core.disk;
  exports dev.nucleusdb.core.network;
  exports dev.nucleusdb.core.node;
  exports dev.nucleusdb.core.random;
  exports dev.nucleusdb.core.storage;
  exports dev.nucleusdb.core.system;
  exports dev.nucleusdb.core.time;
  exports dev.nucleusdb.core.trace;
}
