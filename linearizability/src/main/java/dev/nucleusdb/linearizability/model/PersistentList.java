package dev.nucleusdb.linearizability.model;

import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A list of values that never changes: to add or take one at its front makes another list that
/// shares the rest. Lists are equal if their values are, and know their hash.
final class PersistentList {
  static final PersistentList EMPTY = new PersistentList(null, null, 0, 1);

  private static final int PRIME = 31;

  private final @Nullable Value first;
  private final @Nullable PersistentList rest;
  private final int size;
  private final int hash;

  private PersistentList(@Nullable Value first, @Nullable PersistentList rest, int size, int hash) {
    this.first = first;
    this.rest = rest;
    this.size = size;
    this.hash = hash;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  Value first() {
    return Objects.requireNonNull(first);
  }

  PersistentList rest() {
    return Objects.requireNonNull(rest);
  }

  PersistentList with(Value value) {
    return new PersistentList(value, this, size + 1, PRIME * hash + value.hashCode());
  }

  PersistentList reversed() {
    PersistentList reversed = EMPTY;
    for (PersistentList list = this; !list.isEmpty(); list = list.rest()) {
      reversed = reversed.with(list.first());
    }
    return reversed;
  }

  List<Value> values() {
    List<Value> values = new ArrayList<>(size);
    for (PersistentList list = this; !list.isEmpty(); list = list.rest()) {
      values.add(list.first());
    }
    return values;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (!(object instanceof PersistentList other) || size != other.size || hash != other.hash) {
      return false;
    }
    PersistentList one = this;
    while (one != other && !one.isEmpty()) {
      if (!one.first().equals(other.first())) {
        return false;
      }
      one = one.rest();
      other = other.rest();
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
