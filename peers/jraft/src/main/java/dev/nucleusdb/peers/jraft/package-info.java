/// SOFAJRaft on the stand.
///
/// ```
///   JraftSystem ──► RaftGroupService (Bolt over TCP, log in RocksDB) ──► JraftNode
/// ```
///
/// Imports `bench.system` and JRaft.
@org.jspecify.annotations.NullMarked
package dev.nucleusdb.peers.jraft;
