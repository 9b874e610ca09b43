/// Reads the class files of code under test for calls that a world cannot answer for: the real
/// clock, threads, randomness, files, sockets, the environment, collections without an order.
///
/// ```
///   entry class ──calls, lambdas, new──► methods of the reader's own packages ──► ForbiddenCalls
///                                                                                     │
///                 Breach: the call · class, method, line · the path from the entry ◄──┘
/// ```
///
/// No agent watches the JDK while a world runs, so what goes past the seams is found here, before
/// anything runs. The list is that of this project's own build. A constructor counts as a way into
/// all methods of its class, so that nothing is missed that a framework calls back. Imports the JDK
/// alone. Read [Audit].
package dev.nucleusdb.sim.audit;
