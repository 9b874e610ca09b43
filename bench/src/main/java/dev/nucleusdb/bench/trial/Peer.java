package dev.nucleusdb.bench.trial;

/// Something that can be measured, and where its adapter is built.
public interface Peer {
  /// How it is written on a command line.
  String title();

  /// The folder of its adapter below `peers/`, and the name of the adapter's jar.
  String module();

  /// Whether its libraries come with the product.
  boolean isOurs();
}
