/// Values that take less room than they are long: a port for codecs, and the choice of one.
///
/// ```
///   Compression ──► ValueCodec (port) ◄── ZstdCodec (needs zstd-jni on the path)
/// ```
///
/// Imports core's assertions alone. Begin with `Compression`.
package dev.nucleusdb.bitcask.compression;
