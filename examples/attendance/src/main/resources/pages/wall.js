'use strict';

const session = sessionInPath();
const base = `/api/sessions/${session}`;
const what = location.pathname.split('/')[4];
const sealed = ['LATE', 'EARLY'].includes(what);
const countdown = new Countdown(byId('countdown'));
let config = { rotateSeconds: 10 };

async function look() {
  const answer = await ask('GET', sealed ? `${base}/wall/${what}` : `${base}/poll?chainId=${what}&qr=1`);
  const code = answer.body;
  if (answer.ok && code.qr) {
    byId('type').textContent = code.type;
    byId('title').textContent = code.type === 'LATE' ? 'You are late? Scan this code' : 'You leave early? Scan this code';
    drawQr(byId('qr'), code.qr);
    byId('code-frame').classList.remove('old');
    countdown.start(code.rotatesIn, config.rotateSeconds);
    status(sealed ? 'Everybody may scan it.' : 'The first to scan it becomes the holder.');
  } else {
    byId('code-frame').classList.add('old');
    byId('title').textContent = answer.ok && code.reason === 'NOT_HOLDER' ? 'Somebody has scanned it' : 'No code any more';
    status(answer.ok ? 'Take it back on the dashboard to show it again.' : code.message, !answer.ok);
  }
  setTimeout(look, Math.min(answer.ok ? code.pollAfter : 2, 3) * 1000);
}

async function start() {
  byId('back').href = `/t/${session}`;
  const given = await ask('GET', '/api/config');
  if (given.ok) config = given.body;
  await look();
}

start();
