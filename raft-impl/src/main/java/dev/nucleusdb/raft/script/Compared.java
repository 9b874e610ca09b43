package dev.nucleusdb.raft.script;

/// The two sides of a directive, reduced to what is compared.
///
/// @param expected of the script
/// @param got of this code
record Compared(String expected, String got) {}
