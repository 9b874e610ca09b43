/// Reads history files: EDN as Jepsen and Knossos write it, and JSON lines.
///
/// ```
///   bytes ─► TextScanner ─► EdnParser  ─► Datum ─► EventAssembler ─► History
///            (UTF-8, place)  JsonParser            (pairs invocations and completions,
///                                                   says what nil and :fail mean)
/// ```
///
/// Whatever is wrong with a file becomes one
/// [dev.nucleusdb.linearizability.reader.MalformedHistoryException] that names file, line, column
/// and what was expected. The formats are described in `docs/formats/history.md`.
///
/// Imports `history`. Read on in [dev.nucleusdb.linearizability.reader.ReadOptions] for the two
/// readings that decide verdicts, then in `EventAssembler`.
package dev.nucleusdb.linearizability.reader;
