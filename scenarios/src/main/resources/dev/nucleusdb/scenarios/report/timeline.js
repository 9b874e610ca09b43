// Moves the view: mouse, keys, buttons, and the address of the page (#t=12.3,14.1 in seconds).

/** Nothing shorter than this fills the picture. */
const SPAN_MIN = 2000;
const MARGIN = 0.01;

const tip = document.getElementById("tip");
let frame = 0;
let addressTimer = 0;
/** What the next frame has to draw beside the cursor. */
const stale = { lanes: false, step: false };

/** Draws soon, once. */
function redraw() {
  stale.lanes = true;
  drawSoon();
}

/** Draws only what belongs to the step at the cursor, soon, once. */
function refreshStep() {
  stale.step = true;
  drawSoon();
}

function drawSoon() {
  if (frame === 0) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (stale.lanes) {
        drawLanes();
        drawRuler();
      }
      drawCursor();
      if (stale.step) {
        fillDetails();
        fillStep();
        fillList();
      }
      stale.lanes = stale.step = false;
    });
  }
}

/** Shows a stretch of time, held within the world. */
function show(from, to) {
  const longest = world.endNanos * (1 + 2 * MARGIN);
  const span = Math.min(longest, Math.max(SPAN_MIN, to - from));
  const middle = (from + to) / 2;
  const low = -world.endNanos * MARGIN;
  const start = Math.max(low, Math.min(middle - span / 2, low + longest - span));
  if (start === view.from && start + span === view.to && drawn.length > 0) {
    return; // at the edge of the world there is nothing to move
  }
  view.from = start;
  view.to = start + span;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(writeAddress, 250);
  redraw();
}

function showAll() {
  show(-world.endNanos * MARGIN, world.endNanos * (1 + MARGIN));
}

function zoom(factor, around = (view.from + view.to) / 2) {
  const span = Math.max(SPAN_MIN, (view.to - view.from) * factor);
  const share = (around - view.from) / (view.to - view.from);
  show(around - share * span, around + (1 - share) * span);
}

function pan(share) {
  const by = (view.to - view.from) * share;
  show(view.from + by, view.to + by);
}

/** Chooses an item, or nothing (-1), puts the cursor there, and brings it into view if asked. */
function choose(thing, isToBeSeen) {
  view.chosen = thing;
  if (thing >= 0) {
    view.cursor = timeOf(thing);
    view.place = placeOf(thing);
    const lane = laneOf(thing);
    view.lane = lane >= 0 ? lane : view.lane;
    if (isToBeSeen) {
      bringIntoView();
    }
  }
  refreshStep();
}

/** Moves the view if the cursor is not in it. */
function bringIntoView() {
  const span = view.to - view.from;
  if (view.cursor < view.from + span * 0.03 || view.cursor > view.to - span * 0.03) {
    show(view.cursor - span / 2, view.cursor + span / 2);
  }
}

function jumpToFault(forward) {
  const shown = shownFaults();
  const chosenFault = [FAULT, FAULT_END].includes(kindOf(view.chosen)) ? rowOf(view.chosen) : -1;
  const isNext = (fault) =>
    forward
      ? faults.at[fault] > view.cursor || (faults.at[fault] === view.cursor && fault > chosenFault)
      : faults.at[fault] < view.cursor || (faults.at[fault] === view.cursor && fault < chosenFault);
  const next = forward ? shown.find(isNext) : shown.findLast(isNext);
  if (next !== undefined) {
    choose(item(FAULT, next), true);
  }
}

function jumpToViolation() {
  if (!world.violation) {
    return;
  }
  const stuck = document.querySelector(".operation.stuck");
  if (stuck && view.chosen === item(VIOLATION, 0)) {
    stuck.dispatchEvent(new Event("click")); // from the verdict on to what it is about
    return;
  }
  if (view.to - view.from > 4e9) {
    show(world.violation.at - 1.5e9, world.violation.at + 0.5e9);
  }
  choose(item(VIOLATION, 0), true);
}

// The address

function readAddress() {
  const match = /^#t=([\d.]+),([\d.]+)$/.exec(location.hash);
  if (match && Number(match[2]) > Number(match[1])) {
    show(Number(match[1]) * 1e9, Number(match[2]) * 1e9);
    return true;
  }
  return false;
}

function writeAddress() {
  const text = (nanos) => Math.max(0, nanos / 1e9).toFixed(6).replace(/\.?0+$/, "");
  history.replaceState(null, "", `#t=${text(view.from)},${text(view.to)}`);
}

// The mouse

let drag = null;

function listenToLanes() {
  laneCanvas.addEventListener(
    "wheel",
    (event) => {
      if (event.shiftKey) {
        return; // the browser scrolls
      }
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        pan(event.deltaX / plotWidth());
      } else {
        const pixels = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
        const around = timeAt(Math.max(GUTTER, event.offsetX));
        zoom(1.0018 ** Math.max(-400, Math.min(400, pixels)), around);
      }
    },
    { passive: false },
  );
  laneCanvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      drag = { x: event.clientX, from: view.from, to: view.to, moved: false };
      laneCanvas.setPointerCapture(event.pointerId);
      scroller.focus({ preventScroll: true });
    }
  });
  laneCanvas.addEventListener("pointermove", (event) => {
    if (!drag) {
      showTip(event);
      return;
    }
    const by = ((drag.x - event.clientX) / plotWidth()) * (drag.to - drag.from);
    if (drag.moved || Math.abs(event.clientX - drag.x) > 3) {
      drag.moved = true;
      tip.hidden = true;
      laneCanvas.classList.add("dragging");
      show(drag.from + by, drag.to + by);
    }
  });
  laneCanvas.addEventListener("pointerup", (event) => {
    if (drag && !drag.moved && event.offsetX >= GUTTER) {
      click(event.offsetX, event.offsetY);
    }
    drag = null;
    laneCanvas.classList.remove("dragging");
  });
  laneCanvas.addEventListener("pointerleave", () => (tip.hidden = true));
}

function click(x, y) {
  const thing = thingAt(x, y);
  if (thing < 0) {
    moveCursor(timeAt(x));
    return;
  }
  choose(thing, false);
  if (timeOf(thing) < view.from) {
    // A long thing stays chosen, but the state shown is that of the moment that was clicked at.
    moveCursor(timeAt(x));
    view.chosen = thing;
  }
}

function showTip(event) {
  const thing = event.offsetX >= GUTTER ? thingAt(event.offsetX, event.offsetY) : -1;
  tip.hidden = thing < 0;
  if (thing < 0) {
    return;
  }
  tip.textContent = `${seconds(timeOf(thing))} ${whoOf(thing)}: ${wordsOf(thing)}`;
  const frameBox = tip.parentElement.getBoundingClientRect();
  const x = event.clientX - frameBox.left;
  const y = event.clientY - frameBox.top;
  tip.style.left = Math.max(4, Math.min(x + 14, frameBox.width - tip.offsetWidth - 20)) + "px";
  const below = y + 18 + tip.offsetHeight < frameBox.height;
  tip.style.top = (below ? y + 18 : y - tip.offsetHeight - 10) + "px";
}

function listenToRuler() {
  const move = (event) => {
    const half = (view.to - view.from) / 2;
    const middle = overviewTime(event.offsetX);
    show(middle - half, middle + half);
  };
  let moving = false;
  let scrubbing = false;
  rulerCanvas.addEventListener("pointerdown", (event) => {
    rulerCanvas.setPointerCapture(event.pointerId);
    if (event.offsetY <= OVERVIEW) {
      moving = true;
      move(event);
    } else {
      scrubbing = true;
      moveCursor(timeAt(event.offsetX));
    }
  });
  rulerCanvas.addEventListener("pointermove", (event) => {
    if (moving) {
      move(event);
    } else if (scrubbing) {
      moveCursor(timeAt(event.offsetX));
    }
  });
  rulerCanvas.addEventListener("pointerup", () => (moving = scrubbing = false));
}

// Keys and buttons

const help = document.getElementById("help");
const searchBox = document.getElementById("search");

const KEYS = {
  ArrowLeft: (event) => (event.shiftKey ? stepOfLane(-1) : step(-1)),
  ArrowRight: (event) => (event.shiftKey ? stepOfLane(1) : step(1)),
  ArrowUp: () => step(-1),
  ArrowDown: () => step(1),
  Home: () => goTo(0),
  End: () => goTo(total - 1),
  " ": play,
  "[": () => pan(-0.25),
  "]": () => pan(0.25),
  "{": () => pan(-0.9),
  "}": () => pan(0.9),
  "+": () => zoom(1 / 1.6, zoomCentre()),
  "=": () => zoom(1 / 1.6, zoomCentre()),
  "-": () => zoom(1.6, zoomCentre()),
  0: showAll,
  n: () => jumpToFault(true),
  p: () => jumpToFault(false),
  j: jumpToViolation,
  v: jumpToViolation,
  d: jumpToDeparture,
  ",": () => stepCause(-1),
  ".": () => stepCause(1),
  c: () => {
    if (causes.size > 0) {
      filters.causesOnly = !filters.causesOnly;
      refreshFilters();
    }
  },
  m: () => {
    filters.messages = !filters.messages;
    refreshFilters();
  },
  "/": () => searchBox.focus(),
  "?": () => help.showModal(),
  Escape: () => choose(-1, false),
};

/** The cursor, if it is in view; else the middle. */
function zoomCentre() {
  const inView = view.cursor > view.from && view.cursor < view.to;
  return inView ? view.cursor : (view.from + view.to) / 2;
}

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target === searchBox || event.target.tagName === "SELECT";
    const isPressed = event.key === " " && event.target.matches("button, summary, [role=button]");
    if (isTyping || isPressed || help.open || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const action = KEYS[event.key];
    if (action) {
      event.preventDefault();
      action(event);
    }
  });
  searchBox.addEventListener("input", () => {
    search.text = searchBox.value;
    runSearch();
    redraw();
  });
  searchBox.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      jumpToMatch(!event.shiftKey);
    } else if (event.key === "Escape") {
      scroller.focus();
    }
  });
}

function listenToButtons() {
  const onClick = (id, action) => document.getElementById(id).addEventListener("click", action);
  onClick("zoom-in", KEYS["+"]);
  onClick("zoom-out", KEYS["-"]);
  onClick("fit", showAll);
  onClick("fault-next", KEYS.n);
  onClick("fault-previous", KEYS.p);
  onClick("to-violation", KEYS.v);
  onClick("help-open", KEYS["?"]);
  onClick("copy", copyReplay);
  onClick("step-first", KEYS.Home);
  onClick("lane-back", () => stepOfLane(-1));
  onClick("step-back", () => step(-1));
  onClick("play", play);
  onClick("step-on", () => step(1));
  onClick("lane-on", () => stepOfLane(1));
  onClick("step-last", KEYS.End);
  onClick("to-departure", jumpToDeparture);
  document.getElementById("to-departure").disabled = !departure;
  document.getElementById("to-departure-first")?.addEventListener("click", jumpToDeparture);
  onClick("tab-events", () => showTab("events"));
  onClick("tab-causes", () => showTab("causes"));
  onClick("theme", () => changeTheme(!theme.isDark));
  scrub.max = total - 1;
  scrub.addEventListener("input", () => goTo(Number(scrub.value)));
  for (const bar of document.querySelectorAll("[data-operation]")) {
    const showOperation = () => {
      const row = Number(bar.dataset.operation);
      if (row >= 0) {
        const margin = Math.max(operations.length[row] * 2, 5e6);
        show(operations.begin[row] - margin, operations.begin[row] + operations.length[row] + margin);
        choose(item(OPERATION, row), true);
      }
    };
    bar.addEventListener("click", showOperation);
    bar.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        event.stopPropagation();
        showOperation();
      }
    });
  }
  document.getElementById("to-violation").disabled = !world.violation;
}

async function copyReplay() {
  const line = document.getElementById("replay");
  const button = document.getElementById("copy");
  try {
    await navigator.clipboard.writeText(line.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(line); // no clipboard here: it is selected at least
    button.textContent = "Ctrl+C";
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

function changeTheme(isDark) {
  theme.choose(isDark);
  buildLegend();
  redraw();
}

// Begin

const darkScheme = matchMedia("(prefers-color-scheme: dark)");
theme.choose(darkScheme.matches);
darkScheme.addEventListener("change", () => changeTheme(darkScheme.matches));
buildFilters();
buildState();
buildCauses();
buildLegend();
listenToLanes();
listenToRuler();
listenToKeys();
listenToButtons();
listenToList();
new ResizeObserver(redraw).observe(scroller);
window.addEventListener("hashchange", readAddress);
findFaultRows(() => true);
findShownPlaces();
if (!readAddress()) {
  showAll();
}
if (world.violation) {
  choose(item(VIOLATION, 0), false);
} else {
  moveCursor(0);
}
