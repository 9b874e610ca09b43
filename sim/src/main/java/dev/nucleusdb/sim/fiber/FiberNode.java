package dev.nucleusdb.sim.fiber;

import dev.nucleusdb.core.node.Node;
import dev.nucleusdb.core.node.NodeContext;

/// A node that runs a blocking program.
public final class FiberNode implements Node {
  private final Fibers fibers;
  private final FiberProgram program;

  /// @param context the seams of the incarnation
  /// @param program begins when the node starts
  public FiberNode(NodeContext context, FiberProgram program) {
    this.fibers = Fibers.of(context);
    this.program = program;
  }

  /// Its fibers.
  public Fibers fibers() {
    return fibers;
  }

  @Override
  public void start() {
    fibers.startNow("main", () -> program.run(fibers));
  }

  /// A program is not asked: its fibers are gone, as if it had been killed.
  @Override
  public void stop() {
    fibers.abandon();
  }
}
