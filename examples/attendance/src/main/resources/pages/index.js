'use strict';

async function start() {
  const me = await whoAmI();
  show('sign-in', !me);
  if (!me) return;
  const teacher = me.role === 'teacher';
  show('create', teacher);
  show('enter', !teacher);
  show('list', true);
  byId('list-title').textContent = teacher ? 'Your active sessions' : 'Your sessions';
  const found = await ask('GET', '/api/sessions');
  status(found.ok ? '' : found.body.message, true);
  const sessions = found.ok ? found.body.sessions : [];
  byId('sessions').replaceChildren(...sessions.map((session) => make('li', {},
    make('a', { href: `/${teacher ? 't' : 's'}/${session.sessionId}` },
      session.classId, make('small', {}, `since ${clock(session.startAt)}`)))));
  show('no-sessions', sessions.length === 0);
}

onSubmit(byId('sign-in-form'), async (data) => {
  const answer = await ask('POST', '/api/login', { name: data.get('name'), role: data.get('role') });
  status(answer.ok ? '' : answer.body.message, true);
  if (answer.ok) await start();
});

onSubmit(byId('create-form'), async (data) => {
  const answer = await ask('POST', '/api/sessions', { classId: data.get('classId') });
  status(answer.ok ? '' : answer.body.message, true);
  if (answer.ok) location.href = `/t/${answer.body.sessionId}`;
});

onSubmit(byId('enter-form'), async (data) => {
  location.href = `/s/${data.get('session').trim()}`;
});

start();
