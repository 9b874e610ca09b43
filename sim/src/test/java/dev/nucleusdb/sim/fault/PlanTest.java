package dev.nucleusdb.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nucleusdb.core.random.SplitMix;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final String TEXT =
      """
      seed=42
      mix=loss:0.1:0s

      partition/3 at=12.345s for=4s sides=n1,n2|n3,n4,n5
      loss/n1>n2/341
      delay/n1>n2/77 by=0.035s
      crash/n3/2 at=3s down=1.2s disk=mixed
      point/n3/raft.vote.durable/4 down=1s disk=drop
      jump/n2/1 at=5s for=10s by=-3.2s
      drift/n2/1 at=0s perSecond=0.000001s
      sync-failure/n1/17 down=2s bytes=lost
      """;

  @Test
  void a_plan_is_read_as_it_is_written() {
    Plan plan = Plan.parse(TEXT);
    assertThat(plan.toString()).isEqualTo(TEXT);
    assertThat(Plan.parse(plan.toString())).isEqualTo(plan);
    assertThat(plan.entries().get(4).target()).isEqualTo("n3/raft.vote.durable");
    assertThat(plan.entries().get(5).byNanos()).isEqualTo(-3_200_000_000L);
  }

  @Test
  void errors_name_line_and_column() {
    assertError("seed=1\n\nflood/n1/1", 3, 1, "no fault family is called \"flood\"");
    assertError("crash/n1/x at=1s", 1, 10, "\"x\" is no number");
    assertError("crash/n1/1 at=1s up=2s", 1, 18, "\"up=2s\" does not belong to a crash");
    assertError("loss/a>b/1\ncrash/n1/1 at=1", 2, 15, "\"1\" is no time such as 1.25s");
    assertError("crash/n1/1 at=1s at=2s", 1, 18, "at is given twice");
    assertError("loss/a>b/1\nloss/a>b/1", 2, 1, "a second entry is called loss/a>b/1");
    assertError("torn/n1/1", 1, 1, "\"torn\" has no entries");
    assertError("hello", 1, 1, "\"hello\" is no name such as crash/n3/2");
  }

  private static void assertError(String text, int line, int column, String detail) {
    assertThatThrownBy(() -> Plan.parse(text))
        .isInstanceOfSatisfying(
            PlanSyntaxException.class,
            error -> {
              assertThat(error.line()).isEqualTo(line);
              assertThat(error.column()).isEqualTo(column);
              assertThat(error).hasMessageContaining(detail);
            });
  }

  @Test
  void an_entry_can_be_taken_out_and_replaced() {
    Plan plan = Plan.parse(TEXT);
    assertThat(plan.without("crash/n3/2").entries())
        .hasSize(7)
        .noneMatch(entry -> entry.name().equals("crash/n3/2"));
    PlanEntry shorter = plan.entries().getFirst().lasting(1_000_000_000);
    assertThat(plan.replacing(shorter).entries().getFirst().toString()).contains(" for=1s ");
  }

  @Test
  void the_schedule_of_a_family_does_not_depend_on_other_families() {
    FaultMix both = FaultMix.full(1, FaultFamily.parseList("crash,partition,jump"));
    FaultMix one =
        FaultMix.NONE.with(
            FaultFamily.CRASH, both.rate(FaultFamily.CRASH), both.sizeNanos(FaultFamily.CRASH));
    assertThat(schedule(both).stream().filter(entry -> entry.family() == FaultFamily.CRASH))
        .isEqualTo(schedule(one).stream().toList())
        .isNotEmpty();
  }

  private static List<PlanEntry> schedule(FaultMix mix) {
    List<String> nodes = List.of("n1", "n2", "n3");
    return new FaultSchedule(
            new SplitMix(9),
            mix,
            nodes,
            List.of("c1"),
            List.of("raft.vote"),
            600_000_000_000L,
            1_000)
        .draw();
  }

  @Test
  void swarms_leave_out_a_quarter_to_a_half_of_the_families_and_most_of_the_rarer_ones() {
    Map<FaultFamily, Integer> on = new EnumMap<>(FaultFamily.class);
    for (long seed = 0; seed < 1_000; seed++) {
      FaultMix.draw(seed).strengths().keySet().forEach(family -> on.merge(family, 1, Integer::sum));
      assertThat(FaultMix.draw(seed)).isEqualTo(FaultMix.draw(seed));
    }
    assertThat(on.get(FaultFamily.PARTITION)).isBetween(550, 700);
    assertThat(on.get(FaultFamily.SWIZZLE)).isBetween(150, 240);
    assertThat(FaultMix.draw(1, FaultFamily.parseList("none")).strengths()).isEmpty();
  }

  @Test
  void families_are_named_as_on_the_command_line() {
    assertThat(FaultFamily.parseList("loss, one-way"))
        .containsExactly(FaultFamily.ONE_WAY, FaultFamily.LOSS);
    assertThatThrownBy(() -> FaultFamily.parseList("los"))
        .hasMessageContaining("\"los\"")
        .hasMessageContaining("loss");
  }

  @Test
  void the_smallest_worlds_have_schedules_too() {
    FaultMix mix = FaultMix.full(1, FaultFamily.parseList("all"));
    for (List<String> clients : List.of(List.<String>of(), List.of("c1"))) {
      List<PlanEntry> entries =
          new FaultSchedule(
                  new SplitMix(9), mix, List.of("n1"), clients, List.of(), 600_000_000_000L, 1_000)
              .draw();
      assertThat(entries.stream().anyMatch(entry -> entry.family() == FaultFamily.ONE_WAY))
          .isEqualTo(!clients.isEmpty());
      assertThat(entries)
          .filteredOn(entry -> entry.family() == FaultFamily.ONE_WAY)
          .allSatisfy(entry -> assertThat(entry.detail()).isIn("n1>c1", "c1>n1"));
    }
  }
}
