package dev.nucleusdb.scenarios.explain;

import static java.util.Objects.requireNonNull;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.database.node.DatabaseTrace;
import dev.nucleusdb.raft.RaftTrace;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.ActorRows;
import dev.nucleusdb.sim.trace.CausalSlice;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.Recording;
import dev.nucleusdb.sim.trace.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How it came about: the causes of a violation in the order of time, few enough to be read.
///
/// Whatever cannot have influenced the violation is left out first ([CausalSlice]). Of the rest
/// stand here, the nearest [#LINE_COUNT_MAX]:
///
/// ```
///   1  the step that broke it, and all events on its subject ([Focus])
///   2  what brought each of these about: the message that the node was handling
///   3  ups, downs and standstills of the nodes it speaks of, since the subject came up
///   4  the faults that took these nodes down, stood around them, or struck these messages
/// ```
final class Story {
  /// How many lines a story has at most; more are not read.
  static final int LINE_COUNT_MAX = 60;

  /// Where fewer events than this are on the subject, the last ones before it are told as well.
  private static final int FEW = 12;

  private static final int LAST_COUNT = 30;
  private static final int LAST_RANK = 3;

  private final Recording recording;
  private final ActorRows actorRows;
  private final Focus focus;
  private final boolean speaksOfSomebody;
  private final CausalSlice slice;
  private final long endNanos;

  /// Chosen rows and how much they matter: 0 most.
  private final Map<Integer, Integer> chosen = new TreeMap<>();

  private Story(WorldResult result, Violation violation, Recording recording) {
    this.recording = recording;
    this.actorRows = new ActorRows(recording);
    OperationTracks tracks = OperationTracks.of(result, recording, actorRows);
    this.endNanos = tracks == null ? violation.atNanos() : tracks.endNanos();
    this.focus = tracks == null ? Focus.of(violation) : tracks.focus();
    this.speaksOfSomebody = actorRows.actors().stream().anyMatch(focus::has);
    this.slice =
        CausalSlice.before(
            recording, lastRow(endNanos), this::isConcerned, kind -> !isInMemoryOnly(kind));
    if (tracks != null) {
      tracks.rows().forEach(row -> choose(row, 0));
    }
  }

  /// The causes of a violation, oldest first; the last line is the violation.
  static List<StoryLine> of(WorldResult result, Violation violation, Recording recording) {
    Story story = new Story(result, violation, recording);
    story.chooseSubject();
    story.chooseTurns();
    story.chooseMessages();
    story.chooseFaults();
    List<StoryLine> lines = story.lines();
    lines.addAll(OperationTracks.lines(result));
    lines.sort(Comparator.comparingLong(StoryLine::atNanos));
    lines.add(
        new StoryLine(
            Math.max(violation.atNanos(), story.endNanos),
            "world",
            violation.invariant() + " is broken: " + violation.detail(),
            new Happening.Violated(violation.atNanos(), violation)));
    return lines;
  }

  private int lastRow(long nanos) {
    int row = recording.count() - 1;
    while (row > 0 && recording.atNanos(row) > nanos) {
      row--;
    }
    return row;
  }

  /// Whoever the violation speaks of; if of nobody, all nodes.
  private boolean isConcerned(Actor actor) {
    return speaksOfSomebody ? focus.has(actor) : actor.node() != null;
  }

  private static boolean isInMemoryOnly(TraceKind kind) {
    return kind.equals(RaftTrace.ROLE)
        || kind.equals(RaftTrace.VOTE_SENT)
        || kind.equals(RaftTrace.STARTED)
        || kind.equals(RaftTrace.APPLY)
        || kind.equals(RaftTrace.RELEASE)
        || kind.equals(DatabaseTrace.ACKNOWLEDGED);
  }

  private void choose(int row, int rank) {
    chosen.merge(row, rank, Math::min);
  }

  private void chooseSubject() {
    List<Integer> last = new ArrayList<>();
    slice
        .rows()
        .forEach(row -> {
          if (recording.get(row) instanceof Happening.Traced traced) {
            boolean breaking = traced.atNanos() == endNanos && isConcerned(traced.actor());
            if (breaking || focus.has(traced)) {
              choose(row, breaking ? 0 : rank(traced.kind()));
            }
            if (isConcerned(traced.actor())) {
              last.add(row);
            }
          }
        });
    if (chosen.size() < FEW) {
      last.subList(Math.max(0, last.size() - LAST_COUNT), last.size())
          .forEach(row -> choose(row, LAST_RANK));
    }
  }

  /// Elections and logs first; then what the database does; then its files.
  private static int rank(TraceKind kind) {
    return kind.name().startsWith("raft.") ? 0 : kind.name().startsWith("kv.") ? 1 : 2;
  }

  private int firstChosen() {
    return chosen.isEmpty() ? 0 : chosen.keySet().iterator().next();
  }

  private void chooseTurns() {
    int first = firstChosen();
    slice
        .rows()
        .filter(row -> row >= first)
        .forEach(row -> {
          Happening happening = recording.get(row);
          Actor actor =
              switch (happening) {
                case Happening.NodeUp up -> up.node();
                case Happening.NodeDown down -> down.node();
                case Happening.NodePaused paused -> paused.node();
                case Happening.Traced traced ->
                    traced.kind().equals(RaftTrace.STARTED) ? traced.actor() : null;
                case Happening.Carried _,
                    Happening.FaultBegan _,
                    Happening.FaultEnded _,
                    Happening.Healed _,
                    Happening.Violated _ ->
                    null;
              };
          if (actor != null && isConcerned(actor)) {
            choose(row, 0);
          }
        });
  }

  /// What each chosen event was an answer to: the message that its node was handling.
  private void chooseMessages() {
    for (Map.Entry<Integer, Integer> entry : List.copyOf(chosen.entrySet())) {
      if (recording.get(entry.getKey()) instanceof Happening.Traced traced) {
        int handled = -1;
        for (int row : actorRows.at(traced.actor(), traced.atNanos())) {
          if (row < entry.getKey()
              && recording.get(row) instanceof Happening.Carried carried
              && Words.arrived(carried)) {
            handled = row;
          }
        }
        if (handled >= 0) {
          choose(handled, entry.getValue());
        }
      }
    }
  }

  private void chooseFaults() {
    FaultSearch search = new FaultSearch(recording.atNanos(firstChosen()), endNanos);
    for (int row : chosen.keySet()) {
      search.learn(recording.get(row));
    }
    actorRows.actors().stream()
        .filter(actor -> actor.node() != null && isConcerned(actor))
        .forEach(search::learn);
    search.rows(recording).forEach(row -> choose(row, 0));
  }

  private List<StoryLine> lines() {
    List<Integer> rows = new ArrayList<>(chosen.keySet());
    rows.sort(
        Comparator.<Integer>comparingInt(row -> requireNonNull(chosen.get(row)))
            .thenComparing(Comparator.reverseOrder()));
    List<StoryLine> lines = new ArrayList<>();
    rows.stream()
        .limit(LINE_COUNT_MAX)
        .sorted()
        .forEach(row -> {
          Happening happening = recording.get(row);
          lines.add(
              new StoryLine(
                  happening.atNanos(), Words.who(happening), words(happening), happening));
        });
    return lines;
  }

  private String words(Happening happening) {
    return happening instanceof Happening.Carried carried
        ? Words.carried(carried, nameOf(carried))
        : Words.of(happening);
  }

  /// What kind of message it is, as far as what its sender did at that moment tells.
  private String nameOf(Happening.Carried carried) {
    for (int row : actorRows.at(carried.from(), carried.sentNanos())) {
      if (recording.get(row) instanceof Happening.Traced traced) {
        boolean isVote =
            traced.kind().equals(RaftTrace.VOTE_SENT)
                && carried.to().node() != null
                && carried.to().node().value() == traced.b();
        if (isVote) {
          return "a vote of term " + traced.a();
        }
        if (traced.kind().equals(RaftTrace.ROLE) && (traced.a() == 1 || traced.a() == 2)) {
          return traced.a() == 1
              ? "a question who would vote for it"
              : "a request for votes of term " + traced.b();
        }
      }
    }
    return Words.channel(carried.firstByte());
  }
}
