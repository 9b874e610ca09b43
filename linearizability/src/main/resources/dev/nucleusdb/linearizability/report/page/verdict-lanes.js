// Where operations stand: a lane for each client, rows so that operations of one row do not overlap,
// and two ways to measure: by time, or by the order of events alone.

const MAX_ROWS = 4;

/** Rows of an object's operations. A crashed operation keeps its row until the rows run out. */
function rowsOf(object) {
  const lanes = new Map();
  for (let place = 0; place < object.count; place++) {
    const client = object.client[place];
    if (!lanes.has(client)) {
      lanes.set(client, []);
    }
    const rows = lanes.get(client);
    const begin = object.invoke[place];
    let row = rows.find((candidate) => candidate.until < begin);
    if (!row && rows.length < MAX_ROWS) {
      row = { client, places: [], until: 0, first: rows.length === 0 };
      rows.push(row);
    }
    row ??= rows.reduce((least, other) => (other.since < least.since ? other : least));
    row.places.push(place);
    row.since = begin;
    row.until = returned(object, place) ? begin + object.span[place] : Infinity;
  }
  return [...lanes.keys()].sort((one, other) => one - other).flatMap((client) => lanes.get(client));
}

/** Begin and end of every operation, by time: { begin, end, limit }. */
function byTime(object) {
  const begin = Float64Array.from(object.invoke);
  let last = 1;
  for (let place = 0; place < object.count; place++) {
    last = Math.max(last, begin[place] + Math.max(0, object.span[place]));
  }
  const limit = last * 1.02 + 1;
  const end = begin.map((from, place) => (returned(object, place) ? from + object.span[place] : limit));
  return { begin, end, limit };
}

/** The same by rank among the events: invocations before returns of the same time. */
function byOrder(object) {
  const times = byTime(object);
  const count = object.count;
  const moments = new Float64Array(2 * count);
  moments.set(times.begin);
  moments.set(times.end, count);
  const sorted = Uint32Array.from(moments.keys()).sort(
    (one, other) => moments[one] - moments[other] || (one >= count) - (other >= count),
  );
  const ranks = new Float64Array(2 * count);
  let rank = -1;
  let before = NaN;
  let wasReturn = false;
  for (const event of sorted) {
    const isReturn = event >= count;
    if (moments[event] !== before || isReturn !== wasReturn) {
      rank++;
      before = moments[event];
      wasReturn = isReturn;
    }
    ranks[event] = rank;
  }
  const begin = ranks.slice(0, count);
  const limit = rank + 2;
  const end = ranks.slice(count).map((at, place) => (returned(object, place) ? at : limit));
  return { begin, end, limit };
}

/** The layout of an object by "time" or "order", made once. */
function layoutOf(object, scale) {
  object.rows ??= rowsOf(object);
  object.layouts[scale] ??= scale === "time" ? byTime(object) : byOrder(object);
  return object.layouts[scale];
}

/** Row of each operation, and height of all rows in pixels. */
function geometryOf(object) {
  if (!object.tops) {
    let y = 4;
    object.tops = object.rows.map((row, number) => {
      y += row.first && number > 0 ? LANE_GAP : 0;
      const top = y;
      y += ROW_HEIGHT;
      return top;
    });
    object.height = y + 4;
    object.rowOf = new Uint32Array(object.count);
    object.rows.forEach((row, number) => {
      for (const place of row.places) {
        object.rowOf[place] = number;
      }
    });
  }
  return object;
}

/** The first of a row's operations that ends at or after a moment; ends grow along a row. */
function firstEndingAfter(row, layout, moment) {
  let low = 0;
  let high = row.places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const cut = middle + 1 < row.places.length ? layout.begin[row.places[middle + 1]] : Infinity;
    if (Math.min(layout.end[row.places[middle]], cut) < moment) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
