/// One store alone on a simulated disk, without a cluster: thousands of crashes a second.
///
/// ```
///   StoreLife ──► operations, drawn or planned ──► StoreMachine: one disk, one incarnation after
///      │                                               │         another, the engine
///      │  StoreFaults: crashes at the n-th point       ▼
///      │  of an operation, calls that fail,      oracle: History, Sight, named properties
///      └─ windows, DamageTrial on a copy
///   StreamingStore, StreamWork: large values, over the same machine
///   Exhaustion ──► the same machine, short workloads, every crash, failure and damage there is
/// ```
///
/// Imports `sim`, `cluster` for the blueprint that bugs are planted in, `store.oracle`, and
/// `bitcask` where the engine is made and where large values are written. Read `StoreLife` first.
package dev.nucleusdb.scenarios.store;
