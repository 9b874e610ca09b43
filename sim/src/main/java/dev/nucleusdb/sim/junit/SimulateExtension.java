package dev.nucleusdb.sim.junit;

import dev.nucleusdb.sim.audit.Audit;
import dev.nucleusdb.sim.audit.Breach;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.Plan;
import dev.nucleusdb.sim.trial.Simulation;
import dev.nucleusdb.sim.trial.TrialFailure;
import dev.nucleusdb.sim.trial.TrialOptions;
import dev.nucleusdb.sim.trial.Trials;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/// Runs methods that are marked with [Simulate].
public final class SimulateExtension implements InvocationInterceptor, ParameterResolver {
  /// The property that picks one seed.
  static final String SEED = "nucleus.seed";

  /// The property that says where plans are kept.
  static final String PLANS = "nucleus.plans";

  private static final int BREACHES_MAX = 10;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Simulation.class;
  }

  /// A world that nobody runs: each call of the method gets one of its own.
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Simulation.of(options(annotation(context)), 0);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context) {
    invocation.skip();
    Simulate simulate = annotation(context);
    if (simulate.audit()) {
      audit(simulate, context);
    }
    Object[] arguments = invocationContext.getArguments().toArray();
    Trials trials =
        new Trials(
            options(simulate),
            simulation ->
                ReflectionSupport.invokeMethod(
                    context.getRequiredTestMethod(),
                    context.getRequiredTestInstance(),
                    withSimulation(arguments, simulation)));
    run(trials, context);
  }

  private static Object[] withSimulation(Object[] arguments, Simulation simulation) {
    Object[] own = arguments.clone();
    for (int i = 0; i < own.length; i++) {
      if (own[i] instanceof Simulation) {
        own[i] = simulation;
      }
    }
    return own;
  }

  private static void run(Trials trials, ExtensionContext context) {
    PlanFile file = planFile(context);
    Optional<String> seed = context.getConfigurationParameter(SEED);
    if (seed.isPresent()) {
      report(trials.runSeed(seedOf(seed.get())), file, context);
      return;
    }
    Plan saved = file.read();
    if (saved != null) {
      String savedSeed = saved.header().getOrDefault("seed", "");
      TrialFailure again = trials.replay(seedOf(savedSeed), saved);
      if (again != null) {
        throw error(again, file, context);
      }
      file.delete();
    }
    report(trials.run(), file, context);
  }

  private static long seedOf(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException malformed) {
      throw new ExtensionConfigurationException("\"" + text + "\" is no seed", malformed);
    }
  }

  private static void report(
      @Nullable TrialFailure failure, PlanFile file, ExtensionContext context) {
    if (failure != null) {
      file.write(failure.plan());
      throw error(failure, file, context);
    }
  }

  private static AssertionError error(
      TrialFailure failure, PlanFile file, ExtensionContext context) {
    String test =
        context.getRequiredTestClass().getSimpleName()
            + '#'
            + context.getRequiredTestMethod().getName();
    return new AssertionError(
        failure.describe()
            + "  plan: "
            + file.path()
            + ", which this test runs first from now on\n"
            + "  replay: mvn test -Dtest="
            + test
            + " -D"
            + SEED
            + '='
            + failure.seed(),
        failure.cause());
  }

  private static PlanFile planFile(ExtensionContext context) {
    return PlanFile.of(
        context.getConfigurationParameter(PLANS).orElse("target/nucleus"),
        context.getRequiredTestClass().getName(),
        context.getRequiredTestMethod().getName());
  }

  private static Simulate annotation(ExtensionContext context) {
    Simulate simulate = context.getRequiredTestMethod().getAnnotation(Simulate.class);
    if (simulate == null) {
      throw new ExtensionConfigurationException(
          context.getRequiredTestMethod() + " is not marked with @Simulate");
    }
    return simulate;
  }

  private static TrialOptions options(Simulate simulate) {
    return new TrialOptions(
        simulate.worlds(),
        simulate.seed(),
        simulate.nodes(),
        FaultFamily.parseList(simulate.faults()),
        duration(simulate.duration()),
        duration(simulate.heal()),
        TrialOptions.DEFAULT.shrinkRunsMax());
  }

  /// `30s`, `1.5s`, `2m`, `1h30m`.
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static void audit(Simulate simulate, ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    List<String> packages =
        simulate.packages().length > 0 ? List.of(simulate.packages()) : List.of(ownPackage(type));
    Audit audit = new Audit(type.getClassLoader(), packages);
    List<Breach> breaches = audit.of(type, context.getRequiredTestMethod().getName());
    if (!breaches.isEmpty()) {
      StringBuilder text =
          new StringBuilder("code under test goes past the seams of its world in ")
              .append(breaches.size())
              .append(" places (audit = false leaves them alone):\n");
      breaches.stream()
          .limit(BREACHES_MAX)
          .forEach(breach -> text.append("  ").append(breach).append('\n'));
      throw new AssertionError(text.toString());
    }
  }

  /// The first two parts of a package name, or all of a shorter one.
  private static String ownPackage(Class<?> type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length < 2 ? parts[0] : parts[0] + '.' + parts[1];
  }
}
