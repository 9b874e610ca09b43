package dev.nucleusdb.core.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.SnapshotReader;
import dev.nucleusdb.core.consensus.SnapshotWriter;
import dev.nucleusdb.core.consensus.StateMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers what it was told, in memory; answers with the number of commands so far. Its snapshots
/// have a piece for each command.
final class RememberingMachine implements StateMachine {
  final List<String> commands = new ArrayList<>();
  Consumer<Long> listener = index -> {};
  long appliedIndex;
  int installCount;
  private byte @Nullable [] mark;

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public Object apply(long index, byte[] bytes, int offset, int size) {
    assertThat(index).isEqualTo(appliedIndex + 1);
    appliedIndex = index;
    if (size > 0) {
      commands.add(new String(bytes, offset, size, UTF_8));
    }
    listener.accept(index);
    return commands.size();
  }

  @Override
  public SnapshotReader snapshot() {
    Deque<String> left = new ArrayDeque<>(commands);
    left.addFirst("begin");
    long index = appliedIndex;
    return new SnapshotReader() {
      @Override
      public long index() {
        return index;
      }

      @Override
      public byte @Nullable [] next(int bytesMax) {
        return left.isEmpty() ? null : left.removeFirst().getBytes(UTF_8);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SnapshotWriter receive() {
    List<String> pieces = new ArrayList<>();
    return new SnapshotWriter() {
      @Override
      public void add(byte[] piece) {
        pieces.add(new String(piece, UTF_8));
      }

      @Override
      public void install(long index, byte[] installed) {
        assertThat(pieces).startsWith("begin");
        assertThat(index).isGreaterThan(appliedIndex);
        commands.clear();
        commands.addAll(pieces.subList(1, pieces.size()));
        appliedIndex = index;
        mark = installed;
        installCount++;
        listener.accept(index);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public byte @Nullable [] snapshotMark() {
    return mark;
  }
}
