/// The index: for every key the place of its newest record, in memory outside the heap.
///
/// ```
///   key ──► HashKeydir   fingerprint ──► sector ──► page ──► place      ~24 bytes a key, no order
///   key ──► OrderedTree  inner page  ──► … ──► leaf      ──► place      the keys themselves, in order
///   place = file number, offset, size (Place)        pages: PagePool
/// ```
///
/// One thread writes, any number read without a lock; views show the past at no cost to open. No
/// clock, no thread, no random: what is here is a function of the calls. Imports `core` alone. Read
/// on at [dev.nucleusdb.bitcask.index.Keydir].
package dev.nucleusdb.bitcask.index;
