package dev.nucleusdb.core.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.core.consensus.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Remembers what it was told, in memory; answers with the number of commands so far.
final class RememberingMachine implements StateMachine {
  final List<String> commands = new ArrayList<>();
  Consumer<Long> listener = index -> {};
  long appliedIndex;

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public Object apply(long index, byte[] command) {
    assertThat(index).isEqualTo(appliedIndex + 1);
    appliedIndex = index;
    if (command.length > 0) {
      commands.add(new String(command, UTF_8));
    }
    listener.accept(index);
    return commands.size();
  }
}
