// The canvases: their layout, what is drawn in which order, and what lies under the mouse. Only what is in view is drawn; where there is more than can be told
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
/** No text of several letters is narrower than this per letter. */
const LETTER_WIDTH_MIN = 3;

const rulerCanvas = document.getElementById("ruler");
const laneCanvas = document.getElementById("lanes");
/** Lies on the lanes and holds what moves with the cursor, so that a step need not draw the rest. */
const overlay = {
  frame: document.getElementById("overlay"),
  cursor: document.getElementById("cursor-line"),
  box: document.getElementById("chosen-box"),
  line: document.getElementById("chosen-line"),
  mark: document.getElementById("cursor-mark"),
};
const scroller = document.getElementById("scroller");
const hint = document.getElementById("hint");

/** The cursor is a moment; the place is the last step that has happened then; -1 if there is none. */
const view = { from: 0, to: world.endNanos, width: 0, cursor: 0, place: -1, chosen: -1, lane: 0 };
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
  if (text.length * LETTER_WIDTH_MIN > room) {
    return false; // no need to measure what is certainly too long
  }
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
  shapes = null;
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
  if (departure) {
    drawMoment(context, departure.at, "departure", 3, [2, 3], height, departureItem());
  }
  if (world.violation) {
    drawMoment(context, world.violation.at, "bad", 4, [], height, item(VIOLATION, 0));
  }
}

const departureItem = () => (departure.item >= 0 ? departure.item : -1);

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
  if (thing >= 0) {
    box(x - 3, 0, 6, height, thing);
  }
}

function put(shape, attributes) {
  Object.entries(attributes).forEach(([name, value]) => shape.setAttribute(name, value));
  shape.style.display = "";
}

/** Puts the cursor and the frame of the chosen thing to where they belong. */
function drawCursor() {
  overlay.frame.style.height = laneCanvas.style.height;
  const x = Math.round(xOf(view.cursor)) + 0.5;
  const isInView = x >= GUTTER && x <= view.width;
  put(overlay.cursor, { x1: x, x2: x, y1: 0, y2: "100%" });
  overlay.cursor.style.display = isInView ? "" : "none";
  overlay.mark.style.transform = `translateX(${Math.round(overviewX(view.cursor)) - 1}px)`;
  overlay.box.style.display = overlay.line.style.display = "none";
  const shape = shapeOf(view.chosen);
  if (!shape) {
    return;
  }
  if (shape.width === undefined) {
    const { x1, y1, x2, y2 } = shape;
    put(overlay.line, { x1, y1, x2, y2 });
  } else if (kindOf(shape.thing) < HEAL) {
    const left = Math.max(GUTTER, shape.x - 1);
    const right = Math.min(view.width, shape.x + shape.width + 1);
    const { y, height } = shape;
    put(overlay.box, { x: left, y: y - 1, width: Math.max(2, right - left), height: height + 2 });
  }
}

/** What the last frame drew, by item; made when it is first asked for. */
let shapes = null;

function shapeOf(thing) {
  if (shapes === null) {
    shapes = new Map();
    drawn.forEach((shape) => shapes.set(shape.thing, shape)); // later ones lie on top
  }
  const kind = thing < 0 ? -1 : kindOf(thing);
  const begin = kind === FAULT_END ? FAULT : kind === OPERATION_END ? OPERATION : kind;
  return kind < 0 ? undefined : shapes.get(item(begin, rowOf(thing)));
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

