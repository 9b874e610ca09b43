package dev.nucleusdb.linearizability.isolation.level;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/// How long a judge may go on, and how much it may hold.
///
/// ```
///   begin("keys", 300) ── advance, advance, …      how far it came
///   spend(work) ────────► the clock is asked now and then
///   take(bytes) ────────► counted before they are allocated
///        └► EndOfPatience: "the deadline was reached, with 120 of 300 keys …"
/// ```
///
/// What is held is counted, not measured: the arrays that grow with the history, as they are made.
/// The history itself is not counted.
public final class Patience {
  /// How much work, in elements looked at, may be done before the clock is asked again: a fraction
  /// of a millisecond.
  private static final long WORK_BETWEEN_CLOCKS = 1 << 16;

  private final BooleanSupplier deadlinePassed;
  private final long maxBytes;
  private boolean ended;
  private long workSinceClock;
  private long held;
  private String part = "";
  private long done;
  private long total;

  /// @param deadlinePassed whether time is up
  public Patience(BooleanSupplier deadlinePassed) {
    this(deadlinePassed, Long.MAX_VALUE);
  }

  /// @param deadlinePassed whether time is up
  /// @param maxBytes the most bytes that a judge may hold beside the history
  public Patience(BooleanSupplier deadlinePassed, long maxBytes) {
    this.deadlinePassed = deadlinePassed;
    this.maxBytes = maxBytes;
  }

  /// One without end.
  public static Patience endless() {
    return new Patience(() -> false);
  }

  /// Whether time is up. Once it is, it stays so.
  public boolean ended() {
    ended = ended || deadlinePassed.getAsBoolean();
    return ended;
  }

  /// Begins a part of the work, of which the end tells how far it came.
  ///
  /// @param name what is done, as `keys had their versions in order`
  /// @param count of how many
  public void begin(String name, long count) {
    part = name;
    done = 0;
    total = count;
  }

  /// One more is done.
  public void advance() {
    done++;
  }

  /// Takes note of work, in elements that are looked at.
  ///
  /// @throws EndOfPatience if time is up
  public void spend(long work) {
    workSinceClock += work;
    if (workSinceClock >= WORK_BETWEEN_CLOCKS) {
      workSinceClock = 0;
      requireTime();
    }
  }

  /// Asks the clock.
  ///
  /// @throws EndOfPatience if time is up
  public void requireTime() {
    if (ended()) {
      throw end("the deadline was reached");
    }
  }

  /// Takes note of bytes that are about to be held.
  ///
  /// @throws EndOfPatience if they are too many; then they are not counted
  public void take(long bytes) {
    if (bytes > maxBytes - held) {
      throw end("the bound on memory was reached");
    }
    held += bytes;
  }

  /// Takes note of bytes that are not held any more.
  public void giveBack(long bytes) {
    held -= bytes;
  }

  /// How many bytes are held.
  public long held() {
    return held;
  }

  private EndOfPatience end(String cause) {
    return new EndOfPatience(
        part.isEmpty()
            ? cause
            : String.format(Locale.ROOT, "%s, when %,d of %,d %s", cause, done, total, part));
  }
}
