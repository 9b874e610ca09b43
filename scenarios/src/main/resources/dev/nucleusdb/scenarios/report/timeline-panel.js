// The filters, the list of events, the details, the search and the legend.

const filters = {
  messages: true,
  smallRaft: true,
  delivered: true,
  clients: true,
  traces: true,
  progress: true,
  /** By the number of the family. */
  families: world.families.map(() => true),
};

const TOGGLES = [
  ["messages", "Messages"],
  ["delivered", "Delivered"],
  ["smallRaft", "Heartbeats & small Raft"],
  ["traces", "Trace events"],
  ["progress", "Applied"],
  ["clients", "Clients"],
];

const search = { text: "", places: [], at: -1 };

function isMessageShown(row) {
  return (
    (filters.delivered || messages.fate[row] !== DELIVERED) &&
    (filters.smallRaft || !isSmallRaft(row)) &&
    (filters.clients ||
      (messages.from[row] < world.nodeCount && messages.to[row] < world.nodeCount))
  );
}

/** Whether the filters let an item into the list. */
function isShown(thing) {
  const row = rowOf(thing);
  switch (kindOf(thing)) {
    case TRACE:
      return filters.traces;
    case MESSAGE:
      return filters.messages && isMessageShown(row);
    case FAULT:
    case FAULT_END:
      return filters.families[faults.family[row]];
    case OPERATION:
    case OPERATION_END:
      return filters.clients;
    default:
      return true;
  }
}

/** The shown faults that are not of a single message, in order. */
function shownFaults() {
  const shown = [];
  for (let fault = 0; fault < faults.at.length; fault++) {
    if (!faults.single[fault] && filters.families[faults.family[fault]]) {
      shown.push(fault);
    }
  }
  return shown;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function toggleButton(label, isOn, onToggle) {
  const button = element("button", { type: "button", "aria-pressed": isOn() }, label);
  button.addEventListener("click", () => {
    onToggle();
    refreshFilters();
  });
  button.refresh = () => button.setAttribute("aria-pressed", isOn());
  return button;
}

const toggleButtons = [];

function buildFilters() {
  const toggles = document.getElementById("toggles");
  for (const [key, label] of TOGGLES) {
    const flip = () => (filters[key] = !filters[key]);
    toggleButtons.push(toggleButton(label, () => filters[key], flip));
    toggles.append(toggleButtons.at(-1));
  }
  const counts = world.families.map(() => 0);
  faults.family.forEach((family) => counts[family]++);
  const families = document.getElementById("families");
  world.families.forEach((label, family) => {
    if (counts[family] > 0) {
      const words = `${FAMILY_STYLES[label].mark} ${label} ${counts[family].toLocaleString("en")}`;
      const flip = () => (filters.families[family] = !filters.families[family]);
      toggleButtons.push(toggleButton(words, () => filters.families[family], flip));
      families.append(toggleButtons.at(-1));
    }
  });
  if (!families.hasChildNodes()) {
    families.append("No fault struck.");
  }
}

function refreshFilters() {
  toggleButtons.forEach((button) => button.refresh());
  findFaultRows((fault) => filters.families[faults.family[fault]]);
  runSearch();
  fillList();
  redraw();
}

// The list

const LIST_LENGTH = 200;
const list = document.getElementById("list");
/** The places (in the order of all things) of the entries of the list. */
let listed = [];

/** Fills the list with the shown items around the chosen one, or else around the cursor. */
function fillList() {
  const chosenPlace = placeOf(view.chosen);
  const middle = chosenPlace >= 0 ? chosenPlace : firstFrom(everything.times, view.cursor);
  const before = [];
  for (let place = middle - 1; place >= 0 && before.length < LIST_LENGTH / 2; place--) {
    if (isShown(everything.things[place])) {
      before.push(place);
    }
  }
  const after = [];
  const total = everything.things.length;
  for (let place = middle; place < total && after.length < LIST_LENGTH / 2; place++) {
    if (place === chosenPlace || isShown(everything.things[place])) {
      after.push(place);
    }
  }
  listed = [...before.reverse(), ...after];
  const entries = listed.map((place) => listEntry(place, place === chosenPlace));
  list.replaceChildren(...entries);
  document.getElementById("list-title").textContent =
    `Events around ${(view.cursor / 1e9).toFixed(6)} s`;
  const at = entries[before.length] ?? entries.at(-1);
  if (at) {
    list.scrollTop = at.offsetTop - list.offsetTop - list.clientHeight / 2 + 10;
  }
}

function listEntry(place, chosen) {
  const thing = everything.things[place];
  const entry = element(
    "li",
    {},
    element("span", {}, (everything.times[place] / 1e9).toFixed(6)),
    element("span", {}, whoOf(thing)),
    element("span", {}, wordsOf(thing)),
  );
  const kind = kindOf(thing);
  const isLoud =
    kind === VIOLATION ||
    (kind === FAULT && !faults.single[rowOf(thing)]) ||
    (kind === NODE && nodeTurns.what[rowOf(thing)] === 1);
  entry.classList.toggle("loud", isLoud);
  entry.classList.toggle("chosen", chosen);
  entry.classList.toggle("past", everything.times[place] < view.cursor);
  entry.title = wordsOf(thing);
  entry.addEventListener("click", () => choose(thing, true));
  return entry;
}

/** The place of an item in the order of all things, or -1. */
function placeOf(thing) {
  if (thing < 0) {
    return -1;
  }
  const time = timeOf(thing);
  let place = firstFrom(everything.times, time);
  while (place < everything.times.length && everything.times[place] === time) {
    if (everything.things[place] === thing) {
      return place;
    }
    place++;
  }
  return -1;
}

// Details

const details = document.getElementById("details");

function fillDetails() {
  if (view.chosen < 0) {
    details.replaceChildren(
      element("h2", {}, "Nothing chosen"),
      element("p", {}, "Click on a bar, a band, an arrow or a line of the list. ? shows the keys."),
    );
    return;
  }
  const [[name, first], ...others] = detailsOf(view.chosen);
  const pairs = element("dl");
  for (const [key, value] of others) {
    pairs.append(element("dt", {}, key), element("dd", {}, value));
  }
  details.replaceChildren(element("h2", {}, `${name}: ${first}`), pairs);
}

// Search

const found = document.getElementById("found");

/** Finds the places of all shown items in whose words the text stands. */
function runSearch() {
  const text = search.text.trim().toLowerCase();
  search.places = [];
  search.at = -1;
  if (text !== "") {
    everything.things.forEach((thing, place) => {
      if (isShown(thing) && (whoOf(thing) + " " + wordsOf(thing)).toLowerCase().includes(text)) {
        search.places.push(place);
      }
    });
  }
  showFound();
}

function showFound() {
  const count = search.places.length.toLocaleString("en");
  if (search.text.trim() === "") {
    found.textContent = "";
  } else {
    found.textContent = search.at < 0 ? `${count} found` : `${search.at + 1} of ${count}`;
  }
}

/** Jumps to the next match after the cursor, or to the one before it. */
function jumpToMatch(forward) {
  const { places } = search;
  if (places.length === 0) {
    return;
  }
  if (search.at >= 0) {
    search.at = (search.at + (forward ? 1 : -1) + places.length) % places.length;
  } else {
    const next = places.findIndex((place) => everything.times[place] >= view.cursor);
    search.at = next < 0 ? 0 : next;
  }
  showFound();
  choose(everything.things[places[search.at]], true);
}

// Legend

function buildLegend() {
  const legend = document.getElementById("legend");
  const sample = (width, draw) => {
    const canvas = element("canvas", { width: width * 2, height: 32 });
    canvas.style.width = width + "px";
    canvas.style.height = "16px";
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.textBaseline = "middle";
    draw(context);
    return canvas;
  };
  const swatch = (colour, pattern, text) => {
    const draw = (context) => {
      context.fillStyle = theme.fill(context, colour, pattern);
      context.fillRect(0, 2, 24, 12);
    };
    return element("span", {}, sample(24, draw), text);
  };
  const arrow = (colour, fate, dash, text) => {
    const draw = (context) => {
      context.strokeStyle = context.fillStyle = theme.of(colour);
      context.setLineDash(dash);
      context.lineWidth = 1.4;
      context.beginPath();
      context.moveTo(1, 8);
      context.lineTo(25, 8);
      context.stroke();
      context.setLineDash([]);
      drawFate(context, FATE_MARKS[fate], 1, 8, 25, 8);
    };
    return element("span", {}, sample(32, draw), text);
  };
  legend.replaceChildren(
    element("strong", {}, "Roles"),
    ...ROLE_NAMES.map((role) => swatch(role.colour, role.pattern, `${role.short} ${role.name}`)),
    swatch("down", "cross", "down"),
    element("strong", {}, "Operations"),
    ...END_STYLES.map((end, i) => swatch(end.colour, end.pattern, end.mark + ENDS[i])),
    element("strong", {}, "Messages"),
    arrow("raft", "delivered", [], "R Raft (thin: no entries)"),
    arrow("request", "delivered", [], "C client request"),
    arrow("answer", "delivered", [], "A answer"),
    arrow("again", "delivered again", [7, 3], "delivered again"),
    arrow("bad", "lost", [3, 3], "lost, or damaged"),
    arrow("bad", "cut", [3, 3], "cut by a partition"),
    arrow("bad", "refused", [3, 3], "refused, link full"),
    arrow("bad", "dead receiver", [3, 3], "receiver down"),
    arrow("bad", "misdelivered", [3, 3], "brought to somebody else"),
    element("strong", {}, "Faults"),
    swatch("network", "rising", "≠ partition, sides A and B"),
    swatch("network", "falling", "⇥ one-way cut"),
    swatch("network", "dots", "∷ clog"),
    swatch("crash", "plain", "✖ crash"),
    swatch("crash", "cross", "✖ crash at a point"),
    swatch("crash", "falling", "✖ failed sync"),
    swatch("pause", "flat", "‖ pause"),
    swatch("clock", "upright", "◷ clock"),
    swatch("disk", "flat", "▤ slow disk"),
    swatch("disk", "cross", "▣ no space"),
    element("strong", {}, "Log"),
    element("span", {}, "thick line: applied; thin line: appended; the number is the last applied index"),
  );
}
