// Reads the data of the page. The form of the JSON is described in TimelineData.java. Columns become
// typed arrays; everything that happened becomes an "item": one number, kind * 2^24 + row, so that
// a hundred thousand of them need no objects. All times are nanoseconds since the world began.

const world = JSON.parse(document.getElementById("data").textContent);

const TRACE = 0;
const MESSAGE = 1;
const NODE = 2;
const FAULT = 3;
const FAULT_END = 4;
const OPERATION = 5;
const OPERATION_END = 6;
const HEAL = 7;
const VIOLATION = 8;
const ROWS = 1 << 24;

const DELIVERED = 0;
const ENDS = ["ok", "failed", "unknown"];
const CHANNELS = { 82: "Raft", 67: "client request", 65: "answer" };

const item = (kind, row) => kind * ROWS + row;
const kindOf = (thing) => Math.floor(thing / ROWS);
const rowOf = (thing) => thing % ROWS;

/** Sums up a column of differences. */
function summed(differences) {
  const sums = new Float64Array(differences.length);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    sum += differences[i];
    sums[i] = sum;
  }
  return sums;
}

const traces = {
  at: summed(world.trace.at),
  lane: Uint16Array.from(world.trace.lane),
  kind: Uint16Array.from(world.trace.kind),
  values: world.trace.values,
  /** Where the values of a row begin. */
  offset: new Uint32Array(world.trace.at.length),
};
for (let i = 0, offset = 0; i < traces.at.length; i++) {
  traces.offset[i] = offset;
  offset += world.kinds[traces.kind[i]].length - 1;
}

const laneCount = world.lanes.length;
const messages = {
  ended: summed(world.messages.ended),
  sent: Float64Array.from(world.messages.flight),
  from: Uint16Array.from(world.messages.way, (way) => Math.floor(way / laneCount)),
  to: Uint16Array.from(world.messages.way, (way) => way % laneCount),
  size: world.messages.size,
  channel: Uint8Array.from(world.messages.channel),
  fate: Uint8Array.from(world.messages.fate),
};
let longestFlight = 0;
for (let i = 0; i < messages.sent.length; i++) {
  longestFlight = Math.max(longestFlight, messages.sent[i]);
  messages.sent[i] = messages.ended[i] - messages.sent[i];
}

const nodeTurns = { ...world.nodes, at: summed(world.nodes.at) };
const faults = { ...world.faults, at: summed(world.faults.at) };
const operations = { ...world.operations, begin: summed(world.operations.begin) };

/** The value of a trace row, from 0. */
const traceValue = (row, place) => traces.values[traces.offset[row] + place];

/** The first place in a sorted column whose value is not below the bound. */
function firstFrom(sorted, bound) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < bound) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function timeOf(thing) {
  const row = rowOf(thing);
  switch (kindOf(thing)) {
    case TRACE:
      return traces.at[row];
    case MESSAGE:
      return messages.ended[row];
    case NODE:
      return nodeTurns.at[row];
    case FAULT:
      return faults.at[row];
    case FAULT_END:
      return faults.at[row] + faults.length[row];
    case OPERATION:
      return operations.begin[row];
    case OPERATION_END:
      return operations.begin[row] + operations.length[row];
    case HEAL:
      return world.healNanos;
    default:
      return world.violation.at;
  }
}

/** All items in the order of time; at one moment, causes stand before what they bring about. */
const everything = (() => {
  const things = [];
  const add = (kind, count, condition = () => true) => {
    for (let row = 0; row < count; row++) {
      if (condition(row)) {
        things.push(item(kind, row));
      }
    }
  };
  add(FAULT, faults.at.length);
  add(NODE, nodeTurns.at.length);
  add(MESSAGE, messages.ended.length);
  add(TRACE, traces.at.length);
  add(FAULT_END, faults.at.length, (row) => faults.length[row] > 0);
  add(OPERATION_END, operations.begin.length);
  add(OPERATION, operations.begin.length);
  add(HEAL, world.healNanos >= 0 ? 1 : 0);
  add(VIOLATION, world.violation ? 1 : 0);
  const times = Float64Array.from(things, timeOf);
  const places = Uint32Array.from(things.keys());
  places.sort((a, b) => times[a] - times[b] || a - b);
  return {
    things: Uint32Array.from(places, (place) => things[place]),
    times: Float64Array.from(places, (place) => times[place]),
  };
})();

// Words

/** Seconds with as many digits as a step of the given length needs. */
function seconds(nanos, step = 1000) {
  const digits = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / 1e9) - 1e-9)));
  return (nanos / 1e9).toFixed(digits) + "s";
}

/** A length of time in the unit that fits. */
function lengthWords(nanos) {
  const [unit, name] =
    nanos >= 1e9 ? [1e9, "s"] : nanos >= 1e6 ? [1e6, "ms"] : nanos >= 1e3 ? [1e3, "µs"] : [1, "ns"];
  return Number((nanos / unit).toPrecision(4)) + " " + name;
}

const isSmallRaft = (row) =>
  messages.channel[row] === 82 && messages.size[row] <= world.emptyRaftBytesMax;

function channelWords(row) {
  const name = CHANNELS[messages.channel[row]] ?? "channel " + messages.channel[row];
  return isSmallRaft(row) ? name + " (no entries)" : name;
}

function whoOf(thing) {
  const row = rowOf(thing);
  switch (kindOf(thing)) {
    case TRACE:
      return world.lanes[traces.lane[row]];
    case MESSAGE:
      return world.lanes[messages.from[row]] + "›" + world.lanes[messages.to[row]];
    case NODE:
      return world.lanes[nodeTurns.lane[row]];
    case OPERATION:
    case OPERATION_END:
      return world.lanes[operations.lane[row]];
    default:
      return "world";
  }
}

function nodeTurnWords(row) {
  const text = nodeTurns.text[row];
  return ["up, incarnation " + text, "down: " + text, "stands still", "goes on"][
    nodeTurns.what[row]
  ];
}

const ROLES = ["follower", "pre-candidate", "candidate", "leader"];

function traceWords(row) {
  const [name, ...labels] = world.kinds[traces.kind[row]];
  const values = labels.map((label, place) => {
    const value = traceValue(row, place);
    return label + "=" + (label === "role" ? (ROLES[value] ?? value) : value);
  });
  return [name, ...values].join(" ");
}

function wordsOf(thing) {
  const row = rowOf(thing);
  switch (kindOf(thing)) {
    case TRACE:
      return traceWords(row);
    case MESSAGE:
      return `${channelWords(row)} ${messages.size[row]} B ${world.fates[messages.fate[row]]}`;
    case NODE:
      return nodeTurnWords(row);
    case FAULT:
      return "fault " + faults.text[row];
    case FAULT_END:
      return "over: " + faults.text[row].split(" ")[0];
    case OPERATION:
      return "asks " + operations.text[row];
    case OPERATION_END:
      return `${ENDS[operations.end[row]]}: ${operations.text[row]} → ${operations.result[row]}`;
    case HEAL:
      return "all faults end";
    default:
      return `${world.violation.invariant} broken: ${world.violation.detail}`;
  }
}

/** What the panel tells of an item: pairs of a name and a text. */
function detailsOf(thing) {
  const row = rowOf(thing);
  const at = (nanos) => (nanos / 1e9).toFixed(9) + " s";
  switch (kindOf(thing)) {
    case TRACE: {
      const [name, ...labels] = world.kinds[traces.kind[row]];
      const values = labels.map((label, place) => {
        const value = traceValue(row, place);
        return [label, label === "role" ? `${value} (${ROLES[value]})` : String(value)];
      });
      return [["trace", name], ["at", at(traces.at[row])], ["who", whoOf(thing)], ...values];
    }
    case MESSAGE:
      return [
        ["message", channelWords(row)],
        ["from", world.lanes[messages.from[row]]],
        ["to", world.lanes[messages.to[row]]],
        ["fate", world.fates[messages.fate[row]]],
        ["sent", at(messages.sent[row])],
        ["ended", at(messages.ended[row])],
        ["on the way", lengthWords(messages.ended[row] - messages.sent[row])],
        ["size", messages.size[row] + " bytes"],
      ];
    case NODE:
      return [
        ["node", whoOf(thing)],
        ["at", at(nodeTurns.at[row])],
        ["what", nodeTurnWords(row)],
      ];
    case FAULT:
    case FAULT_END: {
      const length = faults.length[row];
      return [
        ["fault", faults.text[row]],
        ["from", at(faults.at[row])],
        ["until", length < 0 ? "—" : at(faults.at[row] + length)],
        ["lasts", length < 0 ? "a moment, or to the end" : lengthWords(length)],
        ["concerns", faults.groups[row].map(groupWords).join("  |  ") || "—"],
      ];
    }
    case OPERATION:
    case OPERATION_END:
      return [
        ["operation", operations.text[row]],
        ["client", whoOf(thing)],
        ["end", ENDS[operations.end[row]]],
        ["result", operations.result[row]],
        ["from", at(operations.begin[row])],
        ["until", at(operations.begin[row] + operations.length[row])],
        ["lasts", lengthWords(operations.length[row])],
      ];
    case HEAL:
      return [
        ["heal", "all faults end; nothing new strikes"],
        ["at", at(world.healNanos)],
      ];
    default:
      return [
        ["violation", world.violation.invariant],
        ["at", at(world.violation.at)],
        ["detail", world.violation.detail],
      ];
  }
}

const groupWords = (group) => group.map((lane) => world.lanes[lane]).join(" ");
