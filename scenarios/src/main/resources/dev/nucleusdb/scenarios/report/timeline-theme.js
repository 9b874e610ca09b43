// Colours, patterns and marks. Colours come from the style sheet, so that light and dark are decided
// in one place. Whatever differs in colour differs in pattern, letter or shape too.

/** Per family: mark in front of its name, colour, pattern. */
const FAMILY_STYLES = {
  partition: { mark: "≠", colour: "network", pattern: "rising" },
  "one-way": { mark: "⇥", colour: "network", pattern: "falling" },
  clog: { mark: "∷", colour: "network", pattern: "dots" },
  loss: { mark: "✗", colour: "network", pattern: "plain" },
  duplicate: { mark: "2×", colour: "network", pattern: "plain" },
  delay: { mark: "…", colour: "network", pattern: "plain" },
  reorder: { mark: "⇄", colour: "network", pattern: "plain" },
  crash: { mark: "✖", colour: "crash", pattern: "plain" },
  "crash-all": { mark: "✖✖", colour: "crash", pattern: "plain" },
  point: { mark: "✖", colour: "crash", pattern: "cross" },
  "sync-failure": { mark: "✖", colour: "crash", pattern: "falling" },
  torn: { mark: "≋", colour: "crash", pattern: "dots" },
  pause: { mark: "‖", colour: "pause", pattern: "flat" },
  skew: { mark: "◷", colour: "clock", pattern: "upright" },
  drift: { mark: "◷", colour: "clock", pattern: "dots" },
  jump: { mark: "◷", colour: "clock", pattern: "upright" },
  "slow-disk": { mark: "▤", colour: "disk", pattern: "flat" },
  "no-space": { mark: "▣", colour: "disk", pattern: "cross" },
};

/** How families look that are not named above, by what triggers them. */
const OTHER_STYLES = {
  scheduled: { mark: "⚡", colour: "network", pattern: "upright" },
  message: { mark: "✉", colour: "network", pattern: "plain" },
  hit: { mark: "✖", colour: "crash", pattern: "cross" },
  never: { mark: "·", colour: "network", pattern: "plain" },
};

/** How the family of a number looks. */
function familyStyle(family) {
  return FAMILY_STYLES[world.families[family]] ?? OTHER_STYLES[world.triggers[family]];
}

const markOf = (fault) => familyStyle(faults.family[fault]).mark;

const ROLE_NAMES = [
  { short: "F", name: "follower", colour: "follower", pattern: "plain" },
  { short: "P", name: "pre-candidate", colour: "pre-candidate", pattern: "dots" },
  { short: "C", name: "candidate", colour: "candidate", pattern: "rising" },
  { short: "L", name: "leader ★", colour: "leader", pattern: "plain" },
];

const END_STYLES = [
  { mark: "", colour: "ok", pattern: "plain" },
  { mark: "✕ ", colour: "failed", pattern: "rising" },
  { mark: "? ", colour: "unknown", pattern: "dots" },
];

const FATE_MARKS = {
  delivered: "arrow",
  "delivered again": "double",
  lost: "cross",
  cut: "bar",
  refused: "square",
  "dead receiver": "circle",
  damaged: "cross",
  misdelivered: "double",
};

const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

const theme = {
  colours: new Map(),
  patterns: new Map(),
  /** A colour of the style sheet, without its "--". */
  get(name) {
    if (!this.colours.has(name)) {
      const style = getComputedStyle(document.documentElement);
      this.colours.set(name, style.getPropertyValue("--" + name).trim());
    }
    return this.colours.get(name);
  },
  /** A data colour. */
  of(name) {
    return this.get("c-" + name);
  },
  /** Follows the system's scheme until somebody chooses another. */
  choose(isDark) {
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    this.reset();
  },
  get isDark() {
    return document.documentElement.dataset.theme === "dark";
  },
  /** Forgets all: the scheme has changed. */
  reset() {
    this.colours.clear();
    this.patterns.clear();
  },
  /** What to fill with: the colour, with the lines of a pattern in it. */
  fill(context, colour, pattern) {
    if (pattern === "plain") {
      return this.of(colour);
    }
    const key = colour + "/" + pattern;
    if (!this.patterns.has(key)) {
      const tile = patternTile(this.of(colour), this.get("ink"), pattern);
      this.patterns.set(key, context.createPattern(tile, "repeat"));
    }
    return this.patterns.get(key);
  },
};

function patternTile(back, ink, pattern) {
  const tile = document.createElement("canvas");
  const size = (tile.width = tile.height = 8);
  const context = tile.getContext("2d");
  context.fillStyle = back;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = 0.22;
  context.strokeStyle = context.fillStyle = ink;
  context.beginPath();
  const rising = () => {
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, size);
      context.lineTo(shift + size, 0);
    }
  };
  const falling = () => {
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, 0);
      context.lineTo(shift + size, size);
    }
  };
  switch (pattern) {
    case "rising":
      rising();
      break;
    case "falling":
      falling();
      break;
    case "cross":
      rising();
      falling();
      break;
    case "flat":
      context.moveTo(0, 2.5);
      context.lineTo(size, 2.5);
      context.moveTo(0, 6.5);
      context.lineTo(size, 6.5);
      break;
    case "upright":
      context.moveTo(2.5, 0);
      context.lineTo(2.5, size);
      context.moveTo(6.5, 0);
      context.lineTo(6.5, size);
      break;
    case "dots":
      context.fillRect(1, 1, 2, 2);
      context.fillRect(5, 5, 2, 2);
      break;
  }
  context.stroke();
  return tile;
}
