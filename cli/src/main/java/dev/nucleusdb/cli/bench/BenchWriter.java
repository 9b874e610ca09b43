package dev.nucleusdb.cli.bench;

import dev.nucleusdb.database.api.Operation;
import dev.nucleusdb.database.api.Outcome;
import dev.nucleusdb.database.api.Reply;
import dev.nucleusdb.database.client.DatabaseClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.Semaphore;

/// One writer of a benchmark: writes new keys one after the other, and later reads back those that
/// were acknowledged. Runs on the client's thread.
final class BenchWriter {
  private final DatabaseClient client;
  private final String name;
  private final int valueBytes;
  private final BenchWritesCommand.Progress progress;
  private final BitSet acknowledged = new BitSet();
  private final Semaphore stopped = new Semaphore(0);
  private int count;
  private boolean stopping;
  private long readCount;
  private long lostCount;

  BenchWriter(
      DatabaseClient client, String name, int valueBytes, BenchWritesCommand.Progress progress) {
    this.client = client;
    this.name = name;
    this.valueBytes = valueBytes;
    this.progress = progress;
  }

  void stop() {
    stopping = true;
  }

  void write() {
    if (stopping) {
      stopped.release();
      return;
    }
    int number = count++;
    long begin = System.nanoTime();
    client.execute(
        new Operation.Put(key(number), value(number)),
        outcome -> {
          switch (outcome) {
            case Outcome.Ok _ -> {
              progress.ok(begin);
              acknowledged.set(number);
            }
            case Outcome.Failed _ -> progress.failed++;
            case Outcome.Unknown _ -> progress.unknown++;
          }
          write();
        });
  }

  void verify() {
    verifyFrom(acknowledged.nextSetBit(0));
  }

  private void verifyFrom(int number) {
    if (number < 0) {
      stopped.release();
      return;
    }
    client.execute(
        new Operation.Get(key(number)),
        outcome -> {
          readCount++;
          boolean found =
              outcome instanceof Outcome.Ok(Reply.Value(byte[] value))
                  && Arrays.equals(value, value(number));
          lostCount += found ? 0 : 1;
          verifyFrom(acknowledged.nextSetBit(number + 1));
        });
  }

  void awaitStopped() throws InterruptedException {
    stopped.acquire();
  }

  long readCount() {
    return readCount;
  }

  long lostCount() {
    return lostCount;
  }

  private byte[] key(int number) {
    return ("bench/" + name + "/" + number).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] value(int number) {
    byte[] value = new byte[valueBytes];
    Arrays.fill(value, (byte) 'v');
    byte[] text = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, value, 0, text.length);
    return value;
  }
}
