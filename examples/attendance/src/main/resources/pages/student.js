'use strict';

const session = sessionInPath();
const base = `/api/sessions/${session}`;
const countdown = new Countdown(byId('countdown'));
let config = { push: false, rotateSeconds: 10 };
let me = null;
let scanned = new URLSearchParams(location.search).get('t');
let holding = null;
let challenge = null;
let timer = 0;
let expiry = 0;

// The code is in the address only until it is read.
if (scanned) history.replaceState(null, '', location.pathname);

function panel(id) {
  ['sign-in', 'holding', 'message', 'confirm'].forEach((each) => show(each, each === id));
}

function message(mark, tone, title, text, again) {
  drawMark(byId('message-mark'), mark, tone);
  byId('message-title').textContent = title;
  byId('message-text').textContent = text;
  show('message-again', Boolean(again));
  panel('message');
}

function idle() {
  message('wait', 'cool', 'You hold no code', 'Keep this page open: a code may come to you. Or scan a classmate’s with your camera.');
}

// ----- what the server says

function hold(token) {
  holding = token.chainId;
  byId('type').textContent = token.type;
  byId('link').textContent = token.link;
  byId('link').href = token.link;
  drawQr(byId('qr'), token.qr);
  byId('code-frame').classList.remove('old');
  countdown.start(token.rotatesIn, config.rotateSeconds);
  byId('next').textContent = `Changes every ${config.rotateSeconds} s. Whoever scans it becomes the holder.`;
  byId('codes').replaceChildren(...token.codes.map((each) => make('p', {},
    `${each.scannerName} has to type`, make('b', {}, each.code.replace(/(...)(?=.)/g, '$1 ')))));
  const others = (token.others || []).length;
  show('others', others > 0);
  byId('others').textContent = others === 1 ? 'One more code is waiting after this one.' : `${others} more codes are waiting after this one.`;
  clearTimeout(expiry);
  expiry = setTimeout(() => byId('code-frame').classList.add('old'), token.expiresIn * 1000);
  panel('holding');
}

function over(reason) {
  const held = holding !== null;
  holding = null;
  clearTimeout(expiry);
  if (reason === 'CHAIN_CLOSED' && held) {
    message('done', 'good', 'Chain completed', 'The teacher has closed it. You were its last holder.');
  } else if (reason === 'SESSION_ENDED' || (reason === 'CHAIN_CLOSED' && !held)) {
    ended();
  } else if (held) {
    message('on', 'good', 'You passed it on', 'Somebody else holds the code now.');
  } else if (byId('message').hidden) {
    idle();
  }
  refreshMine();
}

function ended() {
  message('done', 'cool', 'Session ended', 'That was it for today.');
  clearTimeout(timer);
  timer = 0;
}

// ----- polling: as long as the server says nothing changes, nothing is asked

async function poll() {
  clearTimeout(timer);
  if (challenge) return again(2);
  const chain = holding ? `chainId=${holding}&` : '';
  const answer = await ask('GET', `${base}/poll?${chain}qr=1`);
  if (!answer.ok) {
    status(answer.body.message, true);
    return again(2);
  }
  status('');
  if (answer.body.isHolder) {
    const fresh = holding !== answer.body.chainId;
    hold(answer.body);
    if (fresh) refreshMine();
  } else if (answer.body.reason === 'SESSION_ENDED') {
    const last = holding;
    if (last) over('CHAIN_CLOSED');
    return ended();
  } else if (holding) {
    over(answer.body.reason);
  } else if (byId('message').hidden) {
    idle();
  }
  return again(answer.body.pollAfter);
}

function again(seconds) {
  clearTimeout(timer);
  timer = setTimeout(poll, seconds * 1000);
}

// ----- or being told

function listen() {
  const events = new EventSource(`${base}/stream`);
  events.addEventListener('hello', (event) => {
    status('');
    if (JSON.parse(event.data).status === 'ENDED') { events.close(); ended(); }
  });
  events.addEventListener('token', (event) => {
    const token = JSON.parse(event.data);
    const fresh = holding !== token.chainId;
    if (!challenge && (holding === null || !fresh)) {
      hold(token);
      if (fresh) refreshMine();
    }
  });
  events.addEventListener('over', (event) => {
    const gone = JSON.parse(event.data);
    if (gone.chainId === holding) { over(gone.reason); findOther(); }
  });
  events.addEventListener('ended', () => {
    events.close();
    // The page of the last holder says so first.
    if (holding === null) ended();
  });
  events.onerror = () => status('Connecting again…', true);
}

/** After one code is gone there may be another that was waiting. */
async function findOther() {
  const answer = await ask('GET', `${base}/poll?qr=1`);
  if (answer.ok && answer.body.isHolder) hold(answer.body);
}

// ----- scanning

async function scan() {
  const answer = await ask('POST', `${base}/scan?qr=1`, { token: scanned, requestId: requestId() });
  await scannedAnswer(answer);
}

let request = null;
function requestId() {
  // The same request again, after a lost answer, is the same hand-over.
  if (!request) {
    request = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join('');
  }
  return request;
}

async function scannedAnswer(answer) {
  if (answer.ok && answer.body.wall) {
    done();
    message('done', 'good', answer.body.type === 'LATE' ? 'Noted: you came late' : 'Noted: you leave early', 'You can close this page.');
    refreshMine();
  } else if (answer.ok) {
    done();
    hold(answer.body);
    refreshMine();
  } else if (answer.body.error === 'CHALLENGE_REQUIRED') {
    const given = await ask('POST', `${base}/challenges`, { token: scanned });
    if (!given.ok) return refused(given);
    challenge = given.body;
    show('confirm-problem', false);
    byId('confirm-form').reset();
    panel('confirm');
    return;
  } else {
    return refused(answer);
  }
}

/** Whoever holds a code sees that again at once, and above it for a while what did not work. */
function notice(text) {
  byId('notice').textContent = text;
  show('notice', true);
  setTimeout(() => show('notice', false), 15000);
}

function done() {
  scanned = null;
  request = null;
  challenge = null;
}

function refused(answer) {
  const retry = answer.status === 0 || answer.body.error === 'BUSY' || answer.status >= 500;
  const token = scanned;
  challenge = null;
  if (!retry) done();
  notice(answer.body.message);
  message('no', 'bad', answer.body.error === 'ALREADY_CONSUMED' ? 'Already taken' : 'That did not work', answer.body.message, retry);
  byId('message-again').onclick = async () => { scanned = token; await scan(); };
}

onSubmit(byId('confirm-form'), async (data) => {
  const code = data.get('code').replace(/\s/g, '');
  const answer = await ask('POST', `${base}/challenges/${challenge.challengeId}?qr=1`,
    { chainId: challenge.chainId, code });
  if (answer.body.error === 'CHALLENGE_FAILED' && challenge.attempts > 1) {
    challenge.attempts -= 1;
    byId('confirm-problem').textContent = answer.body.message;
    show('confirm-problem', true);
    byId('confirm-form').reset();
  } else {
    await scannedAnswer(answer);
  }
});

onSubmit(byId('by-hand-form'), async (data) => {
  const text = data.get('link').trim();
  scanned = text.includes('t=') ? new URLSearchParams(text.split('?').pop()).get('t') : text;
  request = null;
  byId('by-hand-form').reset();
  byId('by-hand').open = false;
  await scan();
});

// ----- joining

const MINE = [['presentAt', 'Present', 'good'], ['lateAt', 'Late', 'warn'], ['leftEarlyAt', 'Left early', 'warn'], ['exitedAt', 'There till the end', 'good']];

async function refreshMine() {
  const answer = await ask('GET', base);
  if (answer.ok) showMine(answer.body);
}

function showMine(shown) {
  byId('class').textContent = shown.classId;
  document.title = shown.classId;
  const mine = shown.attendance;
  show('mine', Boolean(mine));
  if (!mine) return;
  const marks = MINE.filter(([column]) => mine[column])
    .map(([column, name, tone]) => make('li', { class: `pill ${tone}` }, `${name} ${clock(mine[column])}`));
  byId('marks').replaceChildren(make('li', { class: 'pill' }, `Joined ${clock(mine.joinedAt)}`), ...marks);
}

async function join() {
  const answer = await ask('POST', `${base}/join`);
  if (!answer.ok) {
    message('no', 'bad', answer.body.error === 'SESSION_ENDED' ? 'Session ended' : 'You cannot join', answer.body.message);
    return;
  }
  showMine(answer.body);
  if (scanned) await scan();
  if (config.push) listen();
  if (config.push && !holding && !challenge && byId('message').hidden) idle();
  if (!config.push) again(holding || !byId('message').hidden ? 1 : 0);
}

onSubmit(byId('sign-in-form'), async (data) => {
  const answer = await ask('POST', '/api/login', { name: data.get('name'), role: 'student' });
  if (!answer.ok) return status(answer.body.message, true);
  status('');
  me = await whoAmI();
  panel('none');
  await join();
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && me && !config.push && timer) poll();
});

async function start() {
  const given = await ask('GET', '/api/config');
  if (given.ok) config = given.body;
  me = await whoAmI();
  if (me) return join();
  if (scanned) {
    byId('sign-in-title').textContent = 'Who has scanned this code?';
    byId('sign-in-button').textContent = 'Take it over';
  }
  panel('sign-in');
}

start();
