/// The simulated disk: files and names in two versions, the cache's and the platter's.
///
/// ```
///   SimulatedDisk ──► cached names, cached bytes     one view per incarnation, dead with it
///        │ sync                                      DiskTrouble: slow, full, failing
///        ▼
///   DiskImage ──────► durable names, durable bytes   outlives the node
///        │ crash(mode): each unsynced page and name kept, lost, or torn
///        ▼
///   what the next incarnation finds
/// ```
///
/// Imports `sim.fault` and `sim.time`. The contract stands in `core.disk.Disk`; read `FileImage`
/// for how it is kept, then `CrashedFile` for what it allows. The crash states follow Pillai et al.
/// (OSDI 2014).
package dev.nucleusdb.sim.disk;
