/// A judge that reads a history while it is made, and forgets what is settled.
///
/// ```
///   invoke, ok, fail, info ─► StreamingChecker ─► ObjectStream (one for each object)
///                                                   │ waits until outcomes are known
///                                                   ▼
///                                                 Frontier: the configurations that the object
///                                                   │       may be in after the last return
///                                                   ├─ one is left ──► all before it is forgotten
///                                                   └─ none is left ─► StreamVerdict.Violated
/// ```
///
/// Imports the root package, `history`, `model` and `search`. Read on in
/// [dev.nucleusdb.linearizability.stream.Frontier].
package dev.nucleusdb.linearizability.stream;
