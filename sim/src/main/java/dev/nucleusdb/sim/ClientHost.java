package dev.nucleusdb.sim;

import dev.nucleusdb.sim.time.Host;
import dev.nucleusdb.sim.time.Kernel;
import dev.nucleusdb.sim.trace.Actor;

/// A client: always there.
///
/// @param kernel where its exceptions are reported
/// @param actor who it is
record ClientHost(Kernel kernel, Actor actor) implements Host {
  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public void execute(Runnable callback) {
    kernel.guard(actor.name(), callback);
  }

  @Override
  public void point(String name) {}
}
