/// Data files: the bytes of frames and entries, the file that lists the files, and the set of those
/// that are open (after Sheehy and Smith, *Bitcask: A Log-Structured Hash Table for Fast Key/Value
/// Data*, Basho 2010; frames, sequence numbers and the manifest are additions).
///
/// ```
///   manifest ──names──► data-0000000001.bitcask  sealed, synced, never written again
///                       data-0000000002.bitcask  sealed
///                       data-0000000003.bitcask  active
///                         ├ file header
///                         ├ frame = one batch: header, entry, entry, …
///                         └ frame …
/// ```
///
/// Imports core alone. Read on in `FrameHeader`, `Entry`, `Manifest`, and
/// `docs/formats/bitcask.md`.
package dev.nucleusdb.bitcask.segment;
