/// The disk, the third seam: append-only files, and exactly what a crash may take from them.
///
/// ```
///   append ──► visible to reads at once, durable only after a sync that began later
///   sync   ──► completes later, as a callback; a failed sync stops the node
///   crash  ──► unsynced bytes: kept, lost, zeroed or garbled, page by page, in any mix
///              unsynced names: a created, renamed or deleted file may reappear as before
/// ```
///
/// Imports `core.assertion`. Read [Disk] for the contract, then `DiskContract` for its tests.
package dev.nucleusdb.core.disk;
