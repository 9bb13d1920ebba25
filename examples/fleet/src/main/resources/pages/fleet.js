"use strict";
// Asks once a second for what is new, and draws it.

const COLORS = {
  "closed": "var(--closed)", "held back": "var(--held)", "paused": "var(--paused)", "open": "var(--open)",
  "half open": "var(--half)", "recovering": "var(--recovering)",
};
const CLASSES = ["BLOCKED", "URGENT", "AHEAD", "IDLE"];
const samples = [];
let now = {};

const by = (id) => document.getElementById(id);

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function sites() {
  return samples.length ? Object.keys(samples[samples.length - 1].sites) : [];
}

function color(site) {
  return `var(--${site.toLowerCase()})`;
}

// When a provider really was down.
function outages() {
  const bands = [];
  for (const sample of samples) {
    if (!Object.values(sample.sites).some((site) => site.down)) continue;
    const last = bands[bands.length - 1];
    if (last && sample.second - last.to <= 2) last.to = sample.second;
    else bands.push({ from: sample.second, to: sample.second });
  }
  return bands;
}

function perSite(name, value, dashed) {
  return sites().map((site) => ({
    name: name ? `${site} ${name}` : site, color: color(site), dashed, values: samples.map((sample) => value(sample.sites[site])),
  }));
}

function draw() {
  const xs = samples.map((sample) => sample.second);
  const bands = outages();
  chart(by("calls"), { xs, bands, series: perSite("", (site) => site.calls, false) });
  chart(by("queue"), { xs, bands, stacked: true, series: CLASSES.map((name) => ({
    name: name.toLowerCase(), color: `var(--${name.toLowerCase()})`, values: samples.map((sample) => sample.queue[name] || 0),
  })) });
  chart(by("latency"), { xs, bands, unit: "ms", log: true, series: perSite("p99", (site) => site.p99Millis, false)
    .concat(perSite("p50", (site) => site.p50Millis, true)) });
  chart(by("reads"), { xs, bands, series: [
    { name: "all", color: "var(--a)", values: samples.map((sample) => sample.readsPerSecond) },
    { name: "refused", color: "var(--blocked)", values: samples.map((sample) => sample.refusedPerSecond) },
  ] });
  chart(by("read-latency"), { xs, bands, unit: "ms", log: true, series: [
    { name: "p99", color: "var(--a)", values: samples.map((sample) => sample.readP99Millis) },
  ] });
  chart(by("dead"), { xs, bands, series: [
    { name: "waiting", color: "var(--blocked)", values: samples.map((sample) => sample.deadLetters) },
  ] });
  drawStates(xs);
  drawNow();
}

function drawStates(xs) {
  by("states").replaceChildren(...sites().map((site) => {
    const words = samples.map((sample) => sample.sites[site].state);
    const last = samples[samples.length - 1].sites[site];
    const row = element("div", "state", "");
    row.dataset.site = site;
    row.append(element("span", "name", site), element("span", "word", last.state), strip(xs, words, COLORS));
    row.append(element("div", "numbers", `${last.granted} tokens given, ${last.throttled} answers 429, ${last.unavailable} answers 503, `
      + `${last.refused} grants refused, ${last.queued} waiting` + (last.down ? "; the provider is down" : "")));
    return row;
  }));
  by("states-key").replaceChildren(...Object.entries(COLORS).map(([word, fill]) => {
    const item = document.createElement("li");
    shape("rect", { width: 18, height: 10, rx: 2, fill }, shape("svg", { viewBox: "0 0 18 10" }, item));
    item.append(word);
    return item;
  }));
}

function drawNow() {
  const last = samples[samples.length - 1];
  by("phase").textContent = last.phase;
  by("phase").classList.toggle("alarm", last.phase.startsWith("outage"));
  by("clock").textContent = `${mmss(last.second)} of ${mmss(now.lengthSeconds)}`;
  by("work").hidden = !now.progress;
  if (now.progress) {
    const work = now.progress;
    const title = last.phase === "over" ? "mass refresh" : last.phase;
    by("work-title").textContent = title.charAt(0).toUpperCase() + title.slice(1);
    by("work-bar").value = work.total ? work.done / work.total : 1;
    by("work-text").textContent = `${work.done} of ${work.total}, ${Math.round(work.rate)} a second, `
      + `${work.remainingSeconds} s left` + (work.failed ? `, ${work.failed} failed` : "");
  }
  by("letters-count").textContent = last.deadLetters;
  by("letters").replaceChildren(...now.deadLetters.map((letter) => {
    const row = document.createElement("tr");
    const since = new Date(letter.since).toLocaleTimeString([], { hour12: false });
    for (const text of [letter.key, letter.kind, letter.count, since]) row.append(element("td", "", text));
    return row;
  }));
  by("promises").replaceChildren(...now.promises.map((promise) => {
    const item = document.createElement("li");
    const words = { KEPT: "kept", BROKEN: "broken", UNTESTED: "not yet" };
    item.append(element("span", "verdict " + promise.verdict.toLowerCase(), words[promise.verdict]),
      element("span", "what", promise.what), element("span", "promised", "promised: " + promise.promised),
      element("span", "happened", promise.happened || "nothing yet"));
    return item;
  }));
}

async function ask() {
  try {
    const answer = await fetch("api/fleet?from=" + samples.length);
    if (!answer.ok) throw new Error("status " + answer.status);
    const { samples: fresh, ...state } = await answer.json();
    samples.push(...fresh);
    now = state;
    by("link").textContent = "";
    if (samples.length) draw();
    setTimeout(ask, 1000);
  } catch (gone) {
    by("link").textContent = samples.length ? "the run is over; this is how it ended" : "no answer: " + gone.message;
    setTimeout(ask, 3000);
  }
}

window.addEventListener("resize", () => { if (samples.length) draw(); });
ask();
