/// Judges of histories.
package dev.nucleusdb.linearizability;
