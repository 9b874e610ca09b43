package dev.nucleusdb.sim.disk.legal;

import java.util.ArrayList;
import java.util.List;

/// All answers, one run after the other: an odometer whose wheels are the questions of the last
/// run.
///
/// ```
///   EnumeratedChoices all = new EnumeratedChoices(3);
///   do { ask(all); } while (all.next());
/// ```
public final class EnumeratedChoices implements Choices {
  private final int placesMax;
  private final List<Integer> answers = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private int asked;

  /// @param placesMax of all places within some bytes, so many are tried, evenly spread
  public EnumeratedChoices(int placesMax) {
    this.placesMax = placesMax;
  }

  @Override
  public int of(int count) {
    if (asked == answers.size()) {
      answers.add(0);
      counts.add(count);
    }
    return Math.min(answers.get(asked++), count - 1);
  }

  @Override
  public int place(int length) {
    int tried = Math.min(length, placesMax);
    return (int) ((long) of(tried) * length / tried);
  }

  /// Gives the answers of the last run once more.
  public void again() {
    asked = 0;
  }

  /// Goes on to the next answers.
  ///
  /// @return false if there are none that have not been given
  public boolean next() {
    while (answers.size() > asked) {
      answers.removeLast();
      counts.removeLast();
    }
    asked = 0;
    while (!answers.isEmpty() && answers.getLast() + 1 >= counts.getLast()) {
      answers.removeLast();
      counts.removeLast();
    }
    if (answers.isEmpty()) {
      return false;
    }
    answers.set(answers.size() - 1, answers.getLast() + 1);
    return true;
  }
}
