package dev.nucleusdb.bitcask;

/// Rule: are the parts of a large value freed once its key has another value, or none? Yes, and
/// that is written in the batch that gives the key the other value: what a crash comes between is
/// forgotten.
@FunctionalInterface
public interface FreeRule {
  /// Always.
  FreeRule ALWAYS = isAbandoned -> true;

  /// @param isAbandoned whether it was never finished, rather than replaced
  boolean frees(boolean isAbandoned);
}
