package dev.nucleusdb.bitcask.index;

import java.util.function.LongPredicate;

/// stub
public interface Keydir extends AutoCloseable {
  long get(byte[] key);

  long put(byte[] key, long place);

  long remove(byte[] key);

  void move(byte[] key, long to);

  void removeIf(LongPredicate place);

  long size();

  long memoryBytes();

  View view();

  @Override
  void close();

  interface View extends AutoCloseable {
    long size();

    boolean forEach(LongPredicate visitor);

    @Override
    void close();
  }
}
