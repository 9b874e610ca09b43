package dev.nucleusdb.sim.fiber;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A virtual thread whose continuation is in our hands. The JDK (25) has all that is needed, but
/// not for everybody: the constructor that takes a scheduler is reached by reflection.
///
/// The thread is not started by `start()`, which would enter it into a list of all threads: there
/// an abandoned fiber, which nobody will ever resume, would stay for ever with all that its stack
/// holds. Here it is garbage as soon as nobody knows it.
final class FiberThread {
  private static final int STARTED = 1;
  private static final Access ACCESS = Access.find();

  private final Thread thread;
  private final Runnable continuation;

  /// The doors into `java.lang`.
  ///
  /// @param constructor `VirtualThread(Executor, String, int, Runnable)`
  /// @param setState of a virtual thread
  /// @param setContainer of any thread
  /// @param continuation runs a virtual thread until it blocks
  /// @param root the container that every thread leaves when it ends
  /// @param missing why all the others are null, or null
  private record Access(
      @Nullable MethodHandle constructor,
      @Nullable MethodHandle setState,
      @Nullable MethodHandle setContainer,
      @Nullable MethodHandle continuation,
      @Nullable Object root,
      @Nullable String missing) {

    static Access find() {
      try {
        return open();
      } catch (IllegalAccessException | InaccessibleObjectException closed) {
        return missing("fibers need the JVM flag " + flag());
      } catch (ReflectiveOperationException | LinkageError other) {
        return missing("fibers do not know this JDK, they need 25: " + other);
      }
    }

    private static Access missing(String why) {
      return new Access(null, null, null, null, null, why);
    }

    private static String flag() {
      Module module = FiberThread.class.getModule();
      return "--add-opens java.base/java.lang="
          + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    private static Access open() throws ReflectiveOperationException {
      Class<?> type = Class.forName("java.lang.VirtualThread");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      Method container = Thread.class.getDeclaredMethod("threadContainer");
      MethodHandle constructor =
          lookup.findConstructor(
              type,
              MethodType.methodType(
                  void.class, Executor.class, String.class, int.class, Runnable.class));
      return new Access(
          constructor.asType(constructor.type().changeReturnType(Thread.class)),
          generic(
              lookup.findVirtual(type, "setState", MethodType.methodType(void.class, int.class))),
          generic(
              MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                  .findVirtual(
                      Thread.class,
                      "setThreadContainer",
                      MethodType.methodType(void.class, container.getReturnType()))),
          generic(lookup.findGetter(type, "runContinuation", Runnable.class)),
          root(constructor, container),
          null);
    }

    /// With the thread as a [Thread], and other references as objects.
    private static MethodHandle generic(MethodHandle handle) {
      MethodType type = handle.type().changeParameterType(0, Thread.class);
      boolean takesReference = type.parameterCount() > 1 && !type.parameterType(1).isPrimitive();
      return handle.asType(takesReference ? type.changeParameterType(1, Object.class) : type);
    }

    /// The container of a thread that has been started, and ended at once, in the usual way.
    private static Object root(MethodHandle constructor, Method container)
        throws ReflectiveOperationException {
      container.setAccessible(true);
      Executor atOnce = Runnable::run;
      try {
        Runnable nothing = () -> {};
        Thread probe = (Thread) constructor.invoke(atOnce, "probe", 0, nothing);
        probe.start();
        return container.invoke(probe);
      } catch (ReflectiveOperationException failure) {
        throw failure;
      } catch (Throwable failure) {
        throw new ReflectiveOperationException(failure);
      }
    }
  }

  /// @param scheduler where the JDK reports that the thread could go on
  /// @param name the thread's name
  /// @param body what it runs
  /// @throws IllegalStateException if the JVM does not allow it; the message names the flag
  FiberThread(Executor scheduler, String name, Runnable body) {
    checkJvm();
    Access access = ACCESS;
    if (access.constructor == null
        || access.setState == null
        || access.setContainer == null
        || access.continuation == null) {
      throw new IllegalStateException(access.missing);
    }
    try {
      thread = (Thread) access.constructor.invokeExact(scheduler, name, 0, body);
      access.setContainer.invokeExact(thread, access.root);
      access.setState.invokeExact(thread, STARTED);
      continuation = (Runnable) access.continuation.invokeExact(thread);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// @throws IllegalStateException if the JVM does not allow fibers; the message names the flag
  static void checkJvm() {
    if (ACCESS.missing != null) {
      throw new IllegalStateException(ACCESS.missing);
    }
  }

  /// The thread, as code that runs on it sees it.
  Thread thread() {
    return thread;
  }

  /// Runs it until it blocks or ends; on a platform thread.
  Runnable continuation() {
    return continuation;
  }

  /// Leaves the thread that is running now; it goes on when its continuation is run again. Returns
  /// at once if the thread cannot be left here.
  @SuppressWarnings("ThreadPriorityCheck") // no hint to a scheduler: we are the scheduler
  static void leave() {
    Thread.yield();
  }
}
