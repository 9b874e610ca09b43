package dev.nucleusdb.bitcask.large;

import dev.nucleusdb.bitcask.OrderedSnapshot;
import dev.nucleusdb.bitcask.PinnedValues;
import dev.nucleusdb.bitcask.format.LargeValueException;
import dev.nucleusdb.bitcask.format.Reference;
import dev.nucleusdb.bitcask.segment.EntryReader;
import dev.nucleusdb.core.codec.Bytes;
import dev.nucleusdb.core.storage.StorageEngine.Visitor;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What users see of a snapshot: their keys, each once, and none of the house.
public final class UserView {
  private static final byte[] HIDDEN_FROM = KeySpace.hiddenFrom();
  private static final byte[] HIDDEN_TO = KeySpace.hiddenTo();

  private final OrderedSnapshot snapshot;

  /// @param snapshot is closed by whoever has made it
  public UserView(OrderedSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /// Is shown the keys of large values, which are not read.
  @FunctionalInterface
  public interface LargeVisitor {
    /// Throws [LargeValueException].
    LargeVisitor REFUSE =
        (key, sizeBytes) -> {
          throw new LargeValueException(sizeBytes);
        };

    /// @param sizeBytes of the value
    /// @return whether to go on
    boolean visit(byte[] key, long sizeBytes);
  }

  /// Visits the keys from `from` (included) to `to` (excluded; null means to the end) in order,
  /// until a visitor has enough.
  public void scan(byte[] from, byte @Nullable [] to, Visitor visitor, LargeVisitor large) {
    byte[] end = to == null ? null : KeySpace.ofUser(to);
    Iterator at = iterator();
    boolean more = at.seek(from);
    while (more && (end == null || Bytes.ORDER.compare(at.at.key(), end) < 0)) {
      more = show(at, visitor, large) && at.next();
    }
  }

  /// As [#scan], from the last key to the first.
  public void scanBackwards(
      byte[] from, byte @Nullable [] to, Visitor visitor, LargeVisitor large) {
    byte[] begin = KeySpace.ofUser(from);
    Iterator at = iterator();
    boolean more = at.seekBefore(to);
    while (more && Bytes.ORDER.compare(at.at.key(), begin) >= 0) {
      more = show(at, visitor, large) && at.previous();
    }
  }

  private static boolean show(Iterator at, Visitor visitor, LargeVisitor large) {
    Reference reference = at.at.reference();
    return reference == null
        ? visitor.visit(at.key(), at.value())
        : large.visit(at.key(), reference.sizeBytes());
  }

  /// Visits the keys alone, in order.
  public void keys(byte[] from, byte @Nullable [] to, Predicate<byte[]> visitor) {
    byte[] begin = KeySpace.ofUser(from);
    byte[] end = to == null ? null : KeySpace.ofUser(to);
    boolean[] enough = {false};
    Predicate<byte[]> shown =
        key -> {
          enough[0] = !visitor.test(KeySpace.toUser(key));
          return !enough[0];
        };
    snapshot.keys(begin, earlier(end, HIDDEN_FROM), shown);
    if (!enough[0]) {
      byte[] behind = Bytes.ORDER.compare(begin, HIDDEN_TO) > 0 ? begin : HIDDEN_TO;
      snapshot.keys(behind, end, shown);
    }
  }

  private static byte[] earlier(byte @Nullable [] one, byte[] other) {
    return one == null || Bytes.ORDER.compare(one, other) > 0 ? other : one;
  }

  /// The value that a key had, or null.
  ///
  /// @throws LargeValueException if it is large
  public byte @Nullable [] get(byte[] key) {
    return snapshot.get(KeySpace.ofUser(key));
  }

  /// The value that a key had, large or not; null if it had none. Called by the writer.
  ///
  /// @param reader of the stream alone
  /// @param release closes what the stream keeps, as the writer
  public @Nullable ValueStream stream(
      byte[] key, EntryReader reader, Consumer<PinnedValues> release) {
    byte[] own = KeySpace.ofUser(key);
    OrderedSnapshot.Iterator at = snapshot.iterator();
    if (!at.seek(own) || !Arrays.equals(at.key(), own)) {
      return null;
    }
    Reference reference = at.reference();
    return reference == null
        ? new ValueStream(at.value())
        : new ValueStream(
            reference, snapshot.pin(LargeValues.partKeys(reference), reader), release);
  }

  /// A place in the order of the keys; at none of them before the first call that moves it.
  public Iterator iterator() {
    return new Iterator(snapshot.iterator(HIDDEN_FROM, HIDDEN_TO));
  }

  /// Moves over keys and values, forwards and backwards. What has expired is passed over. Every
  /// method that moves returns whether it stands at a key.
  public static final class Iterator {
    private final OrderedSnapshot.Iterator at;

    private Iterator(OrderedSnapshot.Iterator at) {
      this.at = at;
    }

    /// To the first key.
    public boolean first() {
      return at.first();
    }

    /// To the last key.
    public boolean last() {
      return at.last();
    }

    /// To the first key that is `from` or behind it.
    public boolean seek(byte[] from) {
      return at.seek(KeySpace.ofUser(from));
    }

    /// To the last key before `to`; null for the last of all.
    public boolean seekBefore(byte @Nullable [] to) {
      return at.seekBefore(to == null ? null : KeySpace.ofUser(to));
    }

    /// To the next key.
    public boolean next() {
      return at.next();
    }

    /// To the key before.
    public boolean previous() {
      return at.previous();
    }

    /// The key that it stands at.
    public byte[] key() {
      return KeySpace.toUser(at.key());
    }

    /// The value of the key that it stands at.
    ///
    /// @throws LargeValueException if it is large
    public byte[] value() {
      return at.value();
    }

    /// Whether the value is large.
    public boolean isLarge() {
      return at.reference() != null;
    }
  }
}
