'use strict';

/** Asks the server. A refusal is an answer too: {ok, status, body}. */
async function ask(method, path, body) {
  const request = { method, headers: {} };
  if (method === 'POST') {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body || {});
  }
  try {
    const response = await fetch(path, request);
    const answer = await response.json().catch(() => ({}));
    return { ok: response.ok, status: response.status, body: answer };
  } catch (offline) {
    return { ok: false, status: 0, body: { error: 'OFFLINE', message: 'The server cannot be reached.' } };
  }
}

const byId = (id) => document.getElementById(id);
const show = (id, visible) => { byId(id).hidden = !visible; };

/** Makes an element; children are elements or texts, never markup. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  });
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

function drawQr(svg, qr) {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', qr.path);
  path.setAttribute('fill', '#000');
  svg.setAttribute('viewBox', `0 0 ${qr.size} ${qr.size}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.replaceChildren(path);
}

const MARKS = {
  done: 'M5 13l4.5 4.5L19 7',
  no: 'M7 7l10 10M17 7L7 17',
  wait: 'M12 6v6l4 2',
  on: 'M5 12h13M13 6l6 6-6 6',
};

function drawMark(element, mark, tone) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', MARKS[mark]);
  svg.append(path);
  element.className = `mark ${tone}`;
  element.replaceChildren(svg);
}

const clock = (seconds) => seconds
  ? new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  : '';

/** A bar that runs out when the next code is due. Durations come from the server, never its clock. */
class Countdown {
  constructor(fill) { this.fill = fill; }

  start(seconds, whole) {
    if (this.running) this.running.cancel();
    this.running = this.fill.animate(
      [{ transform: `scaleX(${Math.min(1, seconds / whole)})` }, { transform: 'scaleX(0)' }],
      { duration: Math.max(1, seconds * 1000), fill: 'forwards' });
  }
}

function status(text, bad) {
  byId('status').textContent = text || '';
  byId('status').classList.toggle('bad', Boolean(bad));
}

async function whoAmI() {
  const me = await ask('GET', '/api/me');
  if (me.ok) byId('who').textContent = me.body.name;
  return me.ok ? me.body : null;
}

/** Sends a form once: its button waits for the answer. */
function onSubmit(form, send) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll('button');
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await send(new FormData(form));
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
}

const sessionInPath = () => location.pathname.split('/')[2];
