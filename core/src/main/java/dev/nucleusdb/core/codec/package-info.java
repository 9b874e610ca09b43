/// Bytes: the envelope that every message between nodes travels in, and the order of byte arrays.
///
/// ```
///   ┌─────────┬─────────┬────────────┬──────────────┐
///   │ channel │ version │ crc32c     │ body         │
///   │ 1 byte  │ 1 byte  │ 4 bytes LE │ 0 to n bytes │
///   └─────────┴─────────┴────────────┴──────────────┘
/// ```
///
/// Imports nothing.
package dev.nucleusdb.core.codec;
