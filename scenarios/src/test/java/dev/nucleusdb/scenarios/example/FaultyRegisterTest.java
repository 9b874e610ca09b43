package dev.nucleusdb.scenarios.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nucleusdb.sim.junit.Simulate;
import dev.nucleusdb.sim.trial.Simulation;
import dev.nucleusdb.sim.trial.TrialBody;
import dev.nucleusdb.sim.trial.TrialFailure;
import dev.nucleusdb.sim.trial.TrialOptions;
import dev.nucleusdb.sim.trial.Trials;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The bugs of a hasty author are found within few worlds and come down to few faults; without them
/// no fault does any harm.
class FaultyRegisterTest {
  private static final String FAULTS =
      "partition,one-way,loss,duplicate,delay,reorder,clog,crash,crash-all,point,pause,skew,drift,"
          + "jump,slow-disk,sync-failure,no-space,torn,bit-flip,misdelivery,half-open,reset,flap,"
          + "slow-node,late-timer,shuffle,pct,exception,stall,write-error";

  private static final TrialOptions OPTIONS =
      TrialOptions.DEFAULT
          .withWorlds(200)
          .withNodes(2)
          .withFaults("partition,loss,duplicate,crash,torn,sync-failure");

  private static TrialFailure find(RegisterServer.Haste haste) {
    TrialBody body = simulation -> RegisterTest.judge(simulation, haste);
    TrialFailure failure = Objects.requireNonNull(new Trials(OPTIONS, body).run());
    assertThat(failure.invariant()).isEqualTo("Linearizability");
    TrialFailure replayed = new Trials(OPTIONS, body).replay(failure.seed(), failure.plan());
    assertThat(Objects.requireNonNull(replayed).invariant()).isEqualTo("Linearizability");
    return failure;
  }

  @Test
  void acknowledging_before_the_backup_has_it_needs_no_fault_to_be_found() {
    TrialFailure failure = find(RegisterServer.Haste.PRIMARY);
    assertThat(failure.world()).isLessThanOrEqualTo(3);
    assertThat(failure.plan().entries()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void answering_before_the_disk_has_it_needs_a_backup_that_forgets() {
    TrialFailure failure = find(RegisterServer.Haste.BACKUP);
    assertThat(failure.world()).isLessThanOrEqualTo(100);
    assertThat(failure.plan().entries()).hasSizeBetween(1, 4);
    assertThat(failure.plan().entries()).anyMatch(fault -> fault.target().startsWith("n2"));
  }

  @Simulate(worlds = 60, nodes = 2, seed = 1_000, faults = FAULTS)
  void waiting_for_the_backup_is_right_under_all_faults(Simulation simulation) {
    RegisterTest.judge(simulation, RegisterServer.Haste.NONE);
  }
}
