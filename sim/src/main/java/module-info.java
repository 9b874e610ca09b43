/// A whole world from one seed: time, network, disks and nodes in one event queue, and a plan of
/// the faults that strike them.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.sim {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;

  exports dev.nucleusdb.sim;
  exports dev.nucleusdb.sim.disk;
  exports dev.nucleusdb.sim.fault;
  exports dev.nucleusdb.sim.fiber;
  exports dev.nucleusdb.sim.fiber.connection;
  exports dev.nucleusdb.sim.network;
  exports dev.nucleusdb.sim.time;
  exports dev.nucleusdb.sim.shrink;
  exports dev.nucleusdb.sim.trace;
}
