package dev.nucleusdb.bitcask.index;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.bitcask.index.image.BadImageException;
import dev.nucleusdb.bitcask.index.image.ImageReader;
import dev.nucleusdb.bitcask.index.image.ImageWriter;
import dev.nucleusdb.bitcask.index.image.IndexSink;
import dev.nucleusdb.bitcask.index.image.IndexSource;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// The keydir that keeps no keys: a 96-bit fingerprint stands for each, so that a key costs 20
/// bytes over the load, about 24, however long it is.
///
/// The fingerprint is a keyed hash ([SipHash]) whose secret belongs to the database: nobody can
/// choose keys that collide. By chance, two of n keys share a fingerprint with probability below
/// n^2 / 2^97: 6e-12 for a billion keys. The engine compares the key in the record at every read,
/// so that even then no wrong value is returned; the key written last hides the other.
///
/// Deterministic for a secret: the order of views is that of fingerprints, whatever the history.
public final class HashKeydir implements Keydir {
  private static final int IMAGE_KIND = 1;

  /// The image holds the hash of this, to be told from one of another secret.
  private static final byte[] SECRET_WITNESS = {};

  private final SipHash hash;
  private final PagePool pool;
  private final HashTable table;
  private final List<HashView> views = new ArrayList<>();

  /// An empty index in memory that is given back once nothing can reach it.
  ///
  /// @param secret0 and `secret1`: random, of this database, the same at every opening of an image
  public HashKeydir(long secret0, long secret1) {
    this(secret0, secret1, Arena.ofAuto());
  }

  /// An empty index.
  ///
  /// @param arena where its memory comes from: automatic, or shared and closed by the caller after
  ///   the last reader is gone
  public HashKeydir(long secret0, long secret1, Arena arena) {
    hash = new SipHash(secret0, secret1);
    pool = new PagePool(arena);
    table = new HashTable(pool);
  }

  private HashKeydir(SipHash hash, PagePool pool, HashTable table) {
    this.hash = hash;
    this.pool = pool;
    this.table = table;
  }

  @Override
  public long get(byte[] key) {
    SipHash.Fingerprint print = hash.of(key);
    return table.get(print.high(), print.low());
  }

  @Override
  public long put(byte[] key, long place) {
    require(place >= 0, "place %s", place);
    SipHash.Fingerprint print = hash.of(key);
    if (!views.isEmpty()) {
      keep(print.high(), print.low(), table.get(print.high(), print.low()));
    }
    return table.put(print.high(), print.low(), place);
  }

  @Override
  public long remove(byte[] key) {
    SipHash.Fingerprint print = hash.of(key);
    if (!views.isEmpty()) {
      long place = table.get(print.high(), print.low());
      if (place == Place.NONE) {
        return Place.NONE;
      }
      keep(print.high(), print.low(), place);
    }
    return table.remove(print.high(), print.low());
  }

  @Override
  public Loader loader() {
    require(size() == 0 && views.isEmpty(), "only an empty index can be loaded");
    return new Loading();
  }

  /// Puts keys in batches, each in about the order of fingerprints: then neighbours come one after
  /// the other, while the memory that they stand in is still at hand.
  private final class Loading implements Loader {
    private static final int BATCH = 1 << 16;
    private static final int ORDERED_BITS = 10;

    private final long[] highs = new long[BATCH];
    private final int[] lows = new int[BATCH];
    private final long[] places = new long[BATCH];
    private final int[] order = new int[BATCH];
    private final int[] starts = new int[(1 << ORDERED_BITS) + 1];
    private int count;

    @Override
    public void add(byte[] key, int length, long place) {
      require(place >= 0, "place %s", place);
      SipHash.Fingerprint print = hash.of(key, length);
      highs[count] = print.high();
      lows[count] = print.low();
      places[count++] = place;
      if (count == BATCH) {
        putAll();
      }
    }

    private void putAll() {
      Arrays.fill(starts, 0);
      for (int i = 0; i < count; i++) {
        starts[(int) (highs[i] >>> (64 - ORDERED_BITS)) + 1]++;
      }
      for (int i = 1; i < starts.length; i++) {
        starts[i] += starts[i - 1];
      }
      for (int i = 0; i < count; i++) {
        order[starts[(int) (highs[i] >>> (64 - ORDERED_BITS))]++] = i;
      }
      for (int i = 0; i < count; i++) {
        int at = order[i];
        table.put(highs[at], lows[at], places[at]);
      }
      count = 0;
    }

    @Override
    public void finish() {
      putAll();
    }
  }

  @Override
  public void move(byte[] key, long to) {
    require(to >= 0, "place %s", to);
    SipHash.Fingerprint print = hash.of(key);
    long before = table.replace(print.high(), print.low(), to);
    require(before != Place.NONE, "moved a key that is not there");
  }

  @Override
  public void removeIf(LongPredicate condition) {
    table.removeIf(condition, this::keep);
  }

  @Override
  public long size() {
    return table.size();
  }

  @Override
  public long memoryBytes() {
    long bytes = pool.memoryBytes() + table.heapBytes();
    for (HashView view : views) {
      bytes += view.heapBytes();
    }
    return bytes;
  }

  /// Reads an index that [#save] has written, at the speed of reading and checksums: nothing is
  /// done for each key.
  ///
  /// @param binding what the image must belong to
  /// @throws BadImageException if it is damaged, or of another state, kind or secret: the index
  ///   must be built in another way
  public static HashKeydir load(IndexSource source, long binding, long secret0, long secret1)
      throws BadImageException {
    return load(source, binding, secret0, secret1, Arena.ofAuto());
  }

  /// As above, in memory of an arena.
  public static HashKeydir load(
      IndexSource source, long binding, long secret0, long secret1, Arena arena)
      throws BadImageException {
    SipHash hash = new SipHash(secret0, secret1);
    ImageReader image = new ImageReader(source, binding, IMAGE_KIND);
    ByteBuffer facts = image.facts();
    if (facts.getLong() != hash.of(SECRET_WITNESS).high()) {
      throw new BadImageException(0, "it was written with another secret");
    }
    PagePool pool = PagePool.load(arena, facts, image);
    image.finish();
    return new HashKeydir(hash, pool, HashTable.load(pool, facts));
  }

  @Override
  public void save(IndexSink sink, long binding) {
    reap();
    IntStream.Builder seenByViews = IntStream.builder();
    views.forEach(view -> view.forEachPage(seenByViews::add));
    int[] alsoFree = seenByViews.build().toArray();
    int bytes = 8 + pool.factsBytes(alsoFree.length) + table.factsBytes();
    ByteBuffer facts = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    facts.putLong(hash.of(SECRET_WITNESS).high());
    pool.putFacts(facts, alsoFree);
    table.putFacts(facts);
    ImageWriter image = new ImageWriter(sink, binding, IMAGE_KIND, facts.flip(), pool.bodyBytes());
    pool.save(image);
    image.finish();
  }

  @Override
  public View view() {
    reap();
    HashView view = new HashView(table, pool);
    views.add(view);
    return view;
  }

  /// Shows every view what is about to change.
  private void keep(long high, int low, long place) {
    reap();
    for (HashView view : views) {
      view.changing(high, low, place);
    }
  }

  private void reap() {
    for (int i = views.size() - 1; i >= 0; i--) {
      if (views.get(i).isClosed()) {
        views.remove(i).free();
      }
    }
  }

  @Override
  public void close() {
    views.clear();
  }
}
