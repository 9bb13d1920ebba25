"use strict";
// Charts as plain SVG. Each draws anew from its data, and tells how many points it shows.

const SPACE = { left: 46, right: 8, top: 8, bottom: 22 };
const HEIGHT = 190;

function shape(name, attributes, parent) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (parent) parent.append(made);
  return made;
}

function mmss(seconds) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  return two(seconds / 60) + ":" + two(seconds % 60);
}

function short(value) {
  if (value >= 10000) return Math.round(value / 1000) + " k";
  if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

// The next of 1, 2, 5, 10, ... that is not below.
function roundUp(value) {
  if (value <= 0) return 1;
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  return [1, 2, 5, 10].map((step) => step * power).find((limit) => limit >= value);
}

// From a hundredth up by tens, for what spans from microseconds to seconds.
const LEAST = 0.01;
function decades(value) {
  return Math.log10(Math.max(value, LEAST) / LEAST);
}

function scales(width, xs, top, log) {
  const first = xs.length ? xs[0] : 0;
  const last = Math.max(first + 10, xs.length ? xs[xs.length - 1] : 0);
  const across = width - SPACE.left - SPACE.right;
  const up = HEIGHT - SPACE.top - SPACE.bottom;
  return {
    first, last,
    x: (second) => SPACE.left + ((second - first) / (last - first)) * across,
    y: (value) => SPACE.top + (1 - (log ? decades(Math.min(value, top)) / decades(top) : Math.min(value, top) / top)) * up,
  };
}

function levels(top, log) {
  if (!log) return [0, top / 2, top];
  return Array.from({ length: Math.round(decades(top)) + 1 }, (_, i) => LEAST * Math.pow(10, i));
}

function frame(box, xs, top, bands, log) {
  const width = Math.max(220, box.clientWidth);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: "img" });
  const scale = scales(width, xs, top, log);
  for (const band of bands) {
    const from = Math.max(band.from, scale.first), to = Math.min(band.to, scale.last);
    shape("rect", { class: "band", x: scale.x(from), y: SPACE.top, width: Math.max(1, scale.x(to) - scale.x(from)),
      height: HEIGHT - SPACE.top - SPACE.bottom }, svg);
  }
  for (const level of levels(top, log)) {
    const y = scale.y(level);
    shape("line", { class: "grid", x1: SPACE.left, x2: width - SPACE.right, y1: y, y2: y }, svg);
    shape("text", { x: SPACE.left - 6, y: y + 4, "text-anchor": "end" }, svg).textContent = short(level);
  }
  const ticks = width < 420 ? 3 : 5;
  for (let i = 0; i <= ticks; i++) {
    const second = scale.first + ((scale.last - scale.first) * i) / ticks;
    const anchor = i === 0 ? "start" : i === ticks ? "end" : "middle";
    shape("text", { x: scale.x(second), y: HEIGHT - 6, "text-anchor": anchor }, svg).textContent = mmss(second);
  }
  return { svg, scale, width };
}

function legend(box, series, unit, at) {
  const list = document.createElement("ul");
  list.className = "key";
  for (const one of series) {
    const item = document.createElement("li");
    const mark = shape("svg", { viewBox: "0 0 18 10" }, item);
    if (one.area) shape("rect", { width: 18, height: 10, rx: 2, fill: one.color }, mark);
    else shape("line", { x1: 0, x2: 18, y1: 5, y2: 5, stroke: one.color, "stroke-width": 3,
      "stroke-dasharray": one.dashed ? "4 3" : "none" }, mark);
    const value = one.values.length ? one.values[Math.min(at, one.values.length - 1)] : 0;
    const number = document.createElement("b");
    number.textContent = short(value) + (unit ? " " + unit : "");
    item.append(one.name, number);
    list.append(item);
  }
  return list;
}

// One line over another, or areas on top of each other.
function chart(box, { xs, series, bands = [], unit = "", stacked = false, log = false }) {
  const sums = xs.map((x, i) => series.reduce((sum, one) => sum + one.values[i], 0));
  const highest = stacked ? Math.max(0, ...sums) : Math.max(0, ...series.flatMap((one) => one.values));
  const top = log ? Math.pow(10, Math.ceil(Math.log10(Math.max(highest, 1)))) : roundUp(highest);
  const { svg, scale, width } = frame(box, xs, top, bands, log);
  const below = xs.map(() => 0);
  for (const one of series) {
    const points = xs.map((x, i) => `${scale.x(x).toFixed(1)},${scale.y(below[i] + one.values[i]).toFixed(1)}`);
    // Where nothing was timed there is no latency to show: the line has a gap.
    const missing = (i) => log && one.values[i] === 0;
    if (stacked) {
      const back = xs.map((x, i) => `${scale.x(x).toFixed(1)},${scale.y(below[i]).toFixed(1)}`).reverse();
      shape("polygon", { points: points.concat(back).join(" "), fill: one.color, "data-name": one.name }, svg);
      one.values.forEach((value, i) => { below[i] += value; });
    } else {
      const line = points.map((point, i) => missing(i) ? "" : (i === 0 || missing(i - 1) ? "M" : "L") + point).join("");
      shape("path", { d: line, fill: "none", stroke: one.color, "stroke-width": one.dashed ? 1.5 : 2,
        "stroke-linecap": "round", "stroke-linejoin": "round", "stroke-dasharray": one.dashed ? "4 3" : "none",
        "data-name": one.name }, svg);
    }
  }
  svg.setAttribute("data-points", xs.length);
  svg.setAttribute("aria-label", series.map((one) => one.name).join(", "));
  const shown = series.map((one) => ({ ...one, area: stacked }));
  let key = legend(box, shown, unit, xs.length - 1);
  svg.addEventListener("pointermove", (event) => {
    const part = ((event.clientX - svg.getBoundingClientRect().left) / svg.clientWidth) * width;
    let at = 0;
    xs.forEach((x, i) => { if (Math.abs(scale.x(x) - part) < Math.abs(scale.x(xs[at]) - part)) at = i; });
    svg.querySelectorAll(".cursor").forEach((old) => old.remove());
    if (!xs.length) return;
    shape("line", { class: "cursor", x1: scale.x(xs[at]), x2: scale.x(xs[at]), y1: SPACE.top, y2: HEIGHT - SPACE.bottom }, svg);
    const next = legend(box, shown, unit, at);
    next.append(Object.assign(document.createElement("li"), { textContent: "at " + mmss(xs[at]), className: "soft" }));
    key.replaceWith(next);
    key = next;
  });
  box.replaceChildren(svg, key);
}

// What state something was in, as a strip of colours.
function strip(xs, words, colors) {
  const svg = shape("svg", { viewBox: `0 0 ${Math.max(10, xs.length)} 10`, height: 16, preserveAspectRatio: "none", role: "img" });
  for (let from = 0; from < words.length; ) {
    let to = from;
    while (to < words.length && words[to] === words[from]) to++;
    shape("rect", { x: from, y: 0, width: to - from, height: 10, fill: colors[words[from]] || colors.closed,
      "data-state": words[from] }, svg);
    from = to;
  }
  svg.setAttribute("data-points", xs.length);
  return svg;
}
