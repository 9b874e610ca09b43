// Mouse, keys, and the start.

function onWheel(event) {
  event.preventDefault();
  const box = lanes.getBoundingClientRect();
  if (event.shiftKey) {
    pan((event.deltaX || event.deltaY) / 1000);
  } else {
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 200), event.clientX - box.left);
  }
}

let drag = null;

function onDown(event) {
  drag = { x: event.clientX, y: event.clientY, left: view.left, top: view.top, moved: false };
  lanesBox.setPointerCapture(event.pointerId);
  lanesBox.classList.add("dragging");
}

function onMove(event) {
  const box = lanes.getBoundingClientRect();
  if (!drag) {
    const place = operationAt(event.clientX - box.left, event.clientY - box.top);
    showTip(place, event.clientX - box.left, event.clientY - box.top + overview.clientHeight);
    return;
  }
  const across = event.clientX - drag.x;
  const down = event.clientY - drag.y;
  drag.moved ||= Math.abs(across) + Math.abs(down) > 4;
  if (drag.moved) {
    tip.hidden = true;
    view.top = drag.top - down;
    show(drag.left - (across / innerWidth()) * view.span, view.span);
  }
}

function onUp(event) {
  lanesBox.classList.remove("dragging");
  if (drag && !drag.moved) {
    const box = lanes.getBoundingClientRect();
    choose(operationAt(event.clientX - box.left, event.clientY - box.top));
  }
  drag = null;
}

/** Puts the middle of the view where the overview was touched. */
function onOverview(event) {
  if (event.buttons === 1) {
    const box = overview.getBoundingClientRect();
    const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER);
    show(share * layout().limit - view.span / 2, view.span);
  }
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  readColours();
  redraw();
}

const help = document.getElementById("help");

function toggleHelp() {
  if (help.open) {
    help.close();
  } else {
    help.showModal();
  }
}

function otherObject(step) {
  const number = world.objects.indexOf(view.object);
  open((number + step + world.objects.length) % world.objects.length);
}

const KEYS = {
  ArrowLeft: () => pan(-0.15),
  ArrowRight: () => pan(0.15),
  ArrowUp: () => scrollLanes(-ROW_HEIGHT),
  ArrowDown: () => scrollLanes(ROW_HEIGHT),
  PageUp: () => scrollLanes(-innerHeight()),
  PageDown: () => scrollLanes(innerHeight()),
  "+": () => zoom(0.7),
  "=": () => zoom(0.7),
  "-": () => zoom(1 / 0.7),
  "−": () => zoom(1 / 0.7),
  Home: showAll,
  0: showAll,
  f: showMarked,
  n: () => tour(1),
  p: () => tour(-1),
  o: () => setScale(view.scale === "time" ? "order" : "time"),
  t: () => setTheme(isDark() ? "light" : "dark"),
  "]": () => otherObject(1),
  "[": () => otherObject(-1),
  "/": () => document.getElementById("filter").focus(),
  "?": toggleHelp,
  Escape: () => choose(-1),
};

/** Keys that scroll the page unless the lanes have the focus. */
const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home"]);

function onKey(event) {
  const typing = event.target instanceof HTMLInputElement;
  const inLanes = event.target === lanesBox || event.target === document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || typing || (help.open && event.key !== "?")) {
    return;
  }
  if (SCROLLING.has(event.key) && !inLanes) {
    return;
  }
  const action = KEYS[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
}

/** Shows an operation that stands elsewhere on the page, by its index in the source. */
function goTo(index) {
  const place = view.object.index.indexOf(index);
  if (place >= 0) {
    choose(place);
    bring(place);
  }
}

function onChoice(event) {
  const target = event.target.closest("[data-op]");
  if (target && (event.type === "click" || event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    goTo(Number(target.dataset.op));
  }
}

function onClicks(actions) {
  for (const [id, action] of Object.entries(actions)) {
    document.getElementById(id).addEventListener("click", action);
  }
}

function listen() {
  onClicks({
    previous: () => tour(-1),
    next: () => tour(1),
    "zoom-out": KEYS["-"],
    "zoom-in": KEYS["+"],
    all: showAll,
    focus: showMarked,
    scale: KEYS.o,
  });
  lanesBox.addEventListener("wheel", onWheel, { passive: false });
  lanesBox.addEventListener("pointerdown", onDown);
  lanesBox.addEventListener("pointermove", onMove);
  lanesBox.addEventListener("pointerup", onUp);
  lanesBox.addEventListener("pointercancel", () => (drag = null));
  lanesBox.addEventListener("pointerleave", () => (tip.hidden = true));
  overview.addEventListener("pointerdown", onOverview);
  overview.addEventListener("pointermove", onOverview);
  document.addEventListener("keydown", onKey);
  const stories = document.getElementById("stories");
  stories.addEventListener("click", onChoice);
  stories.addEventListener("keydown", onChoice);
  document.getElementById("filter").addEventListener("input", (event) => listObjects(event.target.value));
  window.addEventListener("resize", redraw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColours();
    redraw();
  });
  printing();
}

/** Paper is light, whatever the screen is. */
function printing() {
  let before;
  window.addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    readColours();
    draw();
  });
  window.addEventListener("afterprint", () => {
    if (before) {
      setTheme(before);
    } else {
      delete document.documentElement.dataset.theme;
      readColours();
      redraw();
    }
  });
}

readColours();
onClicks({ theme: KEYS.t, "help-open": toggleHelp });
document.getElementById("history").hidden = world.objects.length === 0;
if (world.objects.length > 0) {
  document.getElementById("objects").hidden = world.objectCount < 2;
  listen();
  listObjects("");
  open(0);
}
