/// The engine as a library for any number of threads, over this machine's disk.
///
/// ```
///   any thread ──get──► Lookup (no lock)
///   any thread ──write──► one at a time ──► engine ──► GroupCommit: one sync for all who wait
///   Upkeep ──between two writes──► one slice of a merge, under a budget
///   backup ──► sealed files by hard link, into a folder that is a store
/// ```
///
/// Imports `bitcask` and core's real disk. Begin with `BitcaskStore`.
package dev.nucleusdb.bitcask.store;
