'use strict';

const session = sessionInPath();
const base = `/api/sessions/${session}`;
let latest = null;
let reassigning = null;

const names = () => new Map(latest.attendance.map((student) => [student.studentId, student.name]));
const nameOf = (id) => (id === latest.teacherId ? 'you' : names().get(id) || id || '');
const isActive = () => latest.status === 'ACTIVE';

function tile(label, value, tone) {
  return make('div', { class: `tile ${tone || ''}` }, make('b', {}, String(value)), make('span', {}, label));
}

function render() {
  byId('class').textContent = latest.classId;
  document.title = `${latest.classId}: dashboard`;
  byId('state').textContent = isActive() ? 'going on' : 'ended';
  byId('state').className = `pill ${isActive() ? 'good' : ''}`;
  const active = latest.chains.filter((chain) => chain.state === 'ACTIVE');
  const stalled = active.filter((chain) => chain.stalled).length;
  const count = (column) => latest.attendance.filter((student) => student[column]).length;
  byId('tiles').replaceChildren(
    tile('joined', latest.attendance.length), tile('present', count('presentAt')),
    tile('till the end', count('exitedAt')), tile('codes going round', active.length),
    tile('passed on', latest.chains.reduce((sum, chain) => sum + chain.seq, 0)),
    tile('stalled', stalled, stalled ? 'warn' : ''));
  renderChains();
  renderStudents();
  show('desk', isActive());
}

const cell = (label, kind, ...children) => make('td', { 'data-label': label, class: kind }, ...children);
const none = (label) => cell(label, 'none', '–');

function renderChains() {
  const order = { ACTIVE: 0, SUSPENDED: 1 };
  const chains = [...latest.chains].sort((a, b) => (order[a.state] ?? 2) - (order[b.state] ?? 2));
  byId('chain-count').textContent = chains.length || '';
  show('no-chains', chains.length === 0);
  show('chains-table', chains.length > 0);
  byId('chains').replaceChildren(...chains.map((chain) => make('tr',
    { class: chain.state === 'ACTIVE' ? '' : 'over', 'data-chain': chain.chainId },
    cell('Type', '', chain.type),
    cell('Holder', '', nameOf(chain.lastHolder)),
    cell('Passed on', 'n', String(chain.seq)),
    cell('Rotations', 'n', String(chain.rotationCount)),
    cell('Last new code', '', ago(chain.lastRotation)),
    cell('State', '', pill(chain)),
    make('td', { class: 'actions' }, ...buttons(chain)))));
}

function ago(seconds) {
  const past = Math.max(0, Math.round(Date.now() / 1000 - seconds));
  return past < 60 ? `${past} s ago` : `${Math.floor(past / 60)} min ago`;
}

function pill(chain) {
  if (chain.state !== 'ACTIVE') return make('span', { class: 'pill' }, chain.closeReason || chain.state.toLowerCase());
  return chain.stalled
    ? make('span', { class: 'pill warn', title: 'Nobody looks at it' }, 'stalled')
    : make('span', { class: 'pill good' }, 'active');
}

function buttons(chain) {
  if (chain.state !== 'ACTIVE' || !isActive()) return [];
  const mine = chain.lastHolder === latest.teacherId;
  const own = ['LATE', 'EARLY'].includes(chain.type);
  return [
    mine ? make('button', { onclick: () => wall(chain.chainId) }, 'Show') : null,
    own && !mine ? make('button', { onclick: () => give(chain.chainId, latest.teacherId) }, 'Take back') : null,
    make('button', { onclick: () => askHolder(chain.chainId) }, 'Give…'),
    make('button', { onclick: () => act(`chains/${chain.chainId}/close`) }, 'Close'),
  ].filter(Boolean).flatMap((button) => [button, ' ']);
}

function renderStudents() {
  const students = [...latest.attendance].sort((a, b) => a.name.localeCompare(b.name));
  byId('student-count').textContent = students.length || '';
  show('no-students', students.length === 0);
  byId('students').replaceChildren(...students.map((student) => make('tr', {},
    cell('Student', '', student.name),
    cell('Joined', '', clock(student.joinedAt)),
    student.presentAt ? cell('Present', '',
      make('span', { class: `pill ${student.lateAt ? 'warn' : 'good'}` }, `${student.lateAt ? 'late ' : ''}${clock(student.presentAt)}`)) : none('Present'),
    student.leftEarlyAt ? cell('Left', '', make('span', { class: 'pill warn' }, `early ${clock(student.leftEarlyAt)}`)) : none('Left'),
    student.exitVerified ? cell('Till the end', '', make('span', { class: 'pill good' }, clock(student.exitedAt))) : none('Till the end'))));
}

const wall = (what) => window.open(`/t/${session}/wall/${what}`, '_blank');

async function act(path, body) {
  const answer = await ask('POST', `${base}/${path}`, body);
  status(answer.ok ? '' : answer.body.message, true);
  await refresh();
  return answer;
}

const give = (chain, holder) => act(`chains/${chain}/reassign`, { holder });

function askHolder(chain) {
  reassigning = chain;
  const students = [...latest.attendance].sort((a, b) => a.name.localeCompare(b.name));
  byId('reassign-form').elements.holder.replaceChildren(
    ...students.map((student) => make('option', { value: student.studentId }, student.name)));
  byId('reassign').showModal();
}

byId('reassign').addEventListener('close', () => {
  if (byId('reassign').returnValue === 'ok') give(reassigning, byId('reassign-form').elements.holder.value);
});

onSubmit(byId('seed-form'), (data) =>
  act('seed', { type: data.get('type'), count: Number(data.get('count')) }));

byId('end').addEventListener('click', () => {
  if (window.confirm('End this session? Every code is closed, and nobody can join any more.')) act('end');
});

async function refresh() {
  const answer = await ask('GET', `${base}/dashboard`);
  if (!answer.ok) return status(answer.body.message, true);
  if (byId('status').textContent === 'The server cannot be reached.') status('');
  latest = answer.body;
  render();
}

function openButtons() {
  byId('open-row').replaceChildren(...['LATE', 'EARLY'].map((type) => (latest.sealed.includes(type)
    ? make('button', { onclick: () => wall(type) }, `${type} on the wall`)
    : make('button', { onclick: () => act('chains', { type }) }, `Open ${type}`))));
}

async function start() {
  if (!(await whoAmI())) { location.href = '/'; return; }
  await refresh();
  if (!latest) return;
  byId('csv').href = `${base}/attendance.csv`;
  openButtons();
  const join = await ask('GET', `${base}/joining`);
  if (join.ok) {
    drawQr(byId('join-qr'), join.body.qr);
    byId('join-link').textContent = join.body.link;
    byId('join-link').href = join.body.link;
  }
  setInterval(() => { if (!document.hidden) refresh(); }, 2000);
}

start();
