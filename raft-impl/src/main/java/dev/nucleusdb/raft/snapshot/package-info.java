/// Snapshots (§7, thesis §5): what one is called, and its way to a follower piece by piece.
///
/// ```
///   state at the mark ──piece 0──► stored ──piece 1──► stored … ──last──► in force, with its mark
///                     ◄── wants 1 ──       ◄── wants 2 ──
/// ```
@NullMarked
package dev.nucleusdb.raft.snapshot;

import org.jspecify.annotations.NullMarked;
