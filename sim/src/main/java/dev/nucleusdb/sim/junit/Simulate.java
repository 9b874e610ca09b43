package dev.nucleusdb.sim.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that is run in many simulated worlds. The method takes a
/// [dev.nucleusdb.sim.trial.Simulation], fills it with nodes and clients, runs it and judges it; a
/// method that does not run it has it run at its end.
///
/// The method is called once for each world, on one object of its class: what belongs to a world
/// belongs into local variables. The first world that fails is run again with fewer and fewer
/// faults, and what is left is saved under `target/nucleus`; the next run of the test begins with
/// it. `-Dnucleus.seed=17` runs the world of that seed alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SimulateExtension.class)
public @interface Simulate {
  /// How many worlds.
  int worlds() default 200;

  /// How many nodes [dev.nucleusdb.sim.trial.Simulation#programs] and
  /// [dev.nucleusdb.sim.trial.Simulation#nodes] add.
  int nodes() default 5;

  /// The families of faults that may strike: a list such as `partition,crash`, `all` or `none`.
  String faults() default "all";

  /// How long faults strike, in simulated time: `30s`, `2m`.
  String duration() default "30s";

  /// How long the system then has to recover, in simulated time.
  String heal() default "10s";

  /// The seed of the first world; the others follow.
  long seed() default 1;

  /// Whether to look for calls that go past the seams before anything runs.
  boolean audit() default true;

  /// The packages of the system under test, for the audit, with all below them. The default is the
  /// first two parts of the test's own package.
  String[] packages() default {};
}
