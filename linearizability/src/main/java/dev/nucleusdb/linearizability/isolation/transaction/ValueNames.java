package dev.nucleusdb.linearizability.isolation.transaction;

import dev.nucleusdb.linearizability.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers values from 0 on, in the order in which they are first seen. Whole numbers take no
/// object until somebody asks for their name.
final class ValueNames {
  private final Map<Value, Integer> others = new LinkedHashMap<>();
  private final List<Value> otherNames = new ArrayList<>();
  private final NumberIndex numbers = new NumberIndex();

  /// By id, the whole number, or the place in `otherNames`.
  private final LongList contents = new LongList();

  /// By id, 1 for a whole number.
  private final IntList whole = new IntList();

  int idOf(Value value) {
    if (value instanceof Value.Whole(long number)) {
      return idOf(number);
    }
    Integer known = others.get(value);
    if (known != null) {
      return known;
    }
    int id = contents.size();
    others.put(value, id);
    contents.add(otherNames.size());
    whole.add(0);
    otherNames.add(value);
    return id;
  }

  int idOf(long number) {
    int id = numbers.idOf(number, contents.size());
    if (id == contents.size()) {
      contents.add(number);
      whole.add(1);
    }
    return id;
  }

  int size() {
    return contents.size();
  }

  Value name(int id) {
    long content = contents.get(id);
    return whole.get(id) == 1 ? Value.of(content) : otherNames.get((int) content);
  }
}
