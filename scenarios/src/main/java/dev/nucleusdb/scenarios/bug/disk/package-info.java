/// Disks that betray who relies on them: each does one thing wrong that real systems have done.
///
/// ```
///   NodeContext ──wrapped──► OtherDisk ──passes on all but one call──► the world's disk
/// ```
///
/// Imports core.
package dev.nucleusdb.scenarios.bug.disk;
