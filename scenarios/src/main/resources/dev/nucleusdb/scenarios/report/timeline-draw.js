// Draws the lanes and the ruler. Only what is in view is drawn; where there is more than can be told
// apart, it is counted per pixel instead. Each frame writes down what it drew where, for the mouse.

const GUTTER = 68;
const FAULT_ROW = 14;
const ROLE_BAR = 20;
const TICK_STRIP = 11;
const PROGRESS_STRIP = 16;
const OPERATION_BAR = 15;
const CLIENT_FAULT_STRIP = 4;
/** More messages than this in view are not drawn. */
const ARROWS_MAX = 2500;
/** Fewer messages than this in view carry the letter of their channel. */
const LETTERS_MAX = 150;
/** More faults of single messages than this in view are not marked. */
const SINGLE_FAULTS_MAX = 120;
const OVERVIEW = 28;

const rulerCanvas = document.getElementById("ruler");
const laneCanvas = document.getElementById("lanes");
const scroller = document.getElementById("scroller");
const hint = document.getElementById("hint");

const view = { from: 0, to: world.endNanos, width: 0, cursor: 0, chosen: -1 };
/** What the last frame drew: boxes and lines with their item; later ones lie on top. */
let drawn = [];

const plotWidth = () => view.width - GUTTER;
const xOf = (nanos) => GUTTER + ((nanos - view.from) / (view.to - view.from)) * plotWidth();
const timeAt = (x) => view.from + ((x - GUTTER) / plotWidth()) * (view.to - view.from);

/** Clears a canvas, sized to the pixels of the screen. */
function prepared(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = height + "px";
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.textBaseline = "middle";
  return context;
}

const textWidths = new Map();

/** Writes text if it fits into a width; a halo sets it off from arrows behind it. */
function fit(context, text, x, y, room, halo) {
  const key = context.font + text;
  let width = textWidths.get(key);
  if (width === undefined) {
    if (textWidths.size > 20000) {
      textWidths.clear();
    }
    width = context.measureText(text).width;
    textWidths.set(key, width);
  }
  if (width > room) {
    return false;
  }
  if (halo) {
    context.strokeStyle = theme.get("back");
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeText(text, x, y);
  }
  context.fillText(text, x, y);
  return true;
}

/** Writes the first of some texts that fits. */
function fitFirst(context, texts, x, y, room, halo = false) {
  texts.some((text) => fit(context, text, x, y, room, halo));
}

// Layout

/** Gives the shown lanes their places; returns the height of all. */
function layOut() {
  let y = 0;
  for (const lane of lanes) {
    if (!lane.isNode && !filters.clients) {
      lane.height = 0;
      continue;
    }
    lane.y = y;
    if (lane.isNode) {
      lane.barY = y + 5 + Math.max(1, lane.faultRows.length) * FAULT_ROW;
      lane.barHeight = ROLE_BAR;
      lane.height = lane.barY - y + ROLE_BAR + TICK_STRIP + 3;
      lane.height += filters.progress ? PROGRESS_STRIP + 8 : 6;
    } else {
      lane.barY = y + 3;
      lane.barHeight = OPERATION_BAR;
      lane.height = OPERATION_BAR + CLIENT_FAULT_STRIP + 6;
    }
    y += lane.height;
  }
  return y;
}

// The lanes

function drawLanes() {
  drawn = [];
  const height = Math.max(layOut(), scroller.clientHeight);
  view.width = scroller.clientWidth;
  const context = prepared(laneCanvas, view.width, height);
  context.save();
  drawGrid(context, height);
  context.beginPath();
  context.rect(GUTTER, 0, plotWidth(), height);
  context.clip();
  const words = drawMessages(context); // behind the bars, so that text stays readable
  for (const lane of lanes) {
    if (lane.height > 0) {
      (lane.isNode ? drawNode : drawClient)(context, lane);
    }
  }
  drawSingleFaults(context);
  drawMoments(context, height);
  drawChosen(context, height);
  context.restore();
  drawNames(context, height);
  hint.hidden = words === "";
  hint.textContent = words;
}

function drawGrid(context, height) {
  for (const lane of lanes) {
    if (lane.height > 0) {
      context.fillStyle = theme.get("line");
      context.fillRect(0, lane.y + lane.height - 1, view.width, 1);
    }
  }
  context.globalAlpha = 0.45;
  for (const { nanos } of axisTicks()) {
    context.fillRect(Math.round(xOf(nanos)), 0, 1, height);
  }
  context.globalAlpha = 1;
}

function drawNames(context, height) {
  context.fillStyle = theme.get("panel");
  context.fillRect(0, 0, GUTTER - 1, height);
  context.fillStyle = theme.get("line");
  context.fillRect(GUTTER - 1, 0, 1, height);
  for (const lane of lanes) {
    if (lane.height === 0) {
      continue;
    }
    context.fillStyle = theme.get("line");
    context.fillRect(0, lane.y + lane.height - 1, GUTTER, 1);
    context.fillStyle = theme.get("ink");
    context.font = (lane.isNode ? "600 14px " : "12px ") + FONT;
    context.fillText(lane.name, 10, lane.barY + lane.barHeight / 2);
    if (lane.isNode) {
      context.font = "10px " + FONT;
      context.fillStyle = theme.get("soft");
      context.fillText("faults", 10, lane.y + 5 + FAULT_ROW / 2);
      context.fillText("events", 10, lane.barY + ROLE_BAR + TICK_STRIP / 2 + 1);
      if (filters.progress) {
        context.fillText("applied", 10, lane.barY + ROLE_BAR + TICK_STRIP + PROGRESS_STRIP / 2 + 3);
      }
    }
  }
}

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
  const style = FAMILY_STYLES[world.families[faults.family[fault]]];
  context.fillStyle = theme.fill(context, style.colour, style.pattern);
  context.fillRect(left, y, width, height);
  context.strokeStyle = theme.of("fault-line");
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, Math.max(0, width - 1), height - 1);
}

/** Inside of the band, or beside it as far as the next one. */
function drawFaultLabel(context, band, left, y, width, next) {
  const label = world.families[faults.family[band.fault]];
  const style = FAMILY_STYLES[label];
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
  return label === "partition" ? " " + "AB"[group] : group === 0 ? " from" : " to";
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

function drawTraces(context, lane) {
  if (!filters.traces) {
    return;
  }
  const y = lane.barY + ROLE_BAR + 1;
  const first = firstFrom(lane.traceTimes, view.from);
  const end = firstFrom(lane.traceTimes, view.to);
  if (end - first > plotWidth() / 4) {
    drawTraceCounts(context, lane, first, end, y);
    return;
  }
  context.font = "10px " + FONT;
  for (let place = first; place < end; place++) {
    const row = lane.traceRows[place];
    const x = xOf(traces.at[row]);
    const name = world.kinds[traces.kind[row]][0];
    const loud = LOUD_TRACES.test(name);
    const turn = TURN_TRACES.test(name);
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
    if (LOUD_TRACES.test(world.kinds[traces.kind[row]][0])) {
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

/**
 * Marks what struck single messages beside their senders, if there is room for it. A loss needs no
 * mark: its arrow shows it.
 */
function drawSingleFaults(context) {
  const first = firstFrom(faults.at, view.from);
  const end = firstFrom(faults.at, view.to);
  const rows = [];
  for (let fault = first; fault < end; fault++) {
    const family = faults.family[fault];
    if (faults.single[fault] && filters.families[family] && world.families[family] !== "loss") {
      rows.push(fault);
    }
  }
  if (!filters.messages || rows.length > SINGLE_FAULTS_MAX) {
    return;
  }
  context.font = "11px " + FONT;
  for (const fault of rows) {
    const lane = lanes[faults.groups[fault][0]?.[0]];
    if (lane && lane.height > 0) {
      const x = xOf(faults.at[fault]);
      const y = lane.barY - 4;
      context.fillStyle = theme.of("again");
      const { mark } = FAMILY_STYLES[world.families[faults.family[fault]]];
      fit(context, mark, x - 12, y, 20, true);
      box(x - 13, y - 5, 12, 10, item(FAULT, fault));
    }
  }
}

// Messages

/** The messages in view that the filters let through. */
function messagesInView() {
  const rows = [];
  const latest = view.to + longestFlight;
  for (let row = firstFrom(messages.ended, view.from); row < messages.ended.length; row++) {
    if (messages.ended[row] > latest) {
      break;
    }
    if (messages.sent[row] <= view.to && isMessageShown(row)) {
      rows.push(row);
    }
  }
  return rows;
}

function drawMessages(context) {
  if (!filters.messages) {
    return "";
  }
  let rows = messagesInView();
  let words = "";
  if (rows.length > ARROWS_MAX) {
    words = `${rows.length.toLocaleString("en")} messages in view: zoom in to see them`;
    rows = rows.filter((row) => messages.fate[row] !== DELIVERED);
    if (rows.length > ARROWS_MAX) {
      return words;
    }
    words += "; undelivered ones are shown";
  }
  const letters = rows.length <= LETTERS_MAX;
  context.globalAlpha = rows.length > 800 ? 0.4 : rows.length > 300 ? 0.6 : 0.9;
  rows.forEach((row) => drawMessage(context, row, letters));
  context.globalAlpha = 1;
  return words;
}

function channelColour(channel) {
  return { 82: "raft", 67: "request", 65: "answer" }[channel] ?? "other";
}

function drawMessage(context, row, letters) {
  const from = lanes[messages.from[row]];
  const to = lanes[messages.to[row]];
  const down = to.y > from.y ? 1 : -1;
  const startX = xOf(messages.sent[row]);
  const startY = from.barY + (down > 0 ? from.barHeight : 0);
  let endX = xOf(messages.ended[row]);
  let endY = to.barY + (down > 0 ? 0 : to.barHeight);
  const fate = world.fates[messages.fate[row]];
  const never = messages.sent[row] === messages.ended[row];
  if (never) {
    endX = startX + 8; // it never got under way
    endY = startY + down * 20;
  }
  const delivered = messages.fate[row] === DELIVERED;
  const again = fate === "delivered again";
  const colour = delivered ? channelColour(messages.channel[row]) : again ? "again" : "bad";
  context.strokeStyle = context.fillStyle = theme.of(colour);
  context.lineWidth = isSmallRaft(row) ? 0.8 : 1.4;
  context.setLineDash(delivered ? [] : again ? [7, 3] : [3, 3]);
  context.beginPath();
  context.moveTo(startX, startY);
  context.lineTo(endX, endY);
  context.stroke();
  context.setLineDash([]);
  drawFate(context, FATE_MARKS[fate], startX, startY, endX, endY);
  if (letters) {
    const letter = { 82: "R", 67: "C", 65: "A" }[messages.channel[row]] ?? "·";
    context.font = "10px " + FONT;
    context.fillText(letter, (startX + endX) / 2 + 3, (startY + endY) / 2);
  }
  drawn.push({ x1: startX, y1: startY, x2: endX, y2: endY, thing: item(MESSAGE, row) });
}

function drawFate(context, mark, x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const dx = (x2 - x1) / length;
  const dy = (y2 - y1) / length;
  const head = (back) => {
    const x = x2 - dx * back;
    const y = y2 - dy * back;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - dx * 6 - dy * 3, y - dy * 6 + dx * 3);
    context.lineTo(x - dx * 6 + dy * 3, y - dy * 6 - dx * 3);
    context.fill();
  };
  context.lineWidth = 1.6;
  context.beginPath();
  switch (mark) {
    case "arrow":
      head(0);
      break;
    case "double":
      head(0);
      head(6);
      break;
    case "cross":
      context.moveTo(x2 - 3.5, y2 - 3.5);
      context.lineTo(x2 + 3.5, y2 + 3.5);
      context.moveTo(x2 + 3.5, y2 - 3.5);
      context.lineTo(x2 - 3.5, y2 + 3.5);
      context.stroke();
      break;
    case "bar":
      context.moveTo(x2 - 4.5, y2);
      context.lineTo(x2 + 4.5, y2);
      context.moveTo(x2 - 4.5, y2 - 3);
      context.lineTo(x2 + 4.5, y2 - 3);
      context.stroke();
      break;
    case "square":
      context.strokeRect(x2 - 3, y2 - 3, 6, 6);
      break;
    default:
      context.arc(x2, y2, 3.5, 0, 2 * Math.PI);
      context.stroke();
  }
}

// Moments

function drawMoments(context, height) {
  const end = xOf(world.endNanos);
  if (end < view.width) {
    context.globalAlpha = 0.6;
    context.fillStyle = theme.get("panel");
    context.fillRect(end, 0, view.width - end, height);
    context.globalAlpha = 1;
  }
  if (world.healNanos >= 0) {
    drawMoment(context, world.healNanos, "heal", 2, [6, 4], height, item(HEAL, 0));
  }
  if (world.violation) {
    drawMoment(context, world.violation.at, "bad", 4, [], height, item(VIOLATION, 0));
  }
}

function drawMoment(context, nanos, colour, lineWidth, dash, height, thing) {
  const x = xOf(nanos);
  context.strokeStyle = theme.of(colour);
  context.lineWidth = lineWidth;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  context.setLineDash([]);
  box(x - 3, 0, 6, height, thing);
}

function drawChosen(context, height) {
  const x = Math.round(xOf(view.cursor)) + 0.5;
  context.strokeStyle = theme.of("cursor");
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  const shape = drawn.findLast((candidate) => sameStory(candidate.thing, view.chosen));
  if (!shape) {
    return;
  }
  context.lineWidth = 2.5;
  if (shape.width === undefined) {
    context.beginPath();
    context.moveTo(shape.x1, shape.y1);
    context.lineTo(shape.x2, shape.y2);
    context.stroke();
  } else if (kindOf(shape.thing) < HEAL) {
    context.strokeRect(shape.x - 1, shape.y - 1, shape.width + 2, shape.height + 2);
  }
}

/** Whether two items are the beginning and end of one thing, or the same. */
function sameStory(one, other) {
  const base = (thing) => {
    const kind = kindOf(thing);
    const begin = kind === FAULT_END ? FAULT : kind === OPERATION_END ? OPERATION : kind;
    return item(begin, rowOf(thing));
  };
  return other >= 0 && base(one) === base(other);
}

/** The topmost item near a place of the lanes, or -1. */
function thingAt(x, y) {
  let best = -1;
  let bestDistance = 5;
  for (let i = drawn.length - 1; i >= 0; i--) {
    const shape = drawn[i];
    let distance;
    if (shape.width === undefined) {
      distance = distanceToLine(shape, x, y);
    } else {
      const inside =
        x >= shape.x - 1 &&
        x <= shape.x + shape.width + 1 &&
        y >= shape.y &&
        y <= shape.y + shape.height;
      distance = inside ? 2 : Infinity; // a line that is very near wins against a box
    }
    if (distance < bestDistance) {
      best = shape.thing;
      bestDistance = distance;
    }
  }
  return best;
}

function distanceToLine({ x1, y1, x2, y2 }, x, y) {
  const square = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
  const along = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / square));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}

// The ruler: the whole world above, the axis of the view below

/** Round moments in view, about one per hundred pixels. */
function axisTicks() {
  const wanted = ((view.to - view.from) / Math.max(1, plotWidth())) * 110;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= wanted);
  const ticks = [];
  for (let nanos = Math.ceil(view.from / step) * step; nanos <= view.to; nanos += step) {
    ticks.push({ nanos, step });
  }
  return ticks;
}

/** How much happens when, as heights from 0 to 1; one per pixel of a width. */
let density = { width: -1, heights: [] };

function densityOf(width) {
  if (density.width !== width) {
    const heights = new Float64Array(Math.max(1, Math.ceil(width)));
    for (const at of everything.times) {
      heights[Math.min(heights.length - 1, Math.floor((at / world.endNanos) * width))]++;
    }
    const most = heights.reduce((a, b) => Math.max(a, b), 1);
    density = { width, heights: heights.map((height) => Math.sqrt(height / most)) };
  }
  return density.heights;
}

const overviewX = (nanos) => GUTTER + (nanos / world.endNanos) * plotWidth();
const overviewTime = (x) => ((x - GUTTER) / plotWidth()) * world.endNanos;

function drawRuler() {
  const context = prepared(rulerCanvas, rulerCanvas.clientWidth, 62);
  context.fillStyle = theme.get("panel");
  context.fillRect(0, 0, rulerCanvas.clientWidth, 62);
  context.font = "10px " + FONT;
  context.fillStyle = theme.get("soft");
  context.fillText("world", 10, OVERVIEW / 2);
  context.fillText("time", 10, OVERVIEW + 24);
  context.fillStyle = theme.get("faint");
  densityOf(plotWidth()).forEach((height, x) =>
    context.fillRect(GUTTER + x, OVERVIEW - height * (OVERVIEW - 6), 1, height * (OVERVIEW - 6)),
  );
  drawOverviewMarks(context);
  const left = overviewX(Math.max(0, view.from));
  const right = overviewX(Math.min(world.endNanos, view.to));
  context.globalAlpha = 0.16;
  context.fillStyle = theme.get("accent");
  context.fillRect(left, 0, Math.max(2, right - left), OVERVIEW);
  context.globalAlpha = 1;
  context.strokeStyle = theme.get("accent");
  context.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), OVERVIEW - 1);
  drawAxis(context);
}

function drawOverviewMarks(context) {
  const mark = (nanos, colour, y, height, width = 2) => {
    context.fillStyle = colour;
    context.fillRect(overviewX(nanos) - width / 2, y, width, height);
  };
  shownFaults().forEach((fault) => mark(faults.at[fault], theme.of("fault-line"), 0, 5, 1.5));
  search.places.forEach((place) => mark(everything.times[place], theme.of("again"), 6, 8, 1.5));
  if (world.healNanos >= 0) {
    mark(world.healNanos, theme.of("heal"), 0, OVERVIEW);
  }
  if (world.violation) {
    mark(world.violation.at, theme.of("bad"), 0, OVERVIEW, 3);
  }
  mark(view.cursor, theme.of("cursor"), 0, OVERVIEW, 1);
}

function drawAxis(context) {
  context.font = "11px " + FONT;
  let free = GUTTER;
  for (const { nanos, step } of axisTicks()) {
    const x = Math.round(xOf(nanos));
    context.fillStyle = theme.get("soft");
    context.fillRect(x, 56, 1, 6);
    const text = seconds(nanos, step);
    if (x - 20 > free && x + 26 < view.width) {
      context.textAlign = "center";
      context.fillText(text, x, 48);
      free = x + context.measureText(text).width / 2;
    }
  }
  const flag = (nanos, colour, text) => {
    const x = xOf(nanos);
    if (x < GUTTER || x > view.width) {
      return;
    }
    context.font = "600 11px " + FONT;
    const width = context.measureText(text).width;
    const leftwards = x + width + 12 > view.width;
    context.textAlign = leftwards ? "right" : "left";
    context.fillStyle = theme.of(colour);
    context.fillRect(x - 1, OVERVIEW, 2, 34);
    context.fillText(text, leftwards ? x - 4 : x + 4, OVERVIEW + 8);
  };
  if (world.healNanos >= 0) {
    flag(world.healNanos, "heal", "faults end");
  }
  if (world.violation) {
    flag(world.violation.at, "bad", "✖ " + world.violation.invariant);
  }
  context.textAlign = "left";
}
