package dev.nucleusdb.raft.log;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something for each group of a node, in the order of their numbers. A node may have very many
/// groups, of which most do nothing: two arrays take about ten bytes for each, where a tree takes
/// more than fifty.
///
/// ```
///   groups    ─  2  3  7  9  ─  ─
///   values    ─  a  b  c  d  ─  ─
///                └ head      └ head + count
/// ```
///
/// A group is found by halving. One that comes between others moves those behind it, one that goes
/// moves those on the shorter side: so it is quick to add and to remove them in their order.
///
/// @param <V> what is kept of a group
public final class GroupMap<V> {
  private static final int CAPACITY_MIN = 4;

  private int[] groups = new int[CAPACITY_MIN];
  private @Nullable Object[] values = new @Nullable Object[CAPACITY_MIN];
  private int head;
  private int count;

  /// Nothing of any group.
  public GroupMap() {}

  /// What is kept of a group; null if there is nothing.
  public @Nullable V get(int group) {
    int place = place(group);
    return place < 0 ? null : valueAt(place);
  }

  /// Whether something is kept of a group.
  public boolean contains(int group) {
    return place(group) >= 0;
  }

  /// What is kept of a group, made if there is nothing.
  public V getOrAdd(int group, Supplier<V> maker) {
    int place = place(group);
    if (place >= 0) {
      return valueAt(place);
    }
    V made = maker.get();
    insert(-place - 1, group, made);
    return made;
  }

  /// Keeps something of a group, in the place of what was kept before.
  public void put(int group, V value) {
    int place = place(group);
    if (place >= 0) {
      values[head + place] = value;
    } else {
      insert(-place - 1, group, value);
    }
  }

  /// Keeps nothing of a group any more.
  public void remove(int group) {
    int place = place(group);
    if (place < 0) {
      return;
    }
    int at = head + place;
    int behind = count - place - 1;
    if (place < behind) {
      move(head, head + 1, place);
      values[head] = null;
      head++;
    } else {
      move(at + 1, at, behind);
      values[head + count - 1] = null;
    }
    count--;
  }

  /// Of how many groups something is kept.
  public int size() {
    return count;
  }

  /// Whether nothing is kept of any.
  public boolean isEmpty() {
    return count == 0;
  }

  /// The number of the group at a place.
  ///
  /// @param place from 0, below [#size]
  public int groupAt(int place) {
    return groups[head + Objects.checkIndex(place, count)];
  }

  /// What is kept of the group at a place.
  ///
  /// @param place from 0, below [#size]
  @SuppressWarnings("unchecked")
  public V valueAt(int place) {
    return (V) Objects.requireNonNull(values[head + Objects.checkIndex(place, count)]);
  }

  /// What is kept of the groups, in the order of their numbers; a view.
  public List<V> values() {
    return new Values();
  }

  private final class Values extends AbstractList<V> implements RandomAccess {
    @Override
    public V get(int place) {
      return valueAt(place);
    }

    @Override
    public int size() {
      return count;
    }
  }

  private int place(int group) {
    int at = Arrays.binarySearch(groups, head, head + count, group);
    return at < 0 ? at + head : at - head;
  }

  private void insert(int place, int group, V value) {
    if (head + count == groups.length) {
      makeRoom();
    }
    int at = head + place;
    move(at, at + 1, count - place);
    groups[at] = group;
    values[at] = value;
    count++;
  }

  private void makeRoom() {
    int length = Math.max(CAPACITY_MIN, count + (count >> 1));
    groups = Arrays.copyOf(Arrays.copyOfRange(groups, head, head + count), length);
    values = Arrays.copyOf(Arrays.copyOfRange(values, head, head + count), length);
    head = 0;
  }

  private void move(int from, int to, int length) {
    System.arraycopy(groups, from, groups, to, length);
    System.arraycopy(values, from, values, to, length);
  }
}
