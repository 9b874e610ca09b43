package dev.nucleusdb.bitcask.store;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// This machine's clock, but never back: a key that has expired stays so while the store is open.
final class ForwardClock implements LongSupplier {
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  static long now() {
    return Instant.now().toEpochMilli();
  }

  @Override
  public long getAsLong() {
    long now = now();
    long known = latest.get();
    return known >= now ? known : latest.accumulateAndGet(now, Math::max);
  }
}
