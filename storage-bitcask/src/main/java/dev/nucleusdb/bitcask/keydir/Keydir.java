package dev.nucleusdb.bitcask.keydir;

import dev.nucleusdb.core.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every key, and where its newest record stands (the *keydir* of Sheehy and Smith 2010, ordered
/// here). Owns its keys: callers copy before they hand one in, and change none that they are given.
///
/// Invariant, outside recovery: no place is a tombstone.
public final class Keydir {
  private final TreeMap<byte[], Place> places = new TreeMap<>(Bytes.ORDER);
  private final SupersedeRule supersedeRule;
  private final MoveRule moveRule;
  private final List<KeydirView> views = new ArrayList<>();

  /// @param supersedeRule which of two records counts
  /// @param moveRule whether a merge's copy may take over
  public Keydir(SupersedeRule supersedeRule, MoveRule moveRule) {
    this.supersedeRule = supersedeRule;
    this.moveRule = moveRule;
  }

  /// Where a key's record stands, or null.
  public @Nullable Place get(byte[] key) {
    return places.get(key);
  }

  /// Points a key at a record if that is newer than what is known.
  ///
  /// @return the place that no longer counts: the one replaced, `place` itself if it is the older,
  ///   or null if the key was not known
  public @Nullable Place offer(byte[] key, Place place) {
    Place known = places.get(key);
    if (known != null && !supersedeRule.supersedes(place.sequence(), known.sequence())) {
      return place;
    }
    views.forEach(view -> view.changing(key, known));
    places.put(key, place);
    return known;
  }

  /// Forgets a key.
  ///
  /// @return where its record stands, or null
  public @Nullable Place remove(byte[] key) {
    Place known = places.remove(key);
    if (known != null) {
      byte[] own = key.clone();
      views.forEach(view -> view.changing(own, known));
    }
    return known;
  }

  /// All keys and places as they are now, whatever changes afterwards.
  public KeydirView view() {
    KeydirView view = new KeydirView(this);
    views.add(view);
    return view;
  }

  /// Stops keeping what changes for a view.
  public void close(KeydirView view) {
    views.remove(view);
  }

  /// Points a key at a merge's copy, if the rule agrees.
  ///
  /// @return whether it did
  public boolean move(byte[] key, Place copied, Place copy) {
    Place current = places.get(key);
    if (current == null || !moveRule.mayMove(current, copied)) {
      return false;
    }
    places.put(key, copy);
    return true;
  }

  /// Forgets all keys whose newest record is a tombstone: the end of recovery.
  public void dropTombstones() {
    places.values().removeIf(Place::isTombstone);
  }

  /// The keys from `from` (included) to `to` (excluded; null means to the end), in order.
  public NavigableMap<byte[], Place> range(byte[] from, byte @Nullable [] to) {
    if (to == null) {
      return places.tailMap(from, true);
    }
    return Bytes.ORDER.compare(from, to) >= 0
        ? new TreeMap<>(Bytes.ORDER)
        : places.subMap(from, true, to, false);
  }

  /// How many keys there are.
  public int size() {
    return places.size();
  }
}
