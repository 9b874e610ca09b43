package dev.nucleusdb.bench.storage;

import dev.nucleusdb.bench.trial.Samples;
import java.util.Map;

/// What was measured with one size of values.
///
/// @param valueSize bytes of a value
/// @param keys how many a store held
/// @param floor what the machine allows
/// @param measured the samples of each store
/// @param troubles what of a store could not be measured, in a line
public record StorageResults(
    int valueSize,
    long keys,
    Samples floor,
    Map<StoreContestant, Samples> measured,
    Map<StoreContestant, String> troubles) {}
