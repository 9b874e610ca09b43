/// Loads for a group of three nodes in this process, and what they cost.
///
/// ```
///   ClosedLoop   so many entries under way, each commit proposes the next   ──► Loaded
///   OpenLoop     so many entries a second, whatever comes back              ──► percentiles
///   Handovers    leadership goes round under a small closed loop            ──► pauses
///   ProcessCost  CPU time and allocated bytes of the whole process
/// ```
///
/// Imports `bench.system` and HdrHistogram.
package dev.nucleusdb.bench.load;
