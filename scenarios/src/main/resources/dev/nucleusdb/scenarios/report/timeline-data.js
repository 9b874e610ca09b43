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
