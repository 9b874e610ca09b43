/// Bitcask, hand-written: an append-only log of batches in a row of files, and an index in memory
/// of where the newest record of each key stands (Sheehy and Smith, Basho 2010).
///
/// ```
///            write(batch) ──► one frame appended to the active file ──► keydir
///   Bitcask  get(key)     ──► keydir ──► one read, verified
///            sync         ──► the active file; older ones are durable already
///            maintain     ──► one slice of a merge
///               │
///               ├── recovery ──┐
///               ├── merge ─────┼──► segment (files)   keydir (index)
///               └──────────────┘
/// ```
///
/// One thread, core's disk seam, no clock; randomness for the id of a new store and for nonces.
/// Imports `segment`, `index`, `merge`, `recovery`, `hint`, `format`, `cipher`, `compression` and
/// `offheap`, none of which imports this package. The safety rests on [BitcaskRules]; the bytes are
/// described in `docs/formats/bitcask.md`.
package dev.nucleusdb.bitcask;
