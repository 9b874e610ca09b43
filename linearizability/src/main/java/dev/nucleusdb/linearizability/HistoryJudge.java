package dev.nucleusdb.linearizability;

import dev.nucleusdb.linearizability.history.History;
import dev.nucleusdb.linearizability.history.Operation;
import dev.nucleusdb.linearizability.history.Value;
import dev.nucleusdb.linearizability.model.Model;
import dev.nucleusdb.linearizability.search.SearchOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Judges all objects of one history.
final class HistoryJudge<S> {
  private final Model<S> model;
  private final Limits limits;
  private final SearchOptions options;

  HistoryJudge(Model<S> model, Limits limits, SearchOptions options) {
    this.model = model;
    this.limits = limits;
    this.options = options;
  }

  Verdict judge(History history) {
    Model<S> fitted = model.fittedTo(history.operations());
    List<ObjectJudge.Answer> answers = new ArrayList<>();
    for (Map.Entry<Value, List<Operation>> object : split(history, fitted).entrySet()) {
      answers.add(judgeObject(fitted, object.getKey(), object.getValue()));
    }
    return verdict(answers);
  }

  Verdict judge(History history, ExecutorService threads) {
    Model<S> fitted = model.fittedTo(history.operations());
    List<Map.Entry<Value, List<Operation>>> objects =
        new ArrayList<>(split(history, fitted).entrySet());
    List<Integer> largestFirst = new ArrayList<>();
    List<Future<ObjectJudge.Answer>> futures = new ArrayList<>();
    for (int place = 0; place < objects.size(); place++) {
      largestFirst.add(place);
      futures.add(null);
    }
    largestFirst.sort(Comparator.comparingInt(place -> -objects.get(place).getValue().size()));
    for (int place : largestFirst) {
      Map.Entry<Value, List<Operation>> object = objects.get(place);
      futures.set(
          place, threads.submit(() -> judgeObject(fitted, object.getKey(), object.getValue())));
    }
    List<ObjectJudge.Answer> answers = new ArrayList<>();
    for (Future<ObjectJudge.Answer> future : futures) {
      answers.add(await(future));
    }
    return verdict(answers);
  }

  private static ObjectJudge.Answer await(Future<ObjectJudge.Answer> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a judgement failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while judging", e);
    }
  }

  private ObjectJudge.Answer judgeObject(Model<S> fitted, Value key, List<Operation> operations) {
    return new ObjectJudge<>(fitted, limits, options, key, operations).judge();
  }

  private Map<Value, List<Operation>> split(History history, Model<S> fitted) {
    Map<Value, List<Operation>> objects = new LinkedHashMap<>();
    @Nullable Value lastKey = null;
    List<Operation> last = new ArrayList<>();
    for (Operation operation : history.operations()) {
      Optional<String> objection = fitted.objectionTo(operation.action());
      if (objection.isPresent()) {
        throw new IllegalArgumentException(
            "event " + operation.index() + ": expected " + objection.get());
      }
      Value key = fitted.partition(operation.action());
      if (!key.equals(lastKey)) {
        lastKey = key;
        last = objects.computeIfAbsent(key, _ -> new ArrayList<>());
      }
      last.add(operation);
    }
    return objects;
  }

  private static Verdict verdict(List<ObjectJudge.Answer> answers) {
    Effort effort = Effort.NONE;
    List<ObjectVerdict> objects = new ArrayList<>();
    boolean contradicted = false;
    boolean undecided = false;
    for (ObjectJudge.Answer answer : answers) {
      effort = effort.plus(answer.effort());
      objects.add(answer.verdict());
      contradicted |= answer.verdict() instanceof ObjectVerdict.Contradicted;
      undecided |= answer.verdict() instanceof ObjectVerdict.Undecided;
    }
    return contradicted
        ? new Verdict.Invalid(objects, effort)
        : undecided ? new Verdict.Unknown(objects, effort) : new Verdict.Valid(objects, effort);
  }
}
