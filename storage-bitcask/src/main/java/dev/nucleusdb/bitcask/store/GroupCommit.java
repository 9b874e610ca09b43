package dev.nucleusdb.bitcask.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets writers share syncs: who finds none under way makes one, for itself and for all that came
/// before it began; who comes while one is under way waits for the next. So the batch is what
/// arrived during the last sync, and no timer is needed. (Group commit: DeWitt et al.,
/// *Implementation Techniques for Main Memory Database Systems*, SIGMOD 1984.)
final class GroupCommit {
  /// Makes durable all that was written before it is called.
  interface Sync {
    /// @throws RuntimeException if that failed
    void run();
  }

  private final Sync sync;
  private Group next = new Group();
  private boolean underWay;

  GroupCommit(Sync sync) {
    this.sync = sync;
  }

  /// Returns once everything is durable that the calling thread has written.
  ///
  /// @throws RuntimeException what the sync threw, whoever made it
  void await() {
    Group mine;
    boolean leads;
    synchronized (this) {
      mine = next;
      leads = !underWay;
      if (leads) {
        underWay = true;
        next = new Group();
      } else {
        mine.join();
      }
    }
    if (leads || mine.awaitDone()) {
      lead(mine);
    }
    mine.report();
  }

  private void lead(Group mine) {
    try {
      sync.run();
    } catch (RuntimeException failure) {
      mine.failure = failure;
    }
    Group following;
    synchronized (this) {
      following = next.isEmpty() ? null : next;
      if (following == null) {
        underWay = false;
      } else {
        next = new Group();
      }
    }
    if (following != null) {
      following.appointLeader();
    }
    mine.finish();
  }

  /// The writers that one sync serves.
  private static final class Group {
    private Thread @Nullable [] waiters;
    private int count;
    private volatile boolean done;
    private volatile @Nullable Thread leader;
    volatile @Nullable RuntimeException failure;

    void join() {
      Thread[] known = waiters == null ? new Thread[8] : waiters;
      waiters = count == known.length ? java.util.Arrays.copyOf(known, 2 * count) : known;
      waiters[count++] = Thread.currentThread();
    }

    boolean isEmpty() {
      return count == 0;
    }

    /// @return true if this thread has to make the sync
    @SuppressWarnings("ReferenceEquality") // a thread is itself
    boolean awaitDone() {
      boolean interrupted = false;
      while (!done && leader != Thread.currentThread()) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return !done;
    }

    /// After nobody can join any more.
    void appointLeader() {
      Thread first = java.util.Objects.requireNonNull(waiters)[0];
      leader = first;
      LockSupport.unpark(first);
    }

    @SuppressWarnings("ReferenceEquality")
    void finish() {
      done = true;
      for (int i = 0; i < count; i++) {
        Thread thread = java.util.Objects.requireNonNull(waiters)[i];
        if (thread != Thread.currentThread()) {
          LockSupport.unpark(thread);
        }
      }
    }

    void report() {
      RuntimeException known = failure;
      if (known != null) {
        throw known;
      }
    }
  }
}
