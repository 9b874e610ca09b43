package dev.nucleusdb.bench.trial;

import java.util.Locale;

/// What can be measured.
public enum Contestant implements Peer {
  /// Ours.
  NUCLEUS("dev.nucleusdb.bench.nucleus.NucleusSystem", "RaftMember over Netty, WAL"),
  /// SOFAJRaft.
  JRAFT(
      "dev.nucleusdb.peers.jraft.JraftSystem",
      "1.3.15.bugfix over Bolt, log in RocksDB, sync and syncMeta on"),
  /// Apache Ratis.
  RATIS(
      "dev.nucleusdb.peers.ratis.RatisSystem",
      "3.3.0 over gRPC, its log with synced flushes, proposed at the server without a client"),
  /// MicroRaft.
  MICRORAFT(
      "dev.nucleusdb.peers.microraft.MicroRaftSystem",
      "0.7, which has neither: over our Netty transport and a file store of ours that syncs");

  private final String systemClass;
  private final String remark;

  Contestant(String systemClass, String remark) {
    this.systemClass = systemClass;
    this.remark = remark;
  }

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What was measured, in a line.
  public String remark() {
    return remark;
  }

  String systemClass() {
    return systemClass;
  }

  @Override
  public String module() {
    return title();
  }

  @Override
  public boolean isOurs() {
    return this == NUCLEUS;
  }
}
