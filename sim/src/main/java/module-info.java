/// A whole world from one seed: time, network, disks and nodes in one event queue, and a plan of
/// the faults that strike them.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.sim {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;
  // For sim.junit and sim.jqwik alone, which only those can use who have them.
  requires static net.jqwik.api;
  requires static org.apiguardian.api;
  requires static org.junit.jupiter.api;

  exports dev.nucleusdb.sim;
  exports dev.nucleusdb.sim.ambush;
  exports dev.nucleusdb.sim.audit;
  exports dev.nucleusdb.sim.disk;
  exports dev.nucleusdb.sim.disk.legal;
  exports dev.nucleusdb.sim.fault;
  exports dev.nucleusdb.sim.fiber;
  exports dev.nucleusdb.sim.fiber.connection;
  exports dev.nucleusdb.sim.jqwik;
  exports dev.nucleusdb.sim.junit;
  exports dev.nucleusdb.sim.network;
  exports dev.nucleusdb.sim.network.chance;
  exports dev.nucleusdb.sim.network.rule;
  exports dev.nucleusdb.sim.time;
  exports dev.nucleusdb.sim.shrink;
  exports dev.nucleusdb.sim.trace;
  exports dev.nucleusdb.sim.trial;
}
