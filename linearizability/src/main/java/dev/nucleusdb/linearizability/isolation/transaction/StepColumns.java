package dev.nucleusdb.linearizability.isolation.transaction;

/// What is known of each step, one array for each column, and what the numbers in them stand for.
record StepColumns(
    byte[] kinds,
    int[] keys,
    int[] contents,
    int[] listEnds,
    int[] elements,
    ValueNames keyNames,
    ValueNames valueNames) {}
