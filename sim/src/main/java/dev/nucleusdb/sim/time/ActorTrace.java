package dev.nucleusdb.sim.time;

import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.core.trace.TraceKind;

/// The trace of one host: into the digest, to the observers, and where a crash may strike.
///
/// @param kernel where the digest is
/// @param host whose trace it is
public record ActorTrace(Kernel kernel, Host host) implements Trace {
  @Override
  public void event(TraceKind kind, long a, long b, long c) {
    if (host.isAlive()) {
      kernel.fold(EventKind.TRACE, ((long) kind.name().hashCode() << 32) | host.actor().index(), a);
      kernel.fold(EventKind.TRACE, b, c);
      kernel.observers().onTrace(kernel.nowNanos(), host.actor(), kind, a, b, c);
    }
  }

  @Override
  public void point(String name) {
    host.point(name);
  }
}
