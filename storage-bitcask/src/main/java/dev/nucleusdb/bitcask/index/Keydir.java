package dev.nucleusdb.bitcask.index;

import dev.nucleusdb.bitcask.index.image.IndexSink;
import java.util.function.LongPredicate;

/// Every key, and where its newest record stands (the *keydir* of Sheehy and Smith 2010).
///
/// One thread writes: the one that the engine runs on. Any number of threads read with [#get]
/// meanwhile, without a lock: each sees a place that was in force at some moment of its call.
/// Places are those of [Place], none negative. Keys are copied or hashed, never kept.
public interface Keydir extends AutoCloseable {
  /// Where a key's record stands, or [Place#NONE]. Any thread.
  ///
  /// In a hash index two keys may share a fingerprint (see [HashKeydir] for how seldom): whoever
  /// reads the record compares the key.
  long get(byte[] key);

  /// Points a key at a record. Writer.
  ///
  /// @return the place before, or [Place#NONE]
  long put(byte[] key, long place);

  /// Forgets a key. Writer.
  ///
  /// @return the place before, or [Place#NONE]
  long remove(byte[] key);

  /// Points a key that is there at another record of the same content, as a merge does: a view may
  /// show the old place or the new one. Writer.
  ///
  /// @throws IllegalArgumentException if the key is not there
  void move(byte[] key, long to);

  /// Forgets all keys whose place the condition holds for: the end of recovery drops tombstones.
  /// Writer.
  void removeIf(LongPredicate condition);

  /// How many keys there are. Any thread.
  long size();

  /// What the index occupies, off the heap and on it, in bytes; all that is allocated, used or not.
  long memoryBytes();

  /// Fills the index, which is empty, with keys that come in order: much quicker than [#put] for
  /// each. Writer; nothing else may be called until it is finished.
  Loader loader();

  /// All keys and places as they are now, whatever changes afterwards. Costs nothing to open;
  /// several may be open at once. Writer.
  View view();

  /// Writes the whole index as an image, from which the `load` of its class makes it again. Writer;
  /// views may be open.
  ///
  /// @param binding what the image belongs to: whoever loads it must name the same
  void save(IndexSink sink, long binding);

  /// Lets the memory go. Nothing may be called afterwards.
  @Override
  void close();

  /// Fills an index. What was added counts once it is finished; if it never is, the index is of no
  /// use.
  interface Loader {
    /// Adds a key, above all that were added before in the order of `core.codec.Bytes.ORDER`.
    ///
    /// @param key from index 0; copied or hashed, never kept
    /// @param length of the key
    void add(byte[] key, int length, long place);

    /// Nothing more comes.
    void finish();
  }

  /// The index as it was at one moment. Used by one thread at a time, any, while the writer goes
  /// on.
  interface View extends AutoCloseable {
    /// How many keys there were.
    long size();

    /// Shows every place once, in key order if the index is ordered, until the visitor returns
    /// false.
    ///
    /// @return whether all were shown
    boolean forEach(LongPredicate visitor);

    /// Gives up the view; its memory is taken back by the writer's next change. Any thread.
    @Override
    void close();
  }
}
