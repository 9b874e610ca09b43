/// The properties that must hold, one class each, under the names of the literature.
///
/// ```
///   property                 looked at                    source
///   ElectionSafety           every election               Raft, figure 3
///   OneVotePerTerm           every vote that leaves       Raft, §5.2
///   LogMatching              every append                 Raft, figure 3
///   LeaderCompleteness       every election               Raft, figure 3; keyed on the commit's term
///   StateMachineSafety       every apply                  Raft, figure 3
///   DurableAcknowledgements  every first apply            acknowledged means durable on a quorum in force
///   (membership: 7 more)     every change, election       see the package `membership`
///   ExactlyOnce              every executed operation     Raft thesis, §6.3
///   NothingForgotten         every start                  what was durable is still there
///   SnapshotsSuffice         every installed snapshot     who has a snapshot goes on with the log
///   ReplicaAgreement         the end                      equal logs give equal states
///   DisjointLeases           every commit, election       LeaseGuard, in true time
///   BoundedStaleness         every stale read             in true time
///   LeadersHearMajority      four times a second          thesis, §6.2
///   Liveness                 the end                      without faults, all serve and agree
///   Vacuity                  the end                      something happened at all
/// ```
///
/// Linearizability is judged by the module of that name at the end of a world. Imports `cluster`
/// and `membership`.
package dev.nucleusdb.scenarios.invariant;
