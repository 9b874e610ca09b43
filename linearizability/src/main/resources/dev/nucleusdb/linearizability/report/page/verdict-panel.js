// The list of objects, the chosen operation in words, and the tip under the mouse.

const tip = document.getElementById("tip");
const details = document.getElementById("details");
const objectList = document.getElementById("object-list");
const MAX_LISTED = 400;
const MARKS = { good: "✓", bad: "✕", open: "?" };
const OF_OBJECTS = world.listed === "Objects";
const MOODS = OF_OBJECTS
  ? { good: "linearizable", bad: "not linearizable", open: "undecided" }
  : { good: "holds", bad: "violated", open: "unknown" };

/** An element with text and attributes; text never becomes markup. */
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** What is known of an operation, as pairs of name and text. */
function factsOf(object, place) {
  const invoked = object.invoke[place];
  const facts = [
    ["client", world.clients[object.client[place]]],
    ["invoked", momentText(invoked)],
  ];
  if (returned(object, place)) {
    facts.push(["returned", momentText(invoked + object.span[place])], ["took", countText(object.span[place])]);
  }
  facts.push(["outcome", outcomeText(object, place)]);
  if (object.line[place] > 0) {
    facts.push(["line", countText(object.line[place])]);
  }
  const role = roleText(object, place);
  if (role) {
    facts.push(["role", role]);
  }
  return facts;
}

function showTip(place, x, y) {
  if (place < 0) {
    tip.hidden = true;
    return;
  }
  const object = view.object;
  const label = labelOf(object, place);
  const lines = factsOf(object, place).map(([name, text]) => `${name} ${text}`);
  tip.textContent = `${label.length > 300 ? `${label.slice(0, 300)}…` : label}\n${lines.join("\n")}`;
  tip.hidden = false;
  const box = tip.parentElement.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, box.width - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 16, box.height - tip.offsetHeight - 6))}px`;
}

/** Chooses an operation, -1 for none, and says what it is. */
function choose(place) {
  view.chosen = place;
  details.replaceChildren();
  for (const drawn of document.querySelectorAll(".drawing .op")) {
    drawn.classList.toggle("chosen", place >= 0 && Number(drawn.dataset.op) === view.object.index[place]);
  }
  if (place >= 0) {
    const list = element("dl", "");
    for (const [name, text] of factsOf(view.object, place)) {
      const pair = element("div", "");
      pair.append(element("dt", name), element("dd", text));
      list.append(pair);
    }
    details.append(element("h2", labelOf(view.object, place)), list);
  }
  redraw();
}

/** Shows one object: its story, its history. */
function open(number) {
  const object = prepared(world.objects[number]);
  view.object = object;
  view.chosen = -1;
  view.top = 0;
  layoutOf(object, view.scale);
  for (const story of document.querySelectorAll(".story")) {
    story.hidden = Number(story.dataset.object) !== number;
  }
  for (const button of objectList.querySelectorAll("button")) {
    button.setAttribute("aria-current", String(Number(button.dataset.object) === number));
  }
  const of = object.name && OF_OBJECTS ? ` of ${object.name}` : "";
  document.getElementById("history-title").textContent =
    `The whole history${of}: ${countText(object.total)} operation${object.total === 1 ? "" : "s"}`;
  const cut = document.getElementById("cut");
  cut.hidden = object.count === object.total;
  cut.textContent = `Of ${countText(object.total)} operations, ${object.count === 0 ? "none" : countText(object.count)} are on this page.`;
  for (const part of document.querySelectorAll("#picture, #history .group, #range")) {
    part.hidden = object.count === 0;
  }
  choose(-1);
  drawLanes();
  if (object.count > 300) {
    showMarked();
  } else {
    showAll();
  }
}

function listObjects(filter) {
  const found = world.objects
    .map((object, number) => ({ object, number }))
    .filter(({ object }) => object.name.toLowerCase().includes(filter.toLowerCase()));
  objectList.replaceChildren(
    ...found.slice(0, MAX_LISTED).map(({ object, number }) => {
      const button = element("button", "", { type: "button", "data-object": number, title: object.words });
      button.setAttribute("aria-label", `${object.name}: ${MOODS[object.mood]}, ${object.total} operations`);
      button.setAttribute("aria-current", String(object === view.object));
      button.append(
        element("span", MARKS[object.mood], { class: `mark ${object.mood}` }),
        element("span", object.name, { class: "name" }),
        element("span", countText(object.total), { class: "count" }),
      );
      button.addEventListener("click", () => open(number));
      const item = element("li", "");
      item.append(button);
      return item;
    }),
  );
  const more = found.length - Math.min(found.length, MAX_LISTED);
  const absent = world.objectCount - world.objects.length;
  document.getElementById("object-note").textContent = [
    more > 0 ? `${countText(more)} more; filter to see them.` : "",
    absent > 0 ? `${countText(absent)} are not on this page.` : "",
  ].join(" ");
}
