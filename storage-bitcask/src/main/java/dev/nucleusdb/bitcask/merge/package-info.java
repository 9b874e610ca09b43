/// Merge: files that are mostly dead are copied together, in slices, and removed.
///
/// ```
///   choose inputs ─► copy, write hints ─► sync the newer records that made others dead
///        │                                 ─► sync outputs, names ─► switch the manifest
///        │                                      ─► move the index, slice by slice
///        └ by dead fraction                          ─► delete the inputs
/// ```
///
/// A record keeps its sequence number, so that a copy never outranks a newer write, wherever it
/// stands. Imports `segment`, `hint`, `index` and `offheap`.
package dev.nucleusdb.bitcask.merge;
