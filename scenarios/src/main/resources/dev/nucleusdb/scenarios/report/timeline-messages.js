// Draws what goes between the lanes: messages with their fate, and the faults that struck them.

/** The messages in view that the filters let through. */
function messagesInView() {
  const rows = [];
  const latest = view.to + longestFlight;
  for (let row = firstFrom(messages.ended, view.from); row < messages.ended.length; row++) {
    if (messages.ended[row] > latest) {
      break;
    }
    if (messages.sent[row] <= view.to && isMessageShown(row)) {
      rows.push(row);
    }
  }
  return rows;
}

function drawMessages(context) {
  if (!filters.messages) {
    return "";
  }
  let rows = messagesInView();
  let words = "";
  if (rows.length > ARROWS_MAX) {
    words = `${rows.length.toLocaleString("en")} messages in view: zoom in to see them`;
    rows = rows.filter((row) => messages.fate[row] !== DELIVERED || causes.has(item(MESSAGE, row)));
    if (rows.length > ARROWS_MAX) {
      rows = rows.filter((row) => causes.has(item(MESSAGE, row)));
      words += rows.length > 0 ? "; causes are shown" : "";
    } else {
      words += "; undelivered ones are shown";
    }
  }
  const letters = rows.length <= LETTERS_MAX;
  context.globalAlpha = rows.length > 800 ? 0.4 : rows.length > 300 ? 0.6 : 0.9;
  rows.forEach((row) => drawMessage(context, row, letters));
  context.globalAlpha = 1;
  return words;
}

function channelColour(channel) {
  return { 82: "raft", 67: "request", 65: "answer" }[channel] ?? "other";
}

function drawMessage(context, row, letters) {
  const from = lanes[messages.from[row]];
  const to = lanes[messages.to[row]];
  const down = to.y > from.y ? 1 : -1;
  const startX = xOf(messages.sent[row]);
  const startY = from.barY + (down > 0 ? from.barHeight : 0);
  let endX = xOf(messages.ended[row]);
  let endY = to.barY + (down > 0 ? 0 : to.barHeight);
  const fate = world.fates[messages.fate[row]];
  const never = messages.sent[row] === messages.ended[row];
  if (never) {
    endX = startX + 8; // it never got under way
    endY = startY + down * 20;
  }
  const delivered = messages.fate[row] === DELIVERED;
  const again = fate === "delivered again";
  const colour = delivered ? channelColour(messages.channel[row]) : again ? "again" : "bad";
  context.strokeStyle = context.fillStyle = theme.of(colour);
  const isCause = causes.has(item(MESSAGE, row));
  context.lineWidth = isCause ? 2.4 : isSmallRaft(row) ? 0.8 : 1.4;
  context.setLineDash(delivered ? [] : again ? [7, 3] : [3, 3]);
  context.beginPath();
  context.moveTo(startX, startY);
  context.lineTo(endX, endY);
  context.stroke();
  context.setLineDash([]);
  drawFate(context, FATE_MARKS[fate], startX, startY, endX, endY);
  if (letters) {
    const letter = { 82: "R", 67: "C", 65: "A" }[messages.channel[row]] ?? "·";
    context.font = "10px " + FONT;
    context.fillText(letter, (startX + endX) / 2 + 3, (startY + endY) / 2);
  }
  drawn.push({ x1: startX, y1: startY, x2: endX, y2: endY, thing: item(MESSAGE, row) });
}

function drawFate(context, mark, x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const dx = (x2 - x1) / length;
  const dy = (y2 - y1) / length;
  const head = (back) => {
    const x = x2 - dx * back;
    const y = y2 - dy * back;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - dx * 6 - dy * 3, y - dy * 6 + dx * 3);
    context.lineTo(x - dx * 6 + dy * 3, y - dy * 6 - dx * 3);
    context.fill();
  };
  context.lineWidth = 1.6;
  context.beginPath();
  switch (mark) {
    case "arrow":
      head(0);
      break;
    case "double":
      head(0);
      head(6);
      break;
    case "cross":
      context.moveTo(x2 - 3.5, y2 - 3.5);
      context.lineTo(x2 + 3.5, y2 + 3.5);
      context.moveTo(x2 + 3.5, y2 - 3.5);
      context.lineTo(x2 - 3.5, y2 + 3.5);
      context.stroke();
      break;
    case "bar":
      context.moveTo(x2 - 4.5, y2);
      context.lineTo(x2 + 4.5, y2);
      context.moveTo(x2 - 4.5, y2 - 3);
      context.lineTo(x2 + 4.5, y2 - 3);
      context.stroke();
      break;
    case "square":
      context.strokeRect(x2 - 3, y2 - 3, 6, 6);
      break;
    default:
      context.arc(x2, y2, 3.5, 0, 2 * Math.PI);
      context.stroke();
  }
}

/**
 * Marks what struck single messages beside their senders, if there is room for it. A loss needs no
 * mark: its arrow shows it.
 */
function drawSingleFaults(context) {
  const first = firstFrom(faults.at, view.from);
  const end = firstFrom(faults.at, view.to);
  const rows = [];
  for (let fault = first; fault < end; fault++) {
    const family = faults.family[fault];
    if (faults.single[fault] && filters.families[family] && world.families[family] !== "loss") {
      rows.push(fault);
    }
  }
  if (!filters.messages || rows.length > SINGLE_FAULTS_MAX) {
    return;
  }
  context.font = "11px " + FONT;
  for (const fault of rows) {
    const lane = lanes[faults.groups[fault][0]?.[0]];
    if (lane && lane.height > 0) {
      const x = xOf(faults.at[fault]);
      const y = lane.barY - 4;
      context.fillStyle = theme.of("again");
      fit(context, markOf(fault), x - 12, y, 20, true);
      box(x - 13, y - 5, 12, 10, item(FAULT, fault));
    }
  }
}

