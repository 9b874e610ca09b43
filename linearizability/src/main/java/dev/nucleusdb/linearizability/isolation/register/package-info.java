/// What registers tell about transactions. A read tells who wrote what it saw, if no value is
/// written twice; in which order versions were written has to be inferred.
///
/// ```
///   RegisterReads:   who read whose write; what is wrong with single reads
///        │
///   InferredOrders:  T reads x from W and sees S, which wrote x too:  S was before W
///        │                 read atomic: sees directly; causal: sees through others  (exact)
///        │                 serializable: is after in any way, again and again       (a bound)
///        ▼
///   RegisterJudge:   a cycle: violated; an order that replays: serializable; else unknown
/// ```
///
/// Imports `isolation.cycle`, `isolation.level`, `isolation.transaction` and `isolation.verify`.
/// Read on in [dev.nucleusdb.linearizability.isolation.register.RegisterJudge].
package dev.nucleusdb.linearizability.isolation.register;
