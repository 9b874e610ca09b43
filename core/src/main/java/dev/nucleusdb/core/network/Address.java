package dev.nucleusdb.core.network;

/// Where messages go: a name that the network in use understands. Over sockets it is `host:port`
/// for nodes and a made-up name for clients, which cannot be dialled; in a simulation any name.
///
/// @param name not empty
public record Address(String name) {
  @Override
  public String toString() {
    return name;
  }
}
