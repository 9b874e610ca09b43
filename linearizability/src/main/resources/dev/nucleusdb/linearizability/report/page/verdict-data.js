// What the page was given, with differences summed up. Times are told exactly: as whole numbers from
// the first invocation on, which is added as a big integer where one is written out.

const world = JSON.parse(document.getElementById("data").textContent);
const CRASHED = 2;
const FAILED = 1;

/** Turns differences into numbers, in place. */
function summed(numbers) {
  for (let place = 1; place < numbers.length; place++) {
    numbers[place] += numbers[place - 1];
  }
  return numbers;
}

for (const object of world.objects) {
  object.ready = false;
}

/** An object with its columns ready for use. */
function prepared(object) {
  if (!object.ready) {
    object.ready = true;
    summed(object.index);
    summed(object.line);
    summed(object.invoke);
    object.count = object.index.length;
    object.isBlocked = new Set(object.blocked);
    object.isContext = new Set(object.context);
    object.isKept = new Set(object.kept);
    object.layouts = {};
  }
  return object;
}

/** The operations that n and p go through: those that contradict each other, or the order found. */
function tourOf(object) {
  if (object.kept.length > 0) {
    return [...object.kept].sort((one, other) => one - other);
  }
  const places = object.index.map((_, place) => place);
  const placed = places.filter((place) => object.order[place] > 0);
  return placed.length > 0
    ? placed.sort((one, other) => object.order[one] - object.order[other])
    : places;
}

const labelOf = (object, place) => world.labels[object.label[place]];
const functionOf = (object, place) => world.functionOf[object.label[place]];
const kindOf = (object, place) => world.kinds[functionOf(object, place)];
const returned = (object, place) => object.span[place] >= 0;

/** A moment since the first invocation, as it stands in the source. */
function momentText(relative) {
  return (BigInt(world.base) + BigInt(Math.round(relative))).toLocaleString("en");
}

const countText = (number) => number.toLocaleString("en");

function outcomeText(object, place) {
  return ["ok", "failed: no effect", "unknown: it may take effect at any time, or never"][
    object.outcome[place]
  ];
}

/** What an operation is to the verdict, in words. */
function roleText(object, place) {
  const roles = [];
  const order = object.order[place];
  if (object.isBlocked.has(place)) {
    roles.push(object.mood === "bad" ? "could not be placed" : "the search got as far as its return");
  }
  if (object.isContext.has(place)) {
    roles.push("shows where a value came from");
  } else if (object.isKept.has(place)) {
    roles.push("needed for the contradiction");
  }
  if (order > 0) {
    roles.push(
      object.mood === "good"
        ? `took effect as number ${countText(order)}`
        : `number ${order} of the longest order`,
    );
  }
  return roles.join("; ");
}
