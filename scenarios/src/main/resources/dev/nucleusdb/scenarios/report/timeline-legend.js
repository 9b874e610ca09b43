// The legend below the picture.

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
    arrow("bad", "misdelivered", [3, 3], "brought to somebody else"),
    arrow("bad", "dead receiver", [3, 3], "receiver down"),
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
