package dev.nucleusdb.raft.group;

import dev.nucleusdb.core.node.NodeId;
import dev.nucleusdb.core.trace.Trace;
import dev.nucleusdb.raft.RaftOptions;
import dev.nucleusdb.raft.RaftRules;
import dev.nucleusdb.raft.log.WriteAheadLog;
import dev.nucleusdb.raft.membership.Membership;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects that one member keeps for itself, counted by the name of their class.
final class Reachable {
  /// What all groups of a node share.
  private static final List<Class<?>> SHARED =
      List.of(
          GroupHost.class,
          WriteAheadLog.class,
          Membership.class,
          NodeId.class,
          RaftOptions.class,
          RaftRules.class,
          Trace.class);

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ArrayDeque<Object> open = new ArrayDeque<>();
  private final TreeMap<String, Integer> counts = new TreeMap<>();

  private Reachable() {}

  static Map<String, Integer> from(Object root) {
    Reachable walk = new Reachable();
    walk.visit(root);
    while (!walk.open.isEmpty()) {
      walk.visitFields(walk.open.remove());
    }
    return walk.counts;
  }

  private void visit(@Nullable Object object) {
    if (object == null
        || object instanceof Enum
        || (object instanceof long[] room && room.length == 0)
        || SHARED.stream().anyMatch(shared -> shared.isInstance(object))
        || !seen.add(object)) {
      return;
    }
    counts.merge(object.getClass().getSimpleName(), 1, Integer::sum);
    if (object instanceof Collection<?> all) {
      all.forEach(this::visit);
    } else if (object instanceof Map<?, ?> map) {
      map.values().forEach(this::visit);
    } else if (object.getClass().getName().startsWith("dev.nucleusdb.raft")) {
      open.add(object);
    }
  }

  private void visitFields(Object object) {
    for (Field field : object.getClass().getDeclaredFields()) {
      boolean isReference = !field.getType().isPrimitive();
      if (isReference && !Modifier.isStatic(field.getModifiers())) {
        try {
          field.setAccessible(true);
          visit(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
