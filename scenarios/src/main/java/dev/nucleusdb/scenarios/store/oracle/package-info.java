/// What a store alone is held to: a plain map after every batch, and named properties over it.
///
/// ```
///   History   the state after every batch, what is claimed durable
///   Sight     all that a store shows: every key by scan and by get, damage that it reports
///   DurableStays PrefixOfHistory AtomicBatches NoResurrection NoSilentWrongValue    after each look
///   IdempotentRecovery OneIndex NoLeftovers NoLeakedHandles                        after each open
///   OneEpoch SpaceBound NoFalseAlarm                          of snapshots, of merges, of messages
///   NoNonceTwice NoLeftParts                                of encryption, of large values
/// ```
///
/// Imports `core.storage` alone, so any engine can be held to it; but for the last two, which know
/// the files and the engine of `bitcask`. Each property says null if it holds, and else what is
/// wrong.
package dev.nucleusdb.scenarios.store.oracle;
