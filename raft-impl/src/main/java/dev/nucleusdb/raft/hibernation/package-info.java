/// When a group may sleep: without messages, timers, or anything that the node does for it.
///
/// ```
///   leader    all is committed, and everybody knows ── sleepAfter ──► Sleep to all ──► asleep
///   follower  Sleep, and it has all of it                                        ──► asleep
///   anybody   a request, a message that says something,
///             the leader's node is lost                                          ──► awake
/// ```
///
/// Safety does not depend on it: who sleeps has the term, the vote and the log that it had, and
/// whoever leads has every decision confirmed by a majority as ever. What is at stake is that
/// somebody wakes: a follower sleeps only as long as its node hears the leader's node.
///
/// Imports nothing of Raft.
package dev.nucleusdb.raft.hibernation;
