// The picture: only what is visible is drawn, and of operations narrower than a pixel one for each
// pixel, so that a frame costs the same for a hundred operations and for a hundred thousand.

const ROW_HEIGHT = 28;
const BAR_HEIGHT = 22;
const LANE_GAP = 8;
const GUTTER = 92;
const RULER_HEIGHT = 26;
const CHARACTER = 7.25;
const FONT = '12px ui-monospace, "Cascadia Mono", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace';

const lanes = document.getElementById("lanes");
const lanesBox = document.getElementById("lanes-box");
const overview = document.getElementById("overview");
const rangeText = document.getElementById("range");

/** What is shown: `left` and `span` in the units of the scale, `top` in pixels. */
const view = { object: null, scale: "time", left: 0, span: 1, top: 0, chosen: -1, width: 1000 };
const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["back", "panel", "line", "ink", "soft", "faint", "accent", "contradicts", "alarm", "good"];
  for (let kind = 0; kind < 5; kind++) {
    names.push(`kind-${kind}`, `kind-${kind}-fill`);
  }
  for (const name of names) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

const layout = () => layoutOf(view.object, view.scale);
const innerWidth = () => view.width - GUTTER;
const innerHeight = () => lanes.clientHeight - RULER_HEIGHT;

/** Asks the browser how wide the picture is, once a frame: the question is dear. */
function measure() {
  view.width = Math.max(GUTTER + 50, lanes.clientWidth);
}

const xOf = (moment) => GUTTER + ((moment - view.left) / view.span) * innerWidth();
const momentAt = (x) => view.left + ((x - GUTTER) / innerWidth()) * view.span;

/** A context whose unit is a CSS pixel. */
function contextOf(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.back;
  context.fillRect(0, 0, width, height);
  return context;
}

/** Whether moments are told from the first invocation on: absolute ones would not fit the ruler. */
const isRelative = () => world.base.length > 9;

/** A moment as it stands on the ruler. */
function rulerText(at) {
  if (view.scale === "order") {
    return `event ${countText(at)}`;
  }
  return isRelative() ? `${at < 0 ? "−" : "+"}${countText(Math.abs(at))}` : momentText(at);
}

/** Step of a grid with about one line in 110 pixels: 1, 2 or 5 times a power of ten. */
function gridStep() {
  const rough = (view.span / innerWidth()) * 110;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  return Math.max(1, step);
}

function drawGrid(context, width, height) {
  const step = gridStep();
  context.font = FONT;
  context.textBaseline = "middle";
  context.textAlign = "center";
  let free = GUTTER;
  const shift = view.scale === "order" || isRelative() ? 0 : Number(world.base);
  for (let at = Math.ceil((view.left + shift) / step) * step - shift; at <= view.left + view.span; at += step) {
    const x = Math.round(xOf(at)) + 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(x, RULER_HEIGHT - 5);
    context.lineTo(x, height);
    context.stroke();
    context.fillStyle = colours.soft;
    const text = rulerText(at);
    const half = (text.length * CHARACTER) / 2;
    if (at + shift >= 0 && x - half > free && x + half < width) {
      context.fillText(text, x, RULER_HEIGHT / 2);
      free = x + half + CHARACTER;
    }
  }
  context.textAlign = "left";
  context.fillStyle = colours.soft;
  context.fillText(view.scale === "time" ? "time" : "order", 8, RULER_HEIGHT / 2);
}

/** Fills the bar of an operation that is wide enough to be seen as one. */
function drawBar(context, object, place, x, y, width, cut) {
  const kind = kindOf(object, place);
  const marked = object.isKept.has(place);
  const blocked = object.isBlocked.has(place);
  const failed = object.outcome[place] === FAILED;
  const dim = object.kept.length > 0 && !marked;
  context.globalAlpha = dim ? 0.55 : 1;
  context.fillStyle = failed ? colours.back : blocked ? colours.alarm : colours[`kind-${kind}-fill`];
  context.fillRect(x, y, width, BAR_HEIGHT);
  context.fillStyle = blocked ? colours.contradicts : colours[`kind-${kind}`];
  context.fillRect(x, y, Math.min(4, width), BAR_HEIGHT);
  context.strokeStyle = marked || blocked ? colours.contradicts : colours[`kind-${kind}`];
  context.lineWidth = blocked ? 3 : marked ? 2 : 1;
  context.setLineDash(failed ? [2, 3] : returned(object, place) ? [] : [5, 3]);
  context.beginPath();
  if (returned(object, place)) {
    context.rect(x + 0.5, y + 0.5, Math.max(1, width - 1), BAR_HEIGHT - 1);
  } else {
    context.moveTo(x + width, y + 0.5);
    context.lineTo(x + 0.5, y + 0.5);
    context.lineTo(x + 0.5, y + BAR_HEIGHT - 0.5);
    context.lineTo(x + width, y + BAR_HEIGHT - 0.5);
  }
  context.stroke();
  context.setLineDash([]);
  if (!returned(object, place)) {
    drawArrow(context, Math.min(x + width, view.width) - 8, y, cut);
  }
  context.lineWidth = 1;
  context.globalAlpha = 1;
}

/** The end of an operation that never returned; two strokes where its row was needed by another. */
function drawArrow(context, x, y, cut) {
  context.beginPath();
  for (const shift of cut ? [0, -5] : [0]) {
    context.moveTo(x + shift, y + 5);
    context.lineTo(x + shift + 6, y + BAR_HEIGHT / 2);
    context.lineTo(x + shift, y + BAR_HEIGHT - 5);
  }
  context.lineWidth = 2;
  context.stroke();
}

function drawText(context, object, place, x, y, right) {
  const left = Math.max(x + 9, GUTTER + 4);
  const order = object.order[place];
  const blocked = object.isBlocked.has(place);
  const mark = blocked ? (object.mood === "open" ? "?" : "✕") : order > 0 ? countText(order) : object.outcome[place] === FAILED ? "✕" : "";
  let room = Math.floor((right - 5 - left) / CHARACTER);
  let at = left;
  if (mark && room > mark.length) {
    const width = (mark.length + 1) * CHARACTER;
    context.fillStyle = blocked ? colours.contradicts : colours.soft;
    context.beginPath();
    context.roundRect(at, y + 3, width, 16, 8);
    context.fill();
    context.fillStyle = colours.back;
    context.textAlign = "center";
    context.fillText(mark, at + width / 2, y + BAR_HEIGHT / 2 + 1);
    context.textAlign = "left";
    at += width + 5;
    room = Math.floor((right - 5 - at) / CHARACTER);
  }
  if (room < 2) {
    return;
  }
  const text = labelOf(object, place);
  context.fillStyle = object.kept.length > 0 && !object.isKept.has(place) ? colours.soft : colours.ink;
  context.fillText(text.length <= room ? text : `${text.slice(0, room - 1)}…`, at, y + BAR_HEIGHT / 2 + 1);
}

/** Whether an operation is drawn whatever its width. */
const isMarked = (object, place) =>
  place === view.chosen || object.isKept.has(place) || object.isBlocked.has(place);

/** Where the operation at a place of a row begins and ends, in pixels, as far as it can be seen. */
function extentOf(row, number, lay) {
  const place = row.places[number];
  const following = row.places[number + 1];
  const cut = following !== undefined && lay.begin[following] < lay.end[place];
  const x = Math.max(xOf(lay.begin[place]), GUTTER - 20);
  const until = Math.min(xOf(cut ? lay.begin[following] : lay.end[place]), view.width + 20);
  return { place, x, width: until - x, cut };
}

function drawOperation(context, object, { place, x, width, cut }, y) {
  drawBar(context, object, place, x, y, width, cut);
  drawText(context, object, place, x, y, Math.min(x + width, view.width));
  if (place === view.chosen) {
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    context.strokeRect(x - 3, y - 3, width + 6, BAR_HEIGHT + 6);
    context.lineWidth = 1;
  }
}

/** Draws what is visible of one row; of what is narrower than a pixel, one for each pixel. */
function drawRow(context, object, row, y, lay) {
  const end = view.left + view.span;
  const marked = [];
  let number = firstEndingAfter(row, lay, view.left);
  while (number < row.places.length && lay.begin[row.places[number]] <= end) {
    const extent = extentOf(row, number, lay);
    if (extent.width >= 4) {
      if (isMarked(object, extent.place)) {
        marked.push(extent);
      } else {
        drawOperation(context, object, extent, y);
      }
      number++;
    } else {
      context.fillStyle = colours[`kind-${kindOf(object, extent.place)}`];
      context.fillRect(extent.x, y, Math.max(1, extent.width), BAR_HEIGHT);
      number = Math.max(number + 1, firstEndingAfter(row, lay, momentAt(extent.x + Math.max(1, extent.width))));
    }
  }
  for (const extent of [...marked, ...narrowMarked(object, row, lay)]) {
    drawOperation(context, object, { ...extent, width: Math.max(4, extent.width) }, y);
  }
}

/** The marked operations of a row that are too narrow to have been met. */
function narrowMarked(object, row, lay) {
  const extents = [];
  const number = object.rows.indexOf(row);
  for (const place of new Set([...object.kept, ...object.blocked, view.chosen])) {
    if (place >= 0 && object.rowOf[place] === number) {
      const extent = extentOf(row, row.places.indexOf(place), lay);
      if (extent.width < 4 && extent.x <= view.width && extent.x + extent.width >= GUTTER - 20) {
        extents.push(extent);
      }
    }
  }
  return extents;
}

function drawLanes() {
  measure();
  const object = geometryOf(view.object);
  const width = view.width;
  const height = Math.min(RULER_HEIGHT + object.height, Math.max(240, Math.round(window.innerHeight * 0.62)));
  const context = contextOf(lanes, width, height);
  const lay = layout();
  view.top = Math.max(0, Math.min(view.top, object.height - (height - RULER_HEIGHT)));
  drawGrid(context, width, height);
  context.save();
  context.beginPath();
  context.rect(0, RULER_HEIGHT, width, height - RULER_HEIGHT);
  context.clip();
  object.rows.forEach((row, number) => {
    const y = RULER_HEIGHT + object.tops[number] - view.top;
    if (y + ROW_HEIGHT < RULER_HEIGHT || y > height) {
      return;
    }
    if (row.first && number > 0) {
      context.fillStyle = colours.line;
      context.fillRect(0, y - LANE_GAP / 2 - 1, width, 1);
    }
    drawRow(context, object, row, y + 3, lay);
  });
  drawGutter(context, object, height);
  context.restore();
}

function drawGutter(context, object, height) {
  context.fillStyle = colours.panel;
  context.fillRect(0, RULER_HEIGHT, GUTTER - 4, height);
  context.fillStyle = colours.line;
  context.fillRect(GUTTER - 4, RULER_HEIGHT, 1, height);
  context.fillStyle = colours.ink;
  object.rows.forEach((row, number) => {
    const y = RULER_HEIGHT + object.tops[number] - view.top;
    if (row.first && y > -ROW_HEIGHT && y < height) {
      const name = `client ${world.clients[row.client]}`;
      context.fillText(name.length > 11 ? `${name.slice(0, 10)}…` : name, 8, y + ROW_HEIGHT / 2);
    }
  });
}

/** The whole history as a small graph of how much is open, with the marked operations and the view. */
function drawOverview() {
  const object = view.object;
  const width = overview.clientWidth;
  const height = 40;
  const context = contextOf(overview, width, height);
  const lay = layout();
  const inner = width - GUTTER;
  const bins = new Float64Array(Math.max(1, Math.ceil(inner)) + 1);
  for (let place = 0; place < object.count; place++) {
    bins[Math.floor((lay.begin[place] / lay.limit) * inner)]++;
  }
  const most = Math.max(...bins, 1);
  context.fillStyle = colours.faint;
  bins.forEach((count, bin) => {
    const bar = count > 0 ? Math.max(2, (count / most) * (height - 14)) : 0;
    context.fillRect(GUTTER + bin, height - 3 - bar, 1, bar);
  });
  context.fillStyle = colours.contradicts;
  for (const place of object.kept.length > 0 ? object.kept : object.blocked) {
    const x = GUTTER + (lay.begin[place] / lay.limit) * inner;
    context.beginPath();
    context.moveTo(x - 4, 1);
    context.lineTo(x + 4, 1);
    context.lineTo(x, 9);
    context.fill();
    context.fillRect(x - 0.5, 9, 1, height);
  }
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  const from = Math.max(GUTTER - 2, GUTTER + (view.left / lay.limit) * inner);
  const to = Math.min(width - 2, GUTTER + ((view.left + view.span) / lay.limit) * inner);
  const wide = Math.max(6, to - from);
  context.strokeRect(from, 1.5, wide, height - 3);
  context.globalAlpha = 0.1;
  context.fillStyle = colours.accent;
  context.fillRect(from, 1, wide, height - 2);
  context.globalAlpha = 1;
  context.fillStyle = colours.soft;
  context.font = FONT;
  context.textBaseline = "middle";
  context.fillText("overview", 8, height / 2);
}

let waiting = false;

/** Asks for a frame. */
function redraw() {
  if (waiting || !view.object) {
    return;
  }
  waiting = true;
  requestAnimationFrame(draw);
}

function draw() {
  waiting = false;
  drawLanes();
  drawOverview();
  const from = rulerText(Math.round(Math.max(0, view.left)));
  const origin = isRelative() && view.scale === "time" ? ` from ${momentText(0)} on` : "";
  rangeText.textContent = `${from} – ${rulerText(Math.round(view.left + view.span))}${origin}`;
}
