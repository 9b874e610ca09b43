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

const LIST_LENGTH = 100;
const list = document.getElementById("list");
/** The entries of the list, made once: { entry, time, who, words, place }. */
const listEntries = [];

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

/** Fills the list with the shown steps around the cursor. */
function fillList() {
  if (document.getElementById("pane-events").hidden) {
    return;
  }
  const middle = firstFrom(shownPlaces, view.place);
  const from = Math.max(0, middle - LIST_LENGTH / 2);
  const to = Math.min(shownPlaces.length, from + LIST_LENGTH);
  let current = null;
  for (let index = 0; index < to - from; index++) {
    const made = listEntry(index);
    const place = shownPlaces[from + index];
    if (made.place !== place) {
      fillEntry(made, place);
    }
    made.entry.hidden = false;
    const isChosen = place === view.place && view.chosen >= 0;
    made.entry.classList.toggle("chosen", isChosen);
    made.entry.classList.toggle("past", place < view.place);
    if (from + index === middle) {
      current = made.entry;
    }
  }
  for (let index = to - from; index < listEntries.length; index++) {
    listEntries[index].entry.hidden = true;
  }
  const at = current ?? listEntries[to - from - 1]?.entry;
  if (at) {
    list.scrollTop = at.offsetTop - list.offsetTop - list.clientHeight / 2 + 10;
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
