package dev.nucleusdb.sim.stranger.planted;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/// Code that goes past every seam, each time in another way.
@SuppressWarnings("unused")
public final class Careless {
  private static final Random DICE = new Random();

  /// Calls it by a helper.
  public static long clock() {
    return helper();
  }

  private static long helper() {
    return System.nanoTime();
  }

  /// Calls it in a lambda that somebody else runs.
  public static LongSupplier lambda() {
    return () -> System.currentTimeMillis();
  }

  /// Calls it by a reference.
  public static LongSupplier reference() {
    return System::nanoTime;
  }

  /// Uses a static field that is initialized with it.
  public static int random() {
    return DICE.nextInt();
  }

  /// Calls it by a class of the JDK that inherits it.
  public static long parallel() {
    return new ArrayList<>(List.of(1)).parallelStream().count();
  }

  /// Makes an object that a framework will call back.
  public static Runnable thread() {
    return new Background();
  }

  /// Calls it by a method that is overridden.
  public static void overridden(Action action) {
    action.act();
  }

  /// Does something.
  public interface Action {
    /// Does it.
    void act();
  }

  private static final class Background implements Runnable {
    @Override
    public void run() {
      new Thread(() -> {}).start();
    }
  }

  /// Gives an implementation of its own to a method that knows only the interface.
  public static void environment() {
    overridden(
        new Action() {
          @Override
          public void act() {
            System.getenv("HOME");
          }
        });
  }

  /// An unordered map.
  public static Map<String, String> unordered() {
    return new HashMap<>();
  }

  /// A file.
  public static boolean file() {
    return new File("x").exists();
  }
}
