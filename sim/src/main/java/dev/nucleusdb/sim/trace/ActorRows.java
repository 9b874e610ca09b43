package dev.nucleusdb.sim.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of a recording by whom they happened to, in order: what a node or client told, what it
/// received, and its own coming, going and standing still.
public final class ActorRows {
  private static final class Rows {
    private final Actor actor;
    private int[] rows = new int[64];
    private int count;

    Rows(Actor actor) {
      this.actor = actor;
    }

    void add(int row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
      }
      rows[count++] = row;
    }
  }

  private final Map<Integer, Rows> byActor = new TreeMap<>();

  private final Recording recording;

  /// Sorts the rows of a recording.
  public ActorRows(Recording recording) {
    this.recording = recording;
    for (int row = 0; row < recording.count(); row++) {
      Happening happening = recording.get(row);
      Actor actor = actorOf(happening);
      if (actor != null) {
        byActor.computeIfAbsent(actor.index(), _ -> new Rows(actor)).add(row);
      }
    }
  }

  /// Whom it happened to; a message happens to its receiver, faults happen to nobody.
  static @Nullable Actor actorOf(Happening happening) {
    return switch (happening) {
      case Happening.Traced traced -> traced.actor();
      case Happening.Carried carried -> carried.to();
      case Happening.NodeUp up -> up.node();
      case Happening.NodeDown down -> down.node();
      case Happening.NodePaused paused -> paused.node();
      case Happening.FaultBegan _,
          Happening.FaultEnded _,
          Happening.Healed _,
          Happening.Violated _ ->
          null;
    };
  }

  /// Everybody, in the order of joining.
  public List<Actor> actors() {
    List<Actor> actors = new ArrayList<>();
    byActor.values().forEach(rows -> actors.add(rows.actor));
    return actors;
  }

  /// How many rows an actor has.
  public int count(Actor actor) {
    Rows rows = byActor.get(actor.index());
    return rows == null ? 0 : rows.count;
  }

  /// The n-th row of an actor, from 0.
  public int row(Actor actor, int place) {
    Rows rows = byActor.get(actor.index());
    if (rows == null || place >= rows.count) {
      throw new IllegalArgumentException(actor + " has no row " + place);
    }
    return rows.rows[place];
  }

  /// The last row of an actor that is not after a moment, or -1.
  public int lastUntil(Actor actor, long nanos) {
    int place = placeAfter(actor, nanos);
    return place == 0 ? -1 : row(actor, place - 1);
  }

  /// The rows of an actor at a moment, in order: what it did in one go, for code takes no time.
  public List<Integer> at(Actor actor, long nanos) {
    List<Integer> rows = new ArrayList<>();
    int end = placeAfter(actor, nanos);
    for (int place = placeAfter(actor, nanos - 1); place < end; place++) {
      rows.add(row(actor, place));
    }
    return rows;
  }

  /// How many rows of an actor are not after a moment.
  private int placeAfter(Actor actor, long nanos) {
    int low = 0;
    int high = count(actor);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (recording.atNanos(row(actor, middle)) <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
