package dev.nucleusdb.bitcask.keydir;

import dev.nucleusdb.core.codec.Bytes;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The keydir as it was at one moment: it shares the places that have not changed since, and keeps
/// those that have. Costs nothing to open, and as much as was changed to hold.
///
/// A merge that copies a record is no change: the copy has the same content, and the file of the
/// old one stays readable as long as a view may point into it.
public final class KeydirView {
  private final Keydir keydir;

  /// What stood at each key that has changed since; null if it was not there.
  private final TreeMap<byte[], @Nullable Place> before = new TreeMap<>(Bytes.ORDER);

  KeydirView(Keydir keydir) {
    this.keydir = keydir;
  }

  void changing(byte[] key, @Nullable Place known) {
    if (!before.containsKey(key)) {
      before.put(key, known);
    }
  }

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end), in order,
  /// until the visitor returns false.
  public void scan(byte[] from, byte @Nullable [] to, BiPredicate<byte[], Place> visitor) {
    if (to != null && Bytes.ORDER.compare(from, to) >= 0) {
      return;
    }
    NavigableMap<byte[], @Nullable Place> changed =
        to == null ? before.tailMap(from, true) : before.subMap(from, true, to, false);
    Iterator<Map.Entry<byte[], @Nullable Place>> older = changed.entrySet().iterator();
    Iterator<Map.Entry<byte[], Place>> same = keydir.range(from, to).entrySet().iterator();
    Map.Entry<byte[], @Nullable Place> nextOlder = next(older);
    Map.Entry<byte[], Place> nextSame = next(same);
    boolean more = true;
    while (more && (nextOlder != null || nextSame != null)) {
      int order = order(nextOlder, nextSame);
      if (nextOlder != null && order <= 0) {
        Place place = nextOlder.getValue();
        more = place == null || visitor.test(nextOlder.getKey(), place);
        nextOlder = next(older);
      } else if (nextSame != null) {
        more = visitor.test(nextSame.getKey(), nextSame.getValue());
      }
      nextSame = order < 0 ? nextSame : next(same);
    }
  }

  private static int order(
      Map.@Nullable Entry<byte[], @Nullable Place> older, Map.@Nullable Entry<byte[], Place> same) {
    if (older == null) {
      return 1;
    }
    return same == null ? -1 : Bytes.ORDER.compare(older.getKey(), same.getKey());
  }

  private static <T> @Nullable T next(Iterator<T> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }
}
