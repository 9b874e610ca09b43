package dev.nucleusdb.bitcask.index;

import dev.nucleusdb.core.codec.Bytes;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// stub
@SuppressWarnings({"NullAway", "NonApiType"})
public final class OrderedTree implements OrderedKeydir {
  private final TreeMap<byte[], Long> map;

  public OrderedTree() {
    this(new TreeMap<>(Bytes.ORDER));
  }

  private OrderedTree(TreeMap<byte[], Long> map) {
    this.map = map;
  }

  @Override
  public long get(byte[] key) {
    Long place = map.get(key);
    return place == null ? Place.NONE : place;
  }

  @Override
  public long put(byte[] key, long place) {
    Long old = map.put(key.clone(), place);
    return old == null ? Place.NONE : old;
  }

  @Override
  public long remove(byte[] key) {
    Long old = map.remove(key);
    return old == null ? Place.NONE : old;
  }

  @Override
  public void move(byte[] key, long to) {
    map.replace(key, to);
  }

  @Override
  public void removeIf(LongPredicate place) {
    map.values().removeIf(place::test);
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public boolean scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    if (to != null && Bytes.ORDER.compare(from, to) >= 0) {
      return true;
    }
    NavigableMap<byte[], Long> range =
        to == null ? map.tailMap(from, true) : map.subMap(from, true, to, false);
    for (Map.Entry<byte[], Long> entry : range.entrySet()) {
      if (!visitor.visit(entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public OrderedView view() {
    TreeMap<byte[], Long> copy = new TreeMap<>(map);
    return new OrderedView() {
      @Override
      public Cursor cursor() {
        return new Cursor() {
          private Map.@Nullable Entry<byte[], Long> at;

          private boolean to(Map.@Nullable Entry<byte[], Long> entry) {
            at = entry;
            return entry != null;
          }

          @Override
          public boolean seek(byte[] key) {
            return to(copy.ceilingEntry(key));
          }

          @Override
          public boolean seekLast(byte @Nullable [] key) {
            return to(key == null ? copy.lastEntry() : copy.lowerEntry(key));
          }

          @Override
          public boolean next() {
            return at != null && to(copy.higherEntry(at.getKey()));
          }

          @Override
          public boolean previous() {
            return at != null && to(copy.lowerEntry(at.getKey()));
          }

          @Override
          public byte[] key() {
            return at.getKey().clone();
          }

          @Override
          public int copyKey(byte[] into) {
            System.arraycopy(at.getKey(), 0, into, 0, at.getKey().length);
            return at.getKey().length;
          }

          @Override
          public long place() {
            return at.getValue();
          }
        };
      }

      @Override
      public long size() {
        return copy.size();
      }

      @Override
      public boolean forEach(LongPredicate visitor) {
        for (long place : copy.values()) {
          if (!visitor.test(place)) {
            return false;
          }
        }
        return true;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
