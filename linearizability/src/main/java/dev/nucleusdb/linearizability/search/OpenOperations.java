package dev.nucleusdb.linearizability.search;

import java.util.Arrays;

/// Which operations are open at a place in the timeline. Moves forth and back one event at a time,
/// so that the search need not keep a copy for every configuration.
final class OpenOperations {
  static final int NONE = -1;

  private final Timeline timeline;
  private final int[] inSlot;
  private final int[] crashedCount;
  private int position;

  OpenOperations(Timeline timeline) {
    this.timeline = timeline;
    this.inSlot = new int[timeline.slotCount];
    this.crashedCount = new int[timeline.members.length];
    Arrays.fill(inSlot, NONE);
  }

  /// How many events have passed.
  int position() {
    return position;
  }

  /// The operation in a slot, or [#NONE].
  int inSlot(int slot) {
    return inSlot[slot];
  }

  /// How many crashed operations of a class have been invoked.
  int crashedCount(int classNumber) {
    return crashedCount[classNumber];
  }

  void forward() {
    move(timeline.events[position++], 1);
  }

  void moveTo(int place) {
    while (position > place) {
      move(timeline.events[--position], -1);
    }
    while (position < place) {
      forward();
    }
  }

  private void move(int event, int direction) {
    int operation = Timeline.operationOf(event);
    int slot = timeline.slot[operation];
    if (slot == Timeline.NO_SLOT) {
      crashedCount[timeline.classOf[operation]] += direction;
    } else {
      boolean opens = Timeline.isReturn(event) != (direction > 0);
      inSlot[slot] = opens ? operation : NONE;
    }
  }
}
