// The state of every node at every step, forwards and backwards, and what the causes are. Each
// variable of each node is a series: the steps at which it was set, and to what. The state at a step
// is found in each series by halving, so that it costs the same wherever the cursor jumps.

const STATUS = world.variables.length;
const INCARNATION = STATUS + 1;
const VARIABLE_COUNT = STATUS + 2;
const ROLE = world.variables.indexOf("role");
const TERM = world.variables.indexOf("term");
const UP = 1;
const DOWN = 0;
const PAUSED = 2;

/** Per lane and variable: { places, values }, or nothing if it is never set. */
const series = (() => {
  const made = new Array(world.nodeCount * VARIABLE_COUNT);
  const set = (lane, variable, place, value) => {
    const one = (made[lane * VARIABLE_COUNT + variable] ??= { places: [], values: [] });
    one.places.push(place);
    one.values.push(value);
  };
  const turn = (lane, row, place) => {
    const what = nodeTurns.what[row];
    set(lane, STATUS, place, [UP, DOWN, PAUSED, UP][what]);
    if (what === 0) {
      set(lane, INCARNATION, place, Number(nodeTurns.text[row]));
      if (ROLE >= 0) {
        set(lane, ROLE, place, 0); // whoever starts is a follower
      }
    }
  };
  everything.things.forEach((thing, place) => {
    const row = rowOf(thing);
    if (kindOf(thing) === NODE && nodeTurns.lane[row] < world.nodeCount) {
      turn(nodeTurns.lane[row], row, place);
    } else if (kindOf(thing) === TRACE && traces.lane[row] < world.nodeCount) {
      world.effects[traces.kind[row]].forEach((variable, label) => {
        if (variable >= 0) {
          set(traces.lane[row], variable, place, traceValue(row, label));
        }
      });
    }
  });
  for (const one of made) {
    if (one) {
      one.places = Uint32Array.from(one.places);
    }
  }
  return made;
})();

/** The value of a variable right after a step, or undefined. */
function valueAt(lane, variable, place) {
  const one = series[lane * VARIABLE_COUNT + variable];
  return one?.values[firstFrom(one.places, place + 1) - 1];
}

/** What a step changed: [{ lane, variable, before, after }]. */
function changesOf(place) {
  const changes = [];
  series.forEach((one, key) => {
    const at = firstFrom(one.places, place);
    if (one.places[at] === place) {
      const before = one.values[at - 1];
      if (before !== one.values[at]) {
        const variable = key % VARIABLE_COUNT;
        const lane = (key - variable) / VARIABLE_COUNT;
        changes.push({ lane, variable, before, after: one.values[at] });
      }
    }
  });
  return changes;
}

/** Who leads the term that a node is in, as far as it can be seen from outside; -1 if nobody does. */
function leaderOf(lane, place) {
  const term = valueAt(lane, TERM, place);
  for (let other = 0; other < world.nodeCount; other++) {
    const leads =
      valueAt(other, ROLE, place) === 3 &&
      valueAt(other, TERM, place) === term &&
      valueAt(other, STATUS, place) !== DOWN;
    if (leads) {
      return other;
    }
  }
  return -1;
}

/** Faults that stand for a while, or for good: those without a length are of clocks. */
const standing = [];
for (let fault = 0; fault < faults.at.length; fault++) {
  const isScheduled = world.triggers[faults.family[fault]] === "scheduled";
  if (!faults.single[fault] && (faults.length[fault] > 0 || isScheduled)) {
    standing.push(fault);
  }
}

/** The same by node. */
const standingAround = world.lanes
  .slice(0, world.nodeCount)
  .map((_, lane) => standing.filter((fault) => faults.groups[fault].some((g) => g.includes(lane))));

/** The faults that stand around a node at a moment. */
function faultsAt(lane, nanos) {
  return standingAround[lane].filter((fault) => {
    const from = faults.at[fault];
    const until = faults.length[fault] < 0 ? world.endNanos : from + faults.length[fault];
    return from <= nanos && nanos < until;
  });
}

/** A fault without its name and its moment: `slow-disk by=0.2s`. */
function faultLabel(fault) {
  const [name, ...parts] = faults.text[fault].split(" ");
  const amount = parts.filter((part) => !/^(at|for|down)=/.test(part) && part.length < 24);
  return [name.split("/")[0], ...amount].join(" ");
}

/** The value of a variable in words. */
function valueWords(variable, value) {
  if (value === undefined) {
    return "–";
  }
  if (variable === STATUS) {
    return ["down", "up", "stands still"][value];
  }
  switch (world.variables[variable]) {
    case "role":
      return ROLES[value] ?? String(value);
    case "vote":
      return value === 0 ? "–" : "n" + value;
    default:
      return String(value);
  }
}

const variableName = (variable) =>
  variable === STATUS ? "status" : (world.variables[variable] ?? "incarnation");

// Causes

const story = world.explanation.story.map(([at, who, words, thing]) => ({ at, who, words, thing }));
const causes = new Set(story.map((line) => line.thing).filter((thing) => thing >= 0));
const departure = world.explanation.departure;
