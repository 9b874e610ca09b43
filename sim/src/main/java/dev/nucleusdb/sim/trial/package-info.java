/// Many worlds of one test: what a test framework, or a program of one's own, runs.
///
/// ```
///   TrialOptions(worlds, nodes, faults, …)     TrialBody(Simulation)
///                     └────────┬────────────────────┘
///                           Trials ── seed, seed + 1, … ── Simulation(World) ── run ── judge
///                              │                              └── broken, wrong or vacuous
///                              ▼
///                        TrialFailure(seed, invariant, detail, plan) ──Shrinker──► fewest faults
/// ```
///
/// Knows no test framework. Imports `sim` and its packages. Read [Simulation], then [Trials].
package dev.nucleusdb.sim.trial;
