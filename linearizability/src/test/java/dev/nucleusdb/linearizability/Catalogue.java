package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Small histories with known verdicts, each there for one mistake that a checker can make. Every
/// object starts at 0.
public final class Catalogue {
  /// One row of the catalogue.
  public record Row(String name, String modelName, boolean linearizable, History history) {
    Model<Value> model() {
      return Models.named(modelName);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Catalogue() {}

  private static Row row(String name, boolean linearizable, String... operations) {
    String model = operations[0].contains("(") ? "kv:0" : "cas-register:0";
    return new Row(name, model, linearizable, Sketch.of(operations));
  }

  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(registers());
    rows.addAll(crashes());
    rows.addAll(compareAndSets());
    rows.addAll(keys());
    return rows;
  }

  private static List<Row> registers() {
    return List.of(
        row("L01 read your write", true, "A: write 1 [0,1]", "B: read > 1 [2,3]"),
        row("L02 stale read", false, "A: write 1 [0,1]", "B: read > 0 [2,3]"),
        row(
            "L03 old then new within a write",
            true,
            "A: write 1 [0,10]",
            "B: read > 0 [2,4]",
            "C: read > 1 [5,7]"),
        row(
            "L04 new then old, two readers",
            false,
            "A: write 1 [0,10]",
            "B: read > 1 [1,3]",
            "C: read > 0 [4,6]"),
        row(
            "L05 new then old, one reader",
            false,
            "A: write 1 [0,10]",
            "B: read > 1 [1,3]",
            "B: read > 0 [4,6]"),
        row("L06 own write not read", false, "A: write 1 [0,1]", "A: read > 0 [2,3]"),
        row("L07 read from the future", false, "A: read > 1 [0,1]", "B: write 1 [2,3]"),
        row("L08 thin air", false, "A: read > 7 [0,1]"),
        row(
            "L09 opposite orders",
            false,
            "A: write 1 [0,100]",
            "B: write 2 [0,100]",
            "C: read > 1 [1,2]",
            "C: read > 2 [3,4]",
            "D: read > 2 [1,2]",
            "D: read > 1 [3,4]"),
        row(
            "L10 two versions stale",
            false,
            "A: write 1 [0,1]",
            "A: write 2 [2,3]",
            "A: write 3 [4,5]",
            "B: read > 1 [6,7]"),
        row("L25 touching endpoints", true, "A: write 1 [0,10]", "B: read > 0 [10,20]"),
        row(
            "L26 zero duration",
            false,
            "A: write 1 [0,100]",
            "B: read > 1 [10,10]",
            "C: read > 1 [10,10]",
            "D: read > 0 [40,90]"),
        row(
            "L31 monotonic reads",
            false,
            "A: write 1 [0,1]",
            "A: write 2 [2,3]",
            "B: read > 2 [4,5]",
            "B: read > 1 [6,7]"),
        row(
            "L32 bounded staleness",
            false,
            "A: write 1 [0,1]",
            "B: read > 0 [4,5]",
            "C: read > 0 [20,21]"));
  }

  private static List<Row> crashes() {
    String[] zombies = {
      "A: write 1 [0~", "B: write 2 [2,3]", "B: read > 2 [4,5]", "B: read > 1 [6,7]"
    };
    String[] sixCrashed = {
      "A: write 1 [0~", "B: write 1 [0~", "C: write 1 [0~",
      "D: write 2 [0~", "E: write 2 [0~", "F: write 2 [0~",
      "G: read > 1 [1,2]", "G: read > 2 [3,4]", "G: read > 1 [5,6]",
      "G: read > 2 [7,8]", "G: read > 1 [9,10]", "G: read > 2 [11,12]"
    };
    String[] thirtyWrites =
        IntStream.range(0, 30)
            .mapToObj(value -> "A: write " + value + " [0~")
            .toArray(String[]::new);
    return List.of(
        row("L11 late", true, "A: write 1 [0~", "B: read > 0 [1,2]", "B: read > 1 [100,101]"),
        row("L12 undone", false, "A: write 1 [0~", "B: read > 1 [1,2]", "B: read > 0 [3,4]"),
        row("L13 aborted read", false, "A: write 1 [0,1] F", "B: read > 1 [2,3]"),
        row("L14 zombie write", true, zombies),
        row("L15 zombie gone", false, and(zombies, "B: read > 2 [8,9]")),
        row("L22 counts just suffice", true, sixCrashed),
        row("L23 one crashed write too few", false, and(sixCrashed, "G: read > 1 [13,14]")),
        row("L24 thirty crashed writes", false, and(thirtyWrites, "B: read > 99 [1,2]")),
        row("L33 nothing certain", true, "A: write 1 [0~", "B: write 2 [1,2] F"));
  }

  private static List<Row> compareAndSets() {
    String[] crashed = {"A: cas 0 1 [0~", "B: read > 0 [1,2]", "B: cas 1 2 > true [3,4]"};
    return List.of(
        row("L16 both won", false, "A: cas 0 1 > true [0,10]", "B: cas 0 2 > true [0,10]"),
        row("L17 refused rightly", true, "A: write 1 [0,1]", "B: cas 0 2 > false [2,3]"),
        row("L18 refused wrongly", false, "A: write 1 [0,1]", "B: cas 1 2 > false [2,3]"),
        row(
            "L19 ABA",
            true,
            "A: cas 0 1 > true [0,1]",
            "A: cas 1 0 > true [2,3]",
            "B: cas 0 1 > true [0,10]",
            "C: read > 1 [11,12]"),
        row("L20 crashed cas is needed", true, crashed),
        row("L21 and cannot be taken back", false, and(crashed, "B: read > 0 [5,6]")));
  }

  private static List<Row> keys() {
    return List.of(
        row(
            "L27 verdict per key",
            false,
            "A: put(x) 1 [0,1]",
            "B: get(x) > 1 [2,3]",
            "A: put(y) 1 [4,5]",
            "B: get(y) > 0 [6,7]"),
        row(
            "L28 store buffering",
            false,
            "A: put(x) 1 [0,1]",
            "A: get(y) > 0 [2,3]",
            "B: put(y) 1 [0,1]",
            "B: get(x) > 0 [2,3]"),
        row(
            "L30 writes follow reads",
            false,
            "A: put(x) 1 [0,1]",
            "B: get(x) > 1 [2,3]",
            "B: put(y) 1 [4,5]",
            "C: get(y) > 1 [6,7]",
            "C: get(x) > 0 [8,9]"),
        row("keys are independent", true, "A: put(x) 1 [0,1]", "B: get(y) > 0 [2,3]"),
        row("a deleted key is absent", true, "A: delete(x) [0,1]", "A: get(x) > absent [2,3]"),
        row(
            "a deleted key is not its old value",
            false,
            "A: delete(x) [0,1]",
            "A: get(x) > 0 [2,3]"),
        row(
            "create only once",
            false,
            "A: delete(x) [0,1]",
            "A: cas(x) absent 1 > true [2,9]",
            "B: cas(x) absent 2 > true [2,9]"),
        row(
            "appends in one order",
            false,
            "A: put(x) a [0,1]",
            "B: append(x) b [2,9]",
            "C: append(x) c [2,9]",
            "D: get(x) > abc [10,11]",
            "D: get(x) > acb [12,13]"));
  }

  private static String[] and(String[] operations, String more) {
    List<String> all = new ArrayList<>(List.of(operations));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
