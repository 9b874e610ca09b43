package dev.nucleusdb.core.system;

/// A thread that no interrupt reaches: one that arrived during a read or a write would close the
/// file channel in use.
final class UninterruptedThread extends Thread {
  UninterruptedThread(String name, Runnable body) {
    super(null, body, name);
    setDaemon(true);
  }

  @Override
  public void interrupt() {}

  /// Waits for the end of `thread`; an interrupt of the caller is kept for later.
  static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
