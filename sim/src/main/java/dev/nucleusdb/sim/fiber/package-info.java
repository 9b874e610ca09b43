/// Ordinary blocking code in a world: virtual threads that the world resumes, one at a time.
///
/// ```
///   FiberProgram(Fibers) ── sleep · FiberLock · FiberCondition · FiberChannel · Promise · Post · join
///                                │ wait                               ▲ goes on
///                                ▼                                    │
///        Waiters: first come, first served          Kernel's event queue, by way of Host.execute
///                                │                                    │  (dead: never, paused: later)
///                                └── timer, message, another fiber ───┘
///
///   Fiber ──FiberThread──► java.lang.VirtualThread ◄──runs── FiberScheduler ──lends──► Kernel
///                              └── anything but a wait of ours ──► Hazard ──► violation
/// ```
///
/// The kernel knows nothing of fibers: timers and messages reach a waiting fiber through callbacks
/// of its host, and one fiber wakes another by an event. So a crash of the host leaves its fibers
/// where they stand, a pause holds them, and the digest has every step in it. Needs a JDK 25 and
/// the flag that [FiberThread] names. Imports `core` and `sim.time`. Read [Fibers], then [Fiber].
package dev.nucleusdb.sim.fiber;
