// Moving about: zoom, pan, and the way from one operation to the next.

const LEAST_SPAN = 2;

/** Shows so much from there on, within bounds. */
function show(left, span) {
  const limit = layout().limit;
  const most = limit * 1.04;
  view.span = Math.max(Math.min(LEAST_SPAN, most), Math.min(span, most));
  view.left = Math.max(-limit * 0.02, Math.min(left, limit * 1.02 - view.span));
  redraw();
}

const showAll = () => show(-layout().limit * 0.02, layout().limit * 1.04);

/** Zooms by a factor, keeping the moment under x where it is. */
function zoom(factor, x = GUTTER + innerWidth() / 2) {
  const moment = momentAt(x);
  const share = (moment - view.left) / view.span;
  const most = layout().limit * 1.04;
  const span = Math.max(Math.min(LEAST_SPAN, most), Math.min(view.span * factor, most));
  show(moment - share * span, span);
}

const pan = (share) => show(view.left + share * view.span, view.span);

function scrollLanes(pixels) {
  view.top += pixels;
  redraw();
}

/** Shows the marked operations with room around them; everything if there are none. */
function showMarked() {
  const object = view.object;
  const marked = object.kept.length > 0 ? object.kept : object.blocked;
  if (marked.length === 0) {
    showAll();
    return;
  }
  const lay = layout();
  let from = Infinity;
  let to = -Infinity;
  for (const place of marked) {
    from = Math.min(from, lay.begin[place]);
    to = Math.max(to, returned(object, place) ? lay.end[place] : lay.begin[place]);
  }
  const room = Math.max(LEAST_SPAN, (to - from) * 0.2);
  show(from - room, to - from + 2 * room);
  toRow(marked[0]);
}

/** Scrolls so that the row of an operation can be seen. */
function toRow(place) {
  const object = geometryOf(view.object);
  const top = object.tops[object.rowOf[place]];
  const height = innerHeight();
  if (top < view.top || top + ROW_HEIGHT > view.top + height) {
    view.top = top - height / 2;
  }
}

/** Brings an operation into view, wide enough to be read if it can be. */
function bring(place) {
  const lay = layout();
  const from = lay.begin[place];
  const length = (returned(view.object, place) ? lay.end[place] : from) - from;
  const wide = (length / view.span) * innerWidth();
  if (returned(view.object, place) && wide < 60) {
    const span = Math.max(length, 1) * (innerWidth() / 140);
    show(from + length / 2 - span / 2, Math.min(span, view.span));
  }
  if (from < view.left || from + length > view.left + view.span) {
    show(from + length / 2 - view.span / 2, view.span);
  }
  toRow(place);
  redraw();
}

/** Goes along the marked operations, or along the order that was found. */
function tour(step) {
  const way = (view.object.tour ??= tourOf(view.object));
  if (way.length === 0) {
    return;
  }
  const at = way.indexOf(view.chosen);
  const next = at < 0 ? (step > 0 ? 0 : way.length - 1) : (at + step + way.length) % way.length;
  choose(way[next]);
  bring(way[next]);
}

/** The operation under a point of the lanes, or -1. */
function operationAt(x, y) {
  const object = geometryOf(view.object);
  const height = y - RULER_HEIGHT + view.top;
  const number = object.tops.findIndex((top) => height >= top && height < top + ROW_HEIGHT);
  if (number < 0 || x < GUTTER || y < RULER_HEIGHT) {
    return -1;
  }
  const row = object.rows[number];
  const lay = layout();
  const slack = (view.span / innerWidth()) * 2;
  const found = firstEndingAfter(row, lay, momentAt(x) - slack);
  const place = row.places[found];
  return place !== undefined && lay.begin[place] <= momentAt(x) + slack ? place : -1;
}

function setScale(scale) {
  const lay = layout();
  const object = view.object;
  const anchor = view.chosen >= 0 ? view.chosen : nearest(lay, view.left + view.span / 2);
  const share = view.span / lay.limit;
  view.scale = scale;
  const fresh = layout();
  const span = share * fresh.limit;
  show(fresh.begin[anchor] - span / 2, span);
  const button = document.getElementById("scale");
  button.setAttribute("aria-pressed", String(scale === "order"));
  button.textContent = scale === "time" ? "Time to scale" : "Order of events";
  if (object.count === 0) {
    redraw();
  }
}

/** The operation that is invoked next after a moment; operations are ordered by invocation. */
function nearest(lay, moment) {
  let low = 0;
  let high = lay.begin.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lay.begin[middle] < moment) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low);
}
