/// The properties of changes of membership, one class each, and who takes part by what the logs
/// say.
///
/// ```
///   property               looked at                            source
///   OverlappingQuorums     every configuration put into a log   thesis, §4.1, §4.3
///   OneChangeAtATime       every change that a leader begins    thesis, §4.1
///   ChangeAfterOwnCommit   every change that a leader begins    Ongaro's correction of 2015
///   ElectedByQuorum        every election                       thesis, §4.3, §4.2.1
///   OnlyVotersLead         every election, every apply          thesis, §4.2.2
///   ConfigurationOfLog     every start and append               thesis, §4.1
///   CaughtUpVoters         every voter that is new              thesis, §4.2.1
/// ```
///
/// `Configurations` knows every configuration that a log names, and which are committed. Imports
/// `cluster`. Read on in `invariant`.
package dev.nucleusdb.scenarios.membership;
