// Draws what stands in a lane: the faults, roles, events and log of a node, the operations of a client.

function drawNode(context, lane) {
  drawFaults(context, lane);
  drawStretches(context, lane);
  drawTraces(context, lane);
  if (filters.progress) {
    drawProgress(context, lane);
  }
}

function box(x, y, width, height, thing) {
  drawn.push({ x, y, width, height, thing });
}

function drawFaults(context, lane) {
  context.font = "11px " + FONT;
  lane.faultRows.forEach((row, index) => {
    const y = lane.y + 4 + index * FAULT_ROW;
    let lastMark = -10;
    row.forEach((band, place) => {
      if (band.from > view.to || (band.to < view.from && xOf(band.from) < -300)) {
        return;
      }
      const left = xOf(band.from);
      const isBand = band.to > band.from;
      const width = isBand ? Math.max(3, xOf(band.to) - left) : 3;
      if (left + width - lastMark < 2) {
        return; // nobody could tell it from the one before
      }
      lastMark = left + width;
      drawBand(context, band.fault, left, y, width, FAULT_ROW - 3);
      const next = place + 1 < row.length ? xOf(row[place + 1].from) : Infinity;
      drawFaultLabel(context, band, left, y, width, next);
      box(left, y, Math.max(width, 5), FAULT_ROW - 2, item(FAULT, band.fault));
    });
  });
}

function drawBand(context, fault, left, y, width, height) {
  const style = familyStyle(faults.family[fault]);
  context.fillStyle = theme.fill(context, style.colour, style.pattern);
  context.fillRect(left, y, width, height);
  context.strokeStyle = theme.of("fault-line");
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, Math.max(0, width - 1), height - 1);
}

/** Inside of the band, or beside it as far as the next one. */
function drawFaultLabel(context, band, left, y, width, next) {
  const label = world.families[faults.family[band.fault]];
  const style = familyStyle(faults.family[band.fault]);
  const side = faults.groups[band.fault].length > 1 ? sideWords(label, band.group) : "";
  const texts = [style.mark + " " + label + side, style.mark + side, style.mark];
  const middle = y + FAULT_ROW / 2 - 1;
  const from = Math.max(left, GUTTER) + 4;
  const inside = left + width - from - 3;
  if (inside > 24) {
    context.fillStyle = theme.of("fault-ink");
    fitFirst(context, texts, from, middle, inside);
  } else if (left >= GUTTER) {
    context.fillStyle = theme.get("soft");
    const room = Math.min(next, view.width) - left - width - 6;
    fitFirst(context, texts, left + width + 3, middle, room, true);
  }
}

function sideWords(label, group) {
  return label.includes("partition") ? " " + ("ABCDEF"[group] ?? "") : group === 0 ? " from" : " to";
}

function drawStretches(context, lane) {
  const { barY: y, stretches } = lane;
  let place = stretches.findIndex((stretch) => stretch.to >= view.from);
  let narrow = -1;
  for (; place >= 0 && place < stretches.length && stretches[place].from <= view.to; place++) {
    const stretch = stretches[place];
    const left = xOf(stretch.from);
    const width = xOf(stretch.to) - left;
    if (width < 1 && Math.floor(left) === narrow) {
      continue;
    }
    narrow = Math.floor(left);
    const role = ROLE_NAMES[stretch.role] ?? ROLE_NAMES[0];
    if (stretch.up) {
      context.fillStyle = theme.fill(context, role.colour, role.pattern);
      const inset = stretch.role === 3 ? 0 : 3; // leaders are taller
      context.fillRect(left, y + inset, Math.max(1, width), ROLE_BAR - 2 * inset);
    } else {
      context.fillStyle = theme.fill(context, "down", "cross");
      context.fillRect(left, y + 4, Math.max(1, width), ROLE_BAR - 8);
    }
    context.fillStyle = theme.get("back");
    if (width > 4) {
      context.fillRect(left, y, 1, ROLE_BAR);
    }
    if (stretch.paused) {
      context.fillStyle = theme.fill(context, "pause", "flat");
      context.fillRect(left, y + 6, width, ROLE_BAR - 12);
    }
    const from = Math.max(left, GUTTER) + 5;
    const room = Math.min(left + width, view.width) - from - 4;
    context.fillStyle = stretch.up ? theme.of("role-ink") : theme.get("soft");
    context.font = (stretch.up && stretch.role === 3 ? "600 " : "") + "12px " + FONT;
    const words = stretchWords(stretch, role);
    fitFirst(context, words, from, y + ROLE_BAR / 2 + 0.5, room, !stretch.up);
    if (stretch.thing >= 0) {
      box(left, y, Math.max(2, width), ROLE_BAR, stretch.thing);
    }
  }
}

function stretchWords(stretch, role) {
  if (!stretch.up) {
    return ["down"];
  }
  const paused = stretch.paused ? "‖ stands still · " : "";
  return [
    `${paused}${role.name} · term ${stretch.term} · incarnation ${stretch.incarnation}`,
    `${paused}${role.name} · term ${stretch.term}`,
    `${role.short} t${stretch.term}`,
    role.short,
  ];
}

// Trace events

const LOUD_TRACES = /torn|failed|abandoned/;
const TURN_TRACES = /^raft\.(role|hard-state|vote-sent|started)$/;
/** By the number of the kind: whether it is loud, or a turn. */
const loudKinds = world.kinds.map(([name]) => LOUD_TRACES.test(name));
const turnKinds = world.kinds.map(([name]) => TURN_TRACES.test(name));

function drawTraces(context, lane) {
  if (!filters.traces) {
    return;
  }
  const y = lane.barY + ROLE_BAR + 1;
  const first = firstFrom(lane.traceTimes, view.from);
  const end = firstFrom(lane.traceTimes, view.to);
  if (end - first > plotWidth() / 4 && !filters.causesOnly) {
    drawTraceCounts(context, lane, first, end, y);
    return;
  }
  context.font = "10px " + FONT;
  for (let place = first; place < end; place++) {
    const row = lane.traceRows[place];
    if (filters.causesOnly && !causes.has(item(TRACE, row))) {
      continue;
    }
    const x = xOf(traces.at[row]);
    const name = world.kinds[traces.kind[row]][0];
    const loud = loudKinds[traces.kind[row]];
    const turn = turnKinds[traces.kind[row]] || causes.has(item(TRACE, row));
    context.fillStyle = loud ? theme.of("bad") : turn ? theme.get("ink") : theme.get("soft");
    context.fillRect(x - 0.5, y, loud || turn ? 2 : 1, TICK_STRIP - 1);
    const next = place + 1 < end ? xOf(lane.traceTimes[place + 1]) : view.width;
    if (next - x > 20) {
      const text = traceWords(row).replace(/ (hash|place)=\S+/, "");
      const texts = [text, name, name.slice(name.indexOf(".") + 1)];
      fitFirst(context, texts, x + 3, y + 5, next - x - 5, true);
    }
    box(x - 2, y, 5, TICK_STRIP, item(TRACE, row));
  }
}

/** As columns, one per two pixels; a dot marks those with an event that should be seen. */
function drawTraceCounts(context, lane, first, end, y) {
  const bins = new Uint32Array(Math.ceil(plotWidth() / 2) + 1);
  const loud = new Uint8Array(bins.length);
  let most = 1;
  for (let place = first; place < end; place++) {
    const row = lane.traceRows[place];
    const bin = Math.floor((xOf(traces.at[row]) - GUTTER) / 2);
    most = Math.max(most, ++bins[bin]);
    if (loudKinds[traces.kind[row]]) {
      loud[bin] = 1;
    }
  }
  for (let bin = 0; bin < bins.length; bin++) {
    if (bins[bin] > 0) {
      const height = Math.max(1, (bins[bin] / most) * (TICK_STRIP - 1));
      context.fillStyle = theme.get("faint");
      context.fillRect(GUTTER + bin * 2, y + TICK_STRIP - 1 - height, 2, height);
    }
    if (loud[bin]) {
      context.fillStyle = theme.of("bad");
      context.fillRect(GUTTER + bin * 2 - 1, y, 3, TICK_STRIP - 1);
    }
  }
}

/** Where the log stands: the thick line is applied, the thin one appended; one scale for all. */
function drawProgress(context, lane) {
  const y = lane.barY + ROLE_BAR + TICK_STRIP + 4;
  const scale = progressScale();
  const heightOf = (index) =>
    y + PROGRESS_STRIP - 1 - ((index - scale.low) / (scale.high - scale.low)) * (PROGRESS_STRIP - 2);
  drawSteps(context, lane.appended, heightOf, theme.of("appended"), 1);
  drawSteps(context, lane.applied, heightOf, theme.of("applied"), 1.6);
  const shown = firstFrom(lane.applied.at, view.to) - 1;
  if (shown >= 0) {
    context.fillStyle = theme.get("soft");
    context.font = "10px " + FONT;
    context.textAlign = "right";
    const right = Math.min(view.width, xOf(world.endNanos)) - 4;
    fit(context, String(lane.applied.index[shown]), right, y + PROGRESS_STRIP - 3, 200, true);
    context.textAlign = "left";
  }
}

function drawSteps(context, line, heightOf, colour, lineWidth) {
  let place = Math.max(0, firstFrom(line.at, view.from) - 1);
  const end = firstFrom(line.at, view.to);
  if (place >= end) {
    return;
  }
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.beginPath();
  context.moveTo(Math.max(GUTTER, xOf(line.at[place])), heightOf(line.index[place]));
  let lastX = -1;
  for (; place < end; place++) {
    const x = xOf(line.at[place]);
    const isLast = place + 1 === end;
    const drops = !isLast && line.index[place + 1] < line.index[place];
    if (x - lastX < 0.5 && !isLast && !drops) {
      continue;
    }
    lastX = x;
    const before = place > 0 ? line.index[place - 1] : line.index[place];
    context.lineTo(x, heightOf(before));
    context.lineTo(x, heightOf(line.index[place]));
  }
  context.lineTo(Math.min(view.width, xOf(world.endNanos)), heightOf(line.index[end - 1]));
  context.stroke();
}

let scaleOfProgress = { from: -1, to: -1, low: 0, high: 1 };

/** The lowest and highest index in view. */
function progressScale() {
  if (scaleOfProgress.from === view.from && scaleOfProgress.to === view.to) {
    return scaleOfProgress;
  }
  let low = Infinity;
  let high = -Infinity;
  for (const lane of lanes) {
    for (const line of [lane.applied, lane.appended]) {
      const end = firstFrom(line.at, view.to);
      for (let place = Math.max(0, firstFrom(line.at, view.from) - 1); place < end; place++) {
        low = Math.min(low, line.index[place]);
        high = Math.max(high, line.index[place]);
      }
    }
  }
  low = low === Infinity ? 0 : low;
  scaleOfProgress = { from: view.from, to: view.to, low, high: Math.max(high, low + 1) };
  return scaleOfProgress;
}

// Clients

function drawClient(context, lane) {
  const rows = lane.operationRows;
  context.font = "11px " + FONT;
  let lastPixel = -1;
  for (const row of rows) {
    const begin = operations.begin[row];
    const until = begin + operations.length[row];
    if (begin > view.to) {
      break;
    }
    const left = xOf(begin);
    const right = xOf(until);
    const plain = operations.end[row] === 0;
    if (until < view.from || (plain && right - left < 1 && Math.floor(left) === lastPixel)) {
      continue;
    }
    lastPixel = Math.floor(left);
    const style = END_STYLES[operations.end[row]];
    const width = Math.max(plain ? 1.5 : 3, right - left);
    context.fillStyle = theme.fill(context, style.colour, style.pattern);
    context.fillRect(left, lane.barY, width, OPERATION_BAR);
    if (!plain || width > 5) {
      context.strokeStyle = plain ? theme.get("back") : theme.of("fault-line");
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, lane.barY + 0.5, Math.max(1, width - 1), OPERATION_BAR - 1);
    }
    const from = Math.max(left, GUTTER) + 4;
    context.fillStyle = theme.of("role-ink");
    const text = style.mark + operations.text[row];
    const full = `${text} → ${operations.result[row]}`;
    const room = Math.min(left + width, view.width) - from - 3;
    fitFirst(context, [full, text, style.mark.trim() || text], from, lane.barY + 8, room);
    box(left, lane.barY, width, OPERATION_BAR, item(OPERATION, row));
  }
  for (const row of lane.faultRows) {
    for (const band of row) {
      if (band.from <= view.to && band.to >= view.from) {
        const left = xOf(band.from);
        const width = Math.max(3, xOf(band.to) - left);
        const y = lane.barY + OPERATION_BAR + 1;
        drawBand(context, band.fault, left, y, width, CLIENT_FAULT_STRIP);
        box(left, y, width, CLIENT_FAULT_STRIP, item(FAULT, band.fault));
      }
    }
  }
}

