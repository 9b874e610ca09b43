/// Snapshots (§7, thesis §5): what one is called, and its way to a follower piece by piece.
@NullMarked
package dev.nucleusdb.raft.snapshot;

import org.jspecify.annotations.NullMarked;
