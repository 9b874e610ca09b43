// Says in words what happened.

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

/** Whose step it is; -1 if it is nobody's. */
function laneOf(thing) {
  const row = rowOf(thing);
  switch (kindOf(thing)) {
    case TRACE:
      return traces.lane[row];
    case MESSAGE:
      return messages.to[row];
    case NODE:
      return nodeTurns.lane[row];
    case OPERATION:
    case OPERATION_END:
      return operations.lane[row];
    default:
      return -1;
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
