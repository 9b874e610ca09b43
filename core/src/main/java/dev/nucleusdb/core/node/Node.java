package dev.nucleusdb.core.node;

/// Something that runs on one [NodeContext]. The same class runs in a simulation and in production.
public interface Node {

  /// Recovers from the disk and begins to serve. Runs on the node's thread.
  ///
  /// @throws dev.nucleusdb.core.disk.CorruptionException if what is on the disk cannot be trusted
  /// @throws dev.nucleusdb.core.disk.DiskException if the disk does not work
  void start();

  /// Stops in good order: what is durable stays so, nothing is flushed that need not be. A crash is
  /// the same without this call.
  void stop();
}
