// The filters, the list of events, the details, the search and the legend.

const filters = {
  messages: true,
  smallRaft: true,
  delivered: true,
  clients: true,
  causesOnly: false,
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
if (causes.size > 0) {
  TOGGLES.push(["causesOnly", "Only causes"]);
}

const search = { text: "", places: [], at: -1 };

function isMessageShown(row) {
  if (filters.causesOnly) {
    return causes.has(item(MESSAGE, row));
  }
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
  if (filters.causesOnly) {
    return causes.has(thing);
  }
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
      const words = `${familyStyle(family).mark} ${label} ${counts[family].toLocaleString("en")}`;
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
  findShownPlaces();
  runSearch();
  fillList();
  redraw();
}

// The list

const ENTRY_HEIGHT = 19;
const list = document.getElementById("list");
/** The entries of the list, made once: { entry, time, who, words, place }. */
const listEntries = [];
/** How many of them there is room for. */
let listLength = 0;

function listEntry(index) {
  if (!listEntries[index]) {
    const [time, who, words] = [element("span"), element("span"), element("span")];
    const made = { entry: element("li", {}, time, who, words), time, who, words, place: -1 };
    made.entry.addEventListener("click", () => goTo(made.place));
    listEntries[index] = made;
    list.append(made.entry);
  }
  return listEntries[index];
}

function listenToList() {
  new ResizeObserver(([{ contentRect }]) => {
    listLength = Math.floor(contentRect.height / ENTRY_HEIGHT);
    fillList();
  }).observe(list);
  list.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const at = firstFrom(shownPlaces, view.place) + Math.sign(event.deltaY) * 3;
      goTo(shownPlaces[Math.max(0, Math.min(shownPlaces.length - 1, at))] ?? 0);
    },
    { passive: false },
  );
}

/** Fills the list with the shown steps around the cursor, as many as there is room for. */
function fillList() {
  if (document.getElementById("pane-events").hidden) {
    return;
  }
  const middle = firstFrom(shownPlaces, view.place);
  const latest = Math.max(0, shownPlaces.length - listLength);
  const from = Math.max(0, Math.min(latest, middle - Math.floor(listLength / 2)));
  const to = Math.min(shownPlaces.length, from + listLength);
  for (let index = 0; index < to - from; index++) {
    const made = listEntry(index);
    const place = shownPlaces[from + index];
    if (made.place !== place) {
      fillEntry(made, place);
    }
    made.entry.hidden = false;
    made.entry.classList.toggle("chosen", place === view.place && view.chosen >= 0);
    made.entry.classList.toggle("past", place < view.place);
  }
  for (let index = to - from; index < listEntries.length; index++) {
    listEntries[index].entry.hidden = true;
  }
}

function fillEntry(made, place) {
  const thing = everything.things[place];
  const words = wordsOf(thing);
  made.place = place;
  made.time.textContent = (everything.times[place] / 1e9).toFixed(6);
  made.who.textContent = whoOf(thing);
  made.words.textContent = words;
  made.entry.title = words;
  const kind = kindOf(thing);
  const isLoud =
    kind === VIOLATION ||
    (kind === FAULT && !faults.single[rowOf(thing)]) ||
    (kind === NODE && nodeTurns.what[rowOf(thing)] === 1);
  made.entry.classList.toggle("loud", isLoud);
  made.entry.classList.toggle("cause", causes.has(thing));
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
    details.replaceChildren();
    return;
  }
  const [[name, first], ...others] = detailsOf(view.chosen);
  details.replaceChildren(element("dt", {}, name), element("dd", {}, first));
  for (const [key, value] of others) {
    details.append(element("dt", {}, key), element("dd", {}, value));
  }
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
