/// The keydir: for every key the place of its newest record, in memory, in key order.
///
/// ```
///   key ──► Place(file, offset, size, sequence) ──one read──► record
///   write     offer: the higher sequence number counts
///   merge     move:  only if the place is still the one that was copied
/// ```
///
/// Imports `core.codec` alone. An ordered map on the heap for now: everything that knows so is in
/// [Keydir].
package dev.nucleusdb.bitcask.keydir;
