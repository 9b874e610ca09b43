// What is known of each lane: stretches of one role and term, faults in rows that do not overlap,
// progress of the log, operations. Computed once.

const FAULT_ROWS_MAX = 3;

const lanes = world.lanes.map((name, index) => ({
  name,
  index,
  isNode: index < world.nodeCount,
  /** { from, to, up, paused, role, term, incarnation, thing } */
  stretches: [],
  /** Per row: [{ fault, from, to, group }], in order; marks have from = to. */
  faultRows: [],
  traceRows: [],
  traceTimes: new Float64Array(0),
  applied: { at: [], index: [] },
  appended: { at: [], index: [] },
  operationRows: [],
  y: 0,
  height: 0,
}));

/** Follows the nodes through the world, event by event. */
function findStretches() {
  const kindNamed = (name) => world.kinds.findIndex((kind) => kind[0] === name);
  const role = kindNamed("raft.role");
  const started = kindNamed("raft.started");
  const hardState = kindNamed("raft.hard-state");
  const append = kindNamed("raft.append");
  const apply = kindNamed("raft.apply");
  const states = lanes.map(() => ({
    from: 0,
    up: false,
    paused: false,
    role: 0,
    term: 0,
    incarnation: 0,
    thing: -1,
  }));

  const close = (lane, to) => {
    const state = states[lane];
    if (to > state.from) {
      lanes[lane].stretches.push({ ...state, to });
      state.from = to;
    }
  };
  const change = (lane, at, thing, changes) => {
    close(lane, at);
    Object.assign(states[lane], changes, { thing });
  };
  const note = (line, at, index) => {
    line.at.push(at);
    line.index.push(index);
  };
  const turn = (row, thing) => {
    const at = nodeTurns.at[row];
    const lane = nodeTurns.lane[row];
    const changes = [
      { up: true, paused: false, role: 0, incarnation: Number(nodeTurns.text[row]) },
      { up: false, paused: false },
      { paused: true },
      { paused: false },
    ];
    change(lane, at, thing, changes[nodeTurns.what[row]]);
  };
  const trace = (row, thing) => {
    const at = traces.at[row];
    const lane = traces.lane[row];
    const kind = traces.kind[row];
    if (kind === role) {
      change(lane, at, thing, { role: traceValue(row, 0), term: traceValue(row, 1) });
    } else if (kind === started) {
      change(lane, at, thing, { role: 0, term: traceValue(row, 0) });
      note(lanes[lane].appended, at, traceValue(row, 1));
      note(lanes[lane].applied, at, traceValue(row, 2));
    } else if (kind === hardState && traceValue(row, 0) > states[lane].term) {
      change(lane, at, thing, { term: traceValue(row, 0) });
    } else if (kind === append) {
      note(lanes[lane].appended, at, traceValue(row, 0));
    } else if (kind === apply) {
      note(lanes[lane].applied, at, traceValue(row, 0));
    }
  };

  for (const thing of everything.things) {
    if (kindOf(thing) === NODE) {
      turn(rowOf(thing), thing);
    } else if (kindOf(thing) === TRACE) {
      trace(rowOf(thing), thing);
    }
  }
  for (let lane = 0; lane < world.nodeCount; lane++) {
    close(lane, world.endNanos);
  }
}

/** Puts the faults of each lane into rows; those that find no free row share the last. */
function findFaultRows(isShown) {
  const rowEnds = lanes.map(() => []);
  lanes.forEach((lane) => (lane.faultRows = []));
  for (let fault = 0; fault < faults.at.length; fault++) {
    if (faults.single[fault] || !isShown(fault)) {
      continue;
    }
    const from = faults.at[fault];
    const to = from + Math.max(0, faults.length[fault]);
    faults.groups[fault].forEach((group, groupIndex) =>
      group.forEach((lane) => {
        const ends = rowEnds[lane];
        let row = ends.findIndex((end) => end <= from);
        if (row < 0) {
          row = Math.min(ends.length, FAULT_ROWS_MAX - 1);
        }
        ends[row] = Math.max(ends[row] ?? 0, to + 1);
        (lanes[lane].faultRows[row] ??= []).push({ fault, from, to, group: groupIndex });
      }),
    );
  }
}

function findRowsOfLanes() {
  for (let row = 0; row < traces.at.length; row++) {
    lanes[traces.lane[row]].traceRows.push(row);
  }
  for (const lane of lanes) {
    lane.traceTimes = Float64Array.from(lane.traceRows, (row) => traces.at[row]);
  }
  for (let row = 0; row < operations.begin.length; row++) {
    lanes[operations.lane[row]].operationRows.push(row);
  }
  for (const lane of lanes) {
    lane.operationRows.sort((a, b) => operations.begin[a] - operations.begin[b]);
  }
}

findStretches();
findRowsOfLanes();
