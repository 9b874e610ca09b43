package dev.nucleusdb.sim.network;

/// One kind of trouble on the network, told as a decision about each message.
public interface Rule {
  /// @param link from whom to whom
  /// @param ordinal which message of the link, from 1
  Fate judge(Link link, long ordinal);
}
