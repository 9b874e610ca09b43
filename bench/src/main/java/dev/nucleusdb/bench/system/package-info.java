/// What a Raft system has to offer to be measured: the JDK alone stands between the stand and it,
/// because each system brings its own versions of the same libraries.
///
/// ```
///   load ──► RaftNode.propose(entry, verdict) ──► … ──► Verdict.decided(committed)
///   trial ──► RaftSystem.start(place) ──► RaftNode      one for each of three places
/// ```
///
/// Imports nothing.
package dev.nucleusdb.bench.system;
