package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.trial.Peer;
import java.util.List;
import java.util.Locale;

/// What can be measured.
public enum StoreContestant implements Peer {
  /// Ours.
  NUCLEUS("dev.nucleusdb.bench.storage.NucleusStorage", "BitcaskStore, defaults"),
  /// Ours with the index for gets and puts.
  NUCLEUS_HASH(
      "dev.nucleusdb.bench.storage.HashedNucleusStorage", "BitcaskStore, hash index, no scans"),
  /// RocksDB as it is.
  ROCKSDB("dev.nucleusdb.peers.stores.RocksDbStorage", "11.8.1, defaults"),
  /// RocksDB with what most tune first.
  ROCKSDB_TUNED(
      "dev.nucleusdb.peers.stores.TunedRocksDbStorage",
      "11.8.1, bloom filter of 10 bits, block cache of 1 GB, as many background jobs as cores"),
  /// LMDB.
  LMDB(
      "dev.nucleusdb.peers.stores.LmdbStorage",
      "lmdbjava 0.9.3, one transaction for each put, read transactions renewed;"
          + " without sync NOSYNC and WRITEMAP"),
  /// MapDB.
  MAPDB(
      "dev.nucleusdb.peers.stores.MapDbStorage",
      "3.1.0, hash map over a mapped file; synced: transactions, a commit for each put"),
  /// The store of H2.
  MVSTORE(
      "dev.nucleusdb.peers.stores.MvStoreStorage",
      "2.4.240, defaults (unsynced puts lie up to a second in the heap);"
          + " synced: commit and sync for each put");

  private final String systemClass;
  private final String remark;

  StoreContestant(String systemClass, String remark) {
    this.systemClass = systemClass;
    this.remark = remark;
  }

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String module() {
    return "stores";
  }

  @Override
  public boolean isOurs() {
    return this == NUCLEUS || this == NUCLEUS_HASH;
  }

  /// What was measured, in a line.
  public String remark() {
    return remark;
  }

  String systemClass() {
    return systemClass;
  }

  /// What its child JVMs need beyond the flags of all: LMDB's binding reaches into the JDK.
  List<String> jvmFlags() {
    return this == LMDB
        ? List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        : List.of();
  }
}
