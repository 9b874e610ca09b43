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
  if (departure) {
    mark(departure.at, theme.of("departure"), 0, OVERVIEW, 2);
  }
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
  const flag = (nanos, colour, text, height = 8) => {
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
    context.fillText(text, leftwards ? x - 4 : x + 4, OVERVIEW + height);
  };
  if (world.healNanos >= 0) {
    flag(world.healNanos, "heal", "faults end");
  }
  if (departure) {
    flag(departure.at, "departure", "departs", 22);
  }
  if (world.violation) {
    flag(world.violation.at, "bad", "✖ " + world.violation.invariant);
  }
  context.textAlign = "left";
}
