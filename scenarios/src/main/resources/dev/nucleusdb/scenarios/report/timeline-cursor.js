// The step at the cursor: what happened, what it changed, the state of every node, the causes, and
// moving from step to step. The state is written into cells that are made once.

const scrub = document.getElementById("scrub");
const stepTitle = document.getElementById("step-title");
const stepWords = document.getElementById("step-words");
const stepChanges = document.getElementById("step-changes");
const total = everything.things.length;

/** How many rows of the table every node has; the others are folded away. */
const MAIN_ROWS = [STATUS, INCARNATION, ...Array(world.mainCount).keys()];
const MORE_ROWS = [...Array(world.variables.length).keys()].slice(world.mainCount);
/** { row, lane, variable, cell, text } */
const stateCells = [];
const faultCells = [];
const leaderCells = [];

function stateRow(name, makeCell) {
  const cells = [];
  for (let lane = 0; lane < world.nodeCount; lane++) {
    const cell = element("td");
    cells.push(cell);
    makeCell(lane, cell);
  }
  return element("tr", {}, element("th", { scope: "row", title: name }, name), ...cells);
}

function buildState() {
  const names = world.lanes.slice(0, world.nodeCount);
  document
    .getElementById("state-head")
    .append(element("th", {}, "state"), ...names.map((name) => element("th", { scope: "col" }, name)));
  const rowOfVariable = (variable) =>
    stateRow(variableName(variable), (lane, cell) =>
      stateCells.push({ lane, variable, cell, text: null }),
    );
  const main = document.getElementById("state-main");
  for (const variable of MAIN_ROWS) {
    main.append(rowOfVariable(variable));
    if (variable === ROLE && TERM >= 0) {
      main.append(stateRow("leader seen", (lane, cell) => leaderCells.push({ lane, cell, text: null })));
    }
  }
  main.append(stateRow("faults", (lane, cell) => faultCells.push({ lane, cell, text: null })));
  const more = document.getElementById("state-more");
  MORE_ROWS.forEach((variable) => more.append(rowOfVariable(variable)));
  const fold = document.getElementById("state-fold");
  fold.hidden = MORE_ROWS.length === 0;
  const isMoreShown = () => fold.getAttribute("aria-pressed") === "true";
  const showMore = (on) => {
    fold.setAttribute("aria-pressed", on);
    more.hidden = !on;
    fillState();
  };
  fold.addEventListener("click", () => showMore(!isMoreShown()));
  more.hidden = world.mainCount > 0; // a system that nobody knows here has no others
  fold.setAttribute("aria-pressed", !more.hidden);
}

function write(entry, text) {
  if (entry.text !== text) {
    entry.text = text;
    entry.cell.textContent = text;
  }
}

/** Writes the state right after the step at the cursor; what the step changed stands out. */
function fillState() {
  const moreHidden = document.getElementById("state-more").hidden;
  const changes = view.place >= 0 ? changesOf(view.place) : [];
  const isChanged = (lane, variable) =>
    changes.some((change) => change.lane === lane && change.variable === variable);
  for (const entry of stateCells) {
    if (moreHidden && MORE_ROWS.includes(entry.variable)) {
      continue;
    }
    const value = valueAt(entry.lane, entry.variable, view.place);
    write(entry, valueWords(entry.variable, value));
    const classes =
      (isChanged(entry.lane, entry.variable) ? "changed " : "") +
      (valueAt(entry.lane, STATUS, view.place) !== UP ? "away " : "") +
      (entry.variable === ROLE ? "role-" + value : "");
    if (entry.cell.className !== classes) {
      entry.cell.className = classes;
    }
  }
  for (const entry of leaderCells) {
    const leader = leaderOf(entry.lane, view.place);
    write(entry, leader < 0 ? "–" : world.lanes[leader]);
  }
  for (const entry of faultCells) {
    const around = faultsAt(entry.lane, view.cursor);
    write(entry, around.map((fault) => markOf(fault) + " " + faultLabel(fault)).join(", ") || "–");
    entry.cell.title = around.map((fault) => faults.text[fault]).join("\n");
  }
  return changes;
}

/** Writes what the step at the cursor is. */
function fillStep() {
  const changes = fillState();
  const thing = view.place >= 0 ? everything.things[view.place] : -1;
  stepTitle.textContent =
    `Step ${(view.place + 1).toLocaleString("en")} of ${total.toLocaleString("en")}` +
    ` · ${(view.cursor / 1e9).toFixed(9)} s`;
  stepWords.textContent = thing < 0 ? "the beginning" : `${whoOf(thing)}: ${wordsOf(thing)}`;
  stepChanges.replaceChildren(
    ...changes.map(({ lane, variable, before, after }) =>
      element(
        "li",
        {},
        `${world.lanes[lane]} ${variableName(variable)} `,
        element("s", {}, valueWords(variable, before)),
        " → ",
        element("b", {}, valueWords(variable, after)),
      ),
    ),
  );
  if (Number(scrub.value) !== view.place) {
    scrub.value = view.place;
  }
  markCause(thing);
}

// Moving

/** The places that the filters show, in order; made anew when they change. */
let shownPlaces = new Uint32Array(0);

function findShownPlaces() {
  const places = [];
  for (let place = 0; place < total; place++) {
    if (isShown(everything.things[place])) {
      places.push(place);
    }
  }
  shownPlaces = Uint32Array.from(places);
}

/** Goes to a step. */
function goTo(place) {
  choose(everything.things[Math.max(0, Math.min(total - 1, place))], true);
}

/** The next shown step, or the one before; of one lane only if one is given. */
function step(by, lane = -1) {
  let at = firstFrom(shownPlaces, view.place);
  if (by > 0 && shownPlaces[at] === view.place) {
    at++;
  } else if (by < 0) {
    at--;
  }
  while (lane >= 0 && at >= 0 && at < shownPlaces.length && !concerns(shownPlaces[at], lane)) {
    at += by;
  }
  if (at >= 0 && at < shownPlaces.length) {
    goTo(shownPlaces[at]);
    return true;
  }
  return false;
}

const concerns = (place, lane) => laneOf(everything.things[place]) === lane;

/** The next step of the node or client that the last choice was about. */
function stepOfLane(by) {
  step(by, view.lane);
}

let playing = 0;

function play() {
  const button = document.getElementById("play");
  if (playing !== 0) {
    cancelAnimationFrame(playing);
    playing = 0;
  } else {
    let last = performance.now();
    let due = 0;
    const tick = (now) => {
      const perSecond = Number(document.getElementById("speed").value);
      due += ((now - last) / 1000) * perSecond;
      last = now;
      let at = firstFrom(shownPlaces, view.place + 1);
      at = Math.min(shownPlaces.length - 1, at + Math.floor(due) - 1);
      if (due >= 1 && shownPlaces[at] > view.place) {
        goTo(shownPlaces[at]);
        due %= 1;
      }
      playing = view.place >= (shownPlaces.at(-1) ?? 0) ? 0 : requestAnimationFrame(tick);
      button.textContent = playing ? "❚❚" : "▶";
    };
    playing = requestAnimationFrame(tick);
  }
  button.textContent = playing ? "❚❚" : "▶";
}

// Causes and departure

const causeList = document.getElementById("causes");
const causeEntries = new Map();

function buildCauses() {
  const tab = document.getElementById("tab-causes");
  tab.disabled = story.length === 0;
  tab.textContent = story.length === 0 ? "No causes" : `Causes (${story.length})`;
  story.toReversed().forEach((line) => {
    const entry = element(
      "li",
      {},
      element("span", {}, (line.at / 1e9).toFixed(6)),
      element("span", {}, line.who),
      element("span", {}, line.words),
    );
    entry.title = line.words;
    entry.addEventListener("click", () => showCause(line));
    causeEntries.set(line.thing, entry);
    causeList.append(entry);
  });
  if (departure) {
    const step = (title, rows) => {
      const [at, words] = rows[0] ?? [departure.at, "does nothing more"];
      const shown = element(
        "p",
        {},
        element("span", {}, `${title}, ${(at / 1e9).toFixed(6)} `),
        element("b", {}, words),
      );
      shown.title = rows.map((row) => `${(row[0] / 1e9).toFixed(6)} ${row[1]}`).join("\n");
      return shown;
    };
    document
      .getElementById("departure")
      .append(
        element("h2", {}, `${world.lanes[departure.lane]} departs at ${seconds(departure.at)}`),
        step("here", departure.next),
        step(`in ${world.explanation.goodRun}`, departure.otherwise),
      );
  }
  if (story.length > 0) {
    showTab("causes");
  }
}

function showCause(line) {
  if (line.thing >= 0) {
    choose(line.thing, true);
  } else {
    moveCursor(line.at);
  }
}

/** The next cause before the cursor, or after it. */
function stepCause(by) {
  const places = [...causes].map(placeOf).sort((a, b) => a - b);
  const next =
    by > 0 ? places.find((p) => p > view.place) : places.findLast((p) => p < view.place);
  if (next !== undefined) {
    goTo(next);
  }
}

function markCause(thing) {
  causeList.querySelector(".chosen")?.classList.remove("chosen");
  const entry = causeEntries.get(thing);
  if (entry) {
    entry.classList.add("chosen");
    if (!causeList.hidden) {
      const top = entry.offsetTop - causeList.firstElementChild.offsetTop;
      const bottom = top + entry.offsetHeight - causeList.clientHeight;
      causeList.scrollTop = Math.max(bottom, Math.min(top, causeList.scrollTop));
    }
  }
}

function jumpToDeparture() {
  if (!departure) {
    return;
  }
  if (view.to - view.from > 1e9) {
    show(departure.at - 0.2e9, departure.at + 0.3e9);
  }
  if (departure.item >= 0) {
    choose(departure.item, true);
  } else {
    moveCursor(departure.at);
  }
}

/** Puts the cursor to a moment, on no event in particular: the state is that at this moment. */
function moveCursor(nanos) {
  view.chosen = -1;
  view.cursor = Math.max(0, Math.min(world.endNanos, nanos));
  view.place = firstFrom(everything.times, view.cursor + 0.5) - 1;
  bringIntoView();
  refreshStep();
}

function showTab(name) {
  for (const tab of ["events", "causes"]) {
    document.getElementById("tab-" + tab).setAttribute("aria-selected", tab === name);
    document.getElementById("pane-" + tab).hidden = tab !== name;
  }
  causeList.hidden = name !== "causes";
  fillList();
}
