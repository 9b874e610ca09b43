package dev.nucleusdb.linearizability.level;

import dev.nucleusdb.linearizability.history.Value;
import java.util.Optional;

/// How far the reads of one object are behind its updates.
///
/// @param key the object
/// @param time the smallest span such that the object's operations are linearizable if every read
///   may look back by as much: its invocation is taken to be so much earlier (bounded staleness,
///   Golab, Li, Shah 2011). In the history's unit of time
/// @param versions the smallest k such that the operations are linearizable if every read may
///   return one of the k latest values (k-atomicity, Aiyer, Alvisi, Bazzi 2005); empty where the
///   object does not hold single values
public record Staleness(Value key, Measure time, Optional<Measure> versions) {}
