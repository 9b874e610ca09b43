/// The bytes of a Bitcask store (after Sheehy and Smith, *Bitcask: A Log-Structured Hash Table for
/// Fast Key/Value Data*, Basho 2010; frames, sequence numbers, seals and the manifest are
/// additions).
///
/// ```
///   data file ::= FileHeader frame* [seal]
///   frame     ::= FrameHeader Entry*          a batch, or records that a merge carried over
///   seal      ::= FrameHeader Footer          once the file takes no more writes
///   manifest  ::= which files count, and which of them takes writes
/// ```
///
/// Imports `core.disk` for the one thing that can be wrong with bytes, `cipher` and `compression`
/// for what may be done to keys and values. All of it is told in `docs/formats/bitcask.md` with a
/// worked example.
package dev.nucleusdb.bitcask.format;
