package dev.nucleusdb.sim.trace;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.sim.fault.PlanEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// All that happened in a world, in order, in little room: from it a page is drawn later. Frequent
/// events are rows of numbers; rare ones are kept as they are.
///
/// ```
///   row     = time (8) · kind of row (8) · five numbers (40)
///   traced  = actor · index of the trace kind · a · b · c
///   carried = sent · from and to · size · index of the type and first byte · fate
///   rare    = index into the list of rare happenings
/// ```
public final class Recording implements WorldObserver {
  private static final int TRACED = 0;
  private static final int CARRIED = 1;
  private static final int RARE = 2;
  private static final long LOW_HALF = 0xffff_ffffL;
  private static final List<MessageFate> FATES = List.of(MessageFate.values());

  private final NumberColumns rows = new NumberColumns(7);
  private final Map<TraceKind, Integer> kindIndexes = new LinkedHashMap<>();
  private final List<TraceKind> kinds = new ArrayList<>();
  private final Map<String, Integer> typeIndexes = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();
  private final Map<Integer, Actor> actors = new LinkedHashMap<>();
  private final List<Happening> rare = new ArrayList<>();

  /// How many things happened.
  public int count() {
    return rows.rowCount();
  }

  /// Hands out all that happened, in order.
  public void forEach(Consumer<? super Happening> consumer) {
    for (int row = 0; row < rows.rowCount(); row++) {
      consumer.accept(get(row));
    }
  }

  /// When the n-th thing happened, in true time.
  public long atNanos(int row) {
    return rows.get(row, 0);
  }

  /// The n-th thing that happened, from 0.
  public Happening get(int row) {
    long atNanos = rows.get(row, 0);
    int kind = (int) rows.get(row, 1);
    if (kind == RARE) {
      return rare.get((int) rows.get(row, 2));
    }
    if (kind == TRACED) {
      return new Happening.Traced(
          atNanos,
          actor(rows.get(row, 2)),
          kinds.get((int) rows.get(row, 3)),
          rows.get(row, 4),
          rows.get(row, 5),
          rows.get(row, 6));
    }
    return new Happening.Carried(
        types.get((int) (rows.get(row, 5) >>> 8)),
        rows.get(row, 2),
        actor(rows.get(row, 3) >>> 32),
        actor(rows.get(row, 3) & LOW_HALF),
        (int) rows.get(row, 4),
        (byte) rows.get(row, 5),
        FATES.get((int) rows.get(row, 6) - 1),
        atNanos);
  }

  @Override
  public void onTrace(long atNanos, Actor actor, TraceKind kind, long a, long b, long c) {
    Integer index = kindIndexes.get(kind);
    if (index == null) {
      index = kinds.size();
      kindIndexes.put(kind, index);
      kinds.add(kind);
    }
    note(atNanos, TRACED, index(actor), index, a, b, c);
  }

  @Override
  public void onMessage(
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    onMessageOfType("", sentNanos, from, to, sizeBytes, firstByte, fate, endedNanos);
  }

  @Override
  public void onMessageOfType(
      String type,
      long sentNanos,
      Actor from,
      Actor to,
      int sizeBytes,
      byte firstByte,
      MessageFate fate,
      long endedNanos) {
    long way = ((long) index(from) << 32) | index(to);
    Integer index = typeIndexes.get(type);
    if (index == null) {
      index = types.size();
      typeIndexes.put(type, index);
      types.add(type);
    }
    long channel = (long) index << 8 | (firstByte & 0xff);
    note(endedNanos, CARRIED, sentNanos, way, sizeBytes, channel, fate.code());
  }

  @Override
  public void onFaultBegin(long atNanos, PlanEntry entry) {
    note(new Happening.FaultBegan(atNanos, entry));
  }

  @Override
  public void onFaultEnd(long atNanos, PlanEntry entry) {
    note(new Happening.FaultEnded(atNanos, entry));
  }

  @Override
  public void onNodeUp(long atNanos, Actor node, int incarnation) {
    note(new Happening.NodeUp(atNanos, node, incarnation));
  }

  @Override
  public void onNodeDown(long atNanos, Actor node, String reason) {
    note(new Happening.NodeDown(atNanos, node, reason));
  }

  @Override
  public void onNodePaused(long atNanos, Actor node, boolean paused) {
    note(new Happening.NodePaused(atNanos, node, paused));
  }

  @Override
  public void onHeal(long atNanos) {
    note(new Happening.Healed(atNanos));
  }

  @Override
  public void onViolation(Violation violation) {
    note(new Happening.Violated(violation.atNanos(), violation));
  }

  private void note(Happening happening) {
    note(happening.atNanos(), RARE, rare.size(), 0, 0, 0, 0);
    rare.add(happening);
  }

  private void note(long atNanos, int kind, long first, long second, long a, long b, long c) {
    int row = rows.add();
    rows.set(row, 0, atNanos);
    rows.set(row, 1, kind);
    rows.set(row, 2, first);
    rows.set(row, 3, second);
    rows.set(row, 4, a);
    rows.set(row, 5, b);
    rows.set(row, 6, c);
  }

  private int index(Actor actor) {
    actors.putIfAbsent(actor.index(), actor);
    return actor.index();
  }

  private Actor actor(long index) {
    Actor actor = actors.get((int) index);
    if (actor == null) {
      throw new IllegalStateException("actor " + index + " was never seen");
    }
    return actor;
  }
}
