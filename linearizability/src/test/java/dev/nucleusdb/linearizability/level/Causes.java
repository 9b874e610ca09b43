package dev.nucleusdb.linearizability.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.linearizability.history.Operation;
import java.util.List;

/// The causal order that views of all clients must share: each client's order, and before what a
/// client did all that stands before it in its view, worked out pair by pair.
final class Causes {
  private Causes() {}

  static void requireOne(List<Operation> operations, List<View> views) {
    int count = operations.size();
    boolean[][] cause = new boolean[count][count];
    for (int one = 0; one < count; one++) {
      for (int other = 0; other < count; other++) {
        cause[one][other] = isDirect(operations.get(one), operations.get(other), views);
      }
    }
    for (int middle = 0; middle < count; middle++) {
      for (int one = 0; one < count; one++) {
        for (int other = 0; other < count; other++) {
          cause[one][other] |= cause[one][middle] && cause[middle][other];
        }
      }
    }
    for (int one = 0; one < count; one++) {
      assertThat(cause[one][one]).as("%s causes itself", operations.get(one)).isFalse();
      for (int other = 0; other < count; other++) {
        for (View view : views) {
          boolean reversed = stands(view, operations.get(other), operations.get(one));
          assertThat(cause[one][other] && reversed).as("%s in %s", one, view).isFalse();
        }
      }
    }
  }

  private static boolean isDirect(Operation one, Operation other, List<View> views) {
    boolean inProgram = one.process() == other.process() && one.returnTime() < other.invokeTime();
    return inProgram
        || views.stream()
            .filter(view -> view.process().orElse(other.process()) == other.process())
            .anyMatch(view -> stands(view, one, other));
  }

  private static boolean stands(View view, Operation one, Operation other) {
    int place = view.order().indexOf(one);
    return place >= 0 && place < view.order().indexOf(other);
  }
}
