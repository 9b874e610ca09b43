package dev.nucleusdb.scenarios.report;

import dev.nucleusdb.core.trace.TraceKind;
import dev.nucleusdb.scenarios.WorldResult;
import dev.nucleusdb.scenarios.explain.Explanation;
import dev.nucleusdb.scenarios.workload.OperationLog;
import dev.nucleusdb.sim.fault.FaultFamily;
import dev.nucleusdb.sim.fault.PlanEntry;
import dev.nucleusdb.sim.trace.Actor;
import dev.nucleusdb.sim.trace.Happening;
import dev.nucleusdb.sim.trace.MessageFate;
import dev.nucleusdb.sim.trace.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The data of a page: one JSON object, in which everything that is frequent is a set of columns.
/// All times are nanoseconds since the world began.
///
/// ```
///   lanes       names of nodes, then of clients;  nodeCount  how many are nodes
///   endNanos    when the world ended;  healNanos  when chaos did, or -1
///   violation   { invariant, at, detail }, or absent
///   kinds       [ [ name, label … ] … ]
///   variables   names of what a node's state consists of;  mainCount  how many stand first
///   effects     [ [ variable … ] … ]                     per kind and label, which it sets, or -1
///   trace       at* lane kind value+        value+: as many per row as the kind has labels
///   fates       names of fates;  families  labels of fault families;  triggers  of each family
///   messages    ended* flight way size channel fate      way = from · lanes + to
///   nodes       at* lane what text                       what: 0 up 1 down 2 stands still 3 goes on
///   faults      at* length family single text groups     length -1: none; single 1: of one message
///   operations  begin* length lane end text result       end: 0 ok 1 failed 2 unknown
///   explanation see ExplanationData
/// ```
///
/// A column marked `*` holds differences to the row before.
final class TimelineData {
  /// Beyond so many operations only the last ones are kept.
  static final int OPERATION_COUNT_MAX = 50_000;

  private static final List<MessageFate> FATES = List.of(MessageFate.values());
  private static final List<FaultFamily> FAMILIES = List.of(FaultFamily.values());
  private static final List<OperationLog.End> ENDS = List.of(OperationLog.End.values());

  private final WorldResult result;
  private final Lanes lanes;
  private final List<OperationLog.Entry> operations;
  private final ExplanationData explanation;
  private final List<Happening.Traced> traces = new ArrayList<>();
  private final List<Happening.Carried> messages = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Fault> open = new LinkedHashMap<>();
  private final List<NodeTurn> nodeTurns = new ArrayList<>();
  private final Map<TraceKind, Integer> kinds = new LinkedHashMap<>();
  private long healNanos = -1;

  private TimelineData(WorldResult result, KeptEvents kept, Explanation explanation) {
    this.result = result;
    this.explanation = new ExplanationData(explanation);
    this.lanes = new Lanes(kept.happenings(), result.log());
    this.operations = operations(result);
    kept.happenings().forEach(this::sort);
  }

  /// The JSON text; it holds no `<`.
  static String json(WorldResult result, KeptEvents kept, Explanation explanation) {
    return new TimelineData(result, kept, explanation).write();
  }

  /// The operations that the page shows, in the order of its rows.
  static List<OperationLog.Entry> operations(WorldResult result) {
    List<OperationLog.Entry> all = result.log().records();
    return all.subList(Math.max(0, all.size() - OPERATION_COUNT_MAX), all.size());
  }

  private static final class Fault {
    private final PlanEntry entry;
    private final long atNanos;
    private long lengthNanos;

    Fault(PlanEntry entry, long atNanos, long lengthNanos) {
      this.entry = entry;
      this.atNanos = atNanos;
      this.lengthNanos = lengthNanos;
    }
  }

  private record NodeTurn(long atNanos, int lane, int what, String text) {}

  private void sort(Happening happening) {
    switch (happening) {
      case Happening.Traced traced -> {
        explanation.place(traced, ExplanationData.TRACE, traces.size());
        traces.add(traced);
        kinds.putIfAbsent(traced.kind(), kinds.size());
      }
      case Happening.Carried carried -> {
        explanation.place(carried, ExplanationData.MESSAGE, messages.size());
        messages.add(carried);
      }
      case Happening.FaultBegan began -> {
        explanation.place(began, ExplanationData.FAULT, faults.size());
        begin(began.atNanos(), began.entry());
      }
      case Happening.FaultEnded(long atNanos, PlanEntry entry) -> {
        Fault fault = open.remove(entry.name());
        if (fault != null) {
          fault.lengthNanos = atNanos - fault.atNanos;
        }
      }
      case Happening.NodeUp up -> turn(up, up.node(), 0, Integer.toString(up.incarnation()));
      case Happening.NodeDown down -> turn(down, down.node(), 1, down.reason());
      case Happening.NodePaused paused -> turn(paused, paused.node(), paused.paused() ? 2 : 3, "");
      case Happening.Healed healed -> healNanos = healed.atNanos();
      case Happening.Violated _ -> {} // the result tells it, and of the judges' violations too
    }
  }

  private void turn(Happening happening, Actor node, int what, String text) {
    explanation.place(happening, ExplanationData.NODE, nodeTurns.size());
    nodeTurns.add(new NodeTurn(happening.atNanos(), lanes.of(node), what, text));
  }

  /// A fault lasts as long as it says, unless the world ends before, or it is told to be over.
  private void begin(long atNanos, PlanEntry entry) {
    long left = Math.max(0, result.simulated().toNanos() - atNanos);
    boolean hasLength = entry.family().lasts() || entry.family().takesDown();
    long length = hasLength ? Math.min(entry.forNanos(), left) : -1;
    Fault fault = new Fault(entry, atNanos, length);
    faults.add(fault);
    open.put(entry.name(), fault);
  }

  private String write() {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("endNanos").value(result.simulated().toNanos());
    json.name("healNanos").value(healNanos);
    Violation violation = result.violation();
    if (violation != null) {
      json.name("violation").beginObject();
      json.name("invariant").value(violation.invariant());
      json.name("at").value(violation.atNanos());
      json.name("detail").value(violation.detail()).endObject();
    }
    json.strings("lanes", lanes.names());
    json.name("nodeCount").value(lanes.nodeCount());
    json.name("emptyRaftBytesMax").value(KeptEvents.EMPTY_RAFT_BYTES_MAX);
    writeTraces(json);
    writeMessages(json);
    writeNodes(json);
    writeFaults(json);
    writeOperations(json);
    explanation.write(json, lanes, operations);
    return json.endObject().toString();
  }

  private void writeTraces(JsonWriter json) {
    json.name("kinds").beginArray();
    for (TraceKind kind : kinds.keySet()) {
      json.beginArray().value(kind.name());
      kind.labels().forEach(json::value);
      json.endArray();
    }
    json.endArray();
    writeVariables(json);
    json.name("trace").beginObject();
    json.differences("at", traces, Happening.Traced::atNanos);
    json.column("lane", traces, traced -> lanes.of(traced.actor()));
    json.column("kind", traces, traced -> kinds.getOrDefault(traced.kind(), 0));
    json.name("values").beginArray();
    for (Happening.Traced traced : traces) {
      long[] values = {traced.a(), traced.b(), traced.c()};
      for (int i = 0; i < traced.kind().labels().size(); i++) {
        json.value(values[i]);
      }
    }
    json.endArray().endObject();
  }

  private void writeVariables(JsonWriter json) {
    StateVariables variables = new StateVariables(kinds.keySet());
    json.strings("variables", variables.names());
    json.name("mainCount").value(variables.mainCount());
    json.name("effects").beginArray();
    for (TraceKind kind : kinds.keySet()) {
      json.beginArray();
      variables.effects(kind).forEach(json::value);
      json.endArray();
    }
    json.endArray();
  }

  private void writeMessages(JsonWriter json) {
    json.name("fates").beginArray();
    for (MessageFate fate : FATES) {
      json.value(fate.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    json.endArray();
    json.name("messages").beginObject();
    json.differences("ended", messages, Happening.Carried::atNanos);
    json.column("flight", messages, carried -> carried.atNanos() - carried.sentNanos());
    json.column(
        "way",
        messages,
        carried -> (long) lanes.of(carried.from()) * lanes.count() + lanes.of(carried.to()));
    json.column("size", messages, Happening.Carried::sizeBytes);
    json.column("channel", messages, carried -> carried.firstByte() & 0xff);
    json.column("fate", messages, carried -> FATES.indexOf(carried.fate()));
    json.endObject();
  }

  private void writeNodes(JsonWriter json) {
    json.name("nodes").beginObject();
    json.differences("at", nodeTurns, NodeTurn::atNanos);
    json.column("lane", nodeTurns, NodeTurn::lane);
    json.column("what", nodeTurns, NodeTurn::what);
    json.strings("text", nodeTurns.stream().map(NodeTurn::text).toList());
    json.endObject();
  }

  private void writeFaults(JsonWriter json) {
    json.name("families").beginArray();
    for (FaultFamily family : FAMILIES) {
      json.value(family.label());
    }
    json.endArray();
    json.strings(
        "triggers",
        FAMILIES.stream().map(family -> family.trigger().name().toLowerCase(Locale.ROOT)).toList());
    json.name("faults").beginObject();
    json.differences("at", faults, fault -> fault.atNanos);
    json.column("length", faults, fault -> fault.lengthNanos);
    json.column("family", faults, fault -> FAMILIES.indexOf(fault.entry.family()));
    json.column("single", faults, fault -> KeptEvents.strikesOneMessage(fault.entry) ? 1 : 0);
    json.strings("text", faults.stream().map(fault -> fault.entry.toString()).toList());
    json.name("groups").beginArray();
    for (Fault fault : faults) {
      json.beginArray();
      for (List<Integer> group : lanes.groups(fault.entry)) {
        json.beginArray();
        group.forEach(json::value);
        json.endArray();
      }
      json.endArray();
    }
    json.endArray().endObject();
  }

  private void writeOperations(JsonWriter json) {
    json.name("operations").beginObject();
    json.differences("begin", operations, OperationLog.Entry::beginNanos);
    json.column("length", operations, entry -> entry.endNanos() - entry.beginNanos());
    json.column("lane", operations, entry -> lanes.ofClient(entry.client()));
    json.column("end", operations, entry -> ENDS.indexOf(entry.end()));
    json.strings("text", operations.stream().map(OperationLog.Entry::text).toList());
    json.strings("result", operations.stream().map(OperationLog.Entry::result).toList());
    json.endObject();
  }
}
