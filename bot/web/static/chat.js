// The chat page. What is typed is kept in this browser until the server says that it is stored; every message has an id of
// its own, so that sending it again is harmless. What the server tells is shown as text, never as HTML.
'use strict';

(() => {
  const page = document.body.dataset;
  const say = JSON.parse(page.words);
  const element = (id) => document.getElementById(id);
  const [talk, list, words, notice, newest] = ['talk', 'lines', 'words', 'notice', 'newest'].map(element);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const address = (path, more = '') => `${path}?role=${page.role}&bahasa=${page.language}${more}`;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // ---------------------------------------------------------------- lines on the screen

  const shown = new Map(); // id -> {line, item}
  const tapped = new Map(); // turn -> value
  let lastTurn = null; // the newest question of ours: only its choices can be tapped
  let atEnd = true;

  const locales = [page.language, 'id'];
  const clock = new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: page.timezone });
  const weekday = new Intl.DateTimeFormat(locales, { weekday: 'long', day: 'numeric', month: 'long', timeZone: page.timezone });
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: page.timezone });

  function make(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function show(line, state) {
    const known = shown.get(line.id);
    if (known) return settle(line.id, state, line.at);
    const item = make('li', `line ${line.from}`);
    item.dataset.state = state;
    item.append(make('span', 'unseen', `${line.from === 'me' ? say.me : say.us}:`), bubble(line));
    if (line.choices.length) item.append(buttons(line));
    const firstWaiting = state === 'waiting' ? null : list.querySelector('.line[data-state="waiting"]');
    list.insertBefore(item, firstWaiting);
    shown.set(line.id, { line, item });
    separate(item, line.at);
    settle(line.id, state, line.at);
    if (line.from === 'us' && line.turn > 0) lastTurn = line.id;
    if (line.picked && line.turn > 0) tapped.set(line.turn, line.picked);
  }

  function bubble(line) {
    const made = make('div', 'bubble');
    for (const source of line.photos) made.append(picture(source, line.from === 'me' ? say.photo_mine : say.photo_ours));
    for (const source of line.files || []) made.append(file(source));
    const text = line.location ? place(line.location) : line.text;
    if (text) made.append(line.location ? make('p', 'text place', text) : worded(text, line.from === 'us'));
    const foot = make('span', 'foot');
    foot.append(make('time'), make('span', 'mark'));
    made.append(foot);
    return made;
  }

  // what we say may hold addresses of our own pages; what people wrote is never made a link
  function worded(text, ours) {
    const words = make('p', 'text');
    for (const part of ours ? text.split(/(https?:\/\/\S+)/) : [text]) {
      const own = ours && part.startsWith(`${location.origin}/`);
      if (own) words.append(Object.assign(make('a', '', part), { href: part, target: '_blank', rel: 'noopener' }));
      else words.append(...unbroken(part));
    }
    return words;
  }

  // a report number stays on one line, also on a small screen; its characters stay what they are, so that a copy of it is right
  function unbroken(text) {
    return text.split(/(\b[A-Z]{2,6}-\d{6}-\d{4,}-\d\b)/).map((part, place) => (place % 2 ? make('span', 'unbroken', part) : part));
  }

  function place(point) {
    const degrees = new Intl.NumberFormat(locales, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
    return `${say.my_location}: ${degrees.format(point.lat)}; ${degrees.format(point.lon)}`;
  }

  function picture(source, alt) {
    const link = make('a', 'photo');
    const image = make('img');
    Object.assign(link, { href: source, target: '_blank', rel: 'noopener' });
    Object.assign(image, { src: source, alt, decoding: 'async' });
    image.addEventListener('load', () => atEnd && toEnd(false));
    image.addEventListener('error', () => link.replaceWith(make('p', 'text missing', say.photo_missing)));
    link.append(image);
    return link;
  }

  function file(source) {
    const link = make('a', 'text file', say.file_ours);
    Object.assign(link, { href: source, target: '_blank', rel: 'noopener' });
    return link;
  }

  function buttons(line) {
    const group = make('div', 'choices');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', say.choices);
    for (const choice of line.choices) {
      const button = make('button', 'choice', choice.label);
      button.type = 'button';
      button.dataset.value = choice.value;
      button.addEventListener('click', () => pick(line, choice));
      group.append(button);
    }
    return group;
  }

  function separate(item, at) {
    const day = calendar.format(at);
    item.dataset.day = day;
    let before = item.previousElementSibling;
    while (before && !before.dataset.day) before = before.previousElementSibling;
    if (before && before.dataset.day === day) return;
    const today = Date.now();
    const names = { [calendar.format(today)]: say.today, [calendar.format(today - 864e5)]: say.yesterday };
    const separator = make('li', 'day', names[day] || weekday.format(at));
    separator.dataset.day = day;
    list.insertBefore(separator, item);
  }

  function settle(id, state, at) {
    const { item, line } = shown.get(id);
    if (item.dataset.state === 'stored' && state !== 'stored') return;
    item.dataset.state = state;
    const time = item.querySelector('time');
    time.dateTime = new Date(at).toISOString();
    time.textContent = clock.format(at);
    if (line.from === 'me') item.querySelector('.mark').textContent = ` ${say[state]}`;
  }

  function refreshChoices() {
    for (const { line, item } of shown.values()) {
      const answer = line.turn > 0 ? tapped.get(line.turn) : undefined;
      const open = line.turn === 0 || (line.id === lastTurn && answer === undefined);
      for (const button of item.querySelectorAll('.choice')) {
        button.disabled = !open;
        button.classList.toggle('picked', button.dataset.value === answer);
      }
    }
    const asked = lastTurn && shown.get(lastTurn).line.hope;
    element('send-location').classList.toggle('hoped', asked === 'location');
    element('pick-photo').classList.toggle('hoped', asked === 'photo');
  }

  function toEnd(smoothly) {
    talk.scrollTo({ top: talk.scrollHeight, behavior: smoothly && !calm.matches ? 'smooth' : 'auto' });
    atEnd = true;
    newest.hidden = true;
  }

  function speak(line) {
    const spoken = element('spoken');
    spoken.append(make('p', '', `${say.us}: ${line.text || say.photo_ours}`));
    while (spoken.children.length > 5) spoken.firstChild.remove();
  }

  function tell(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  let lastTop = 0;
  talk.addEventListener('scroll', () => {
    const near = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
    if (near || talk.scrollTop <= lastTop) atEnd = near; // on the way down to the end we are as good as there
    lastTop = talk.scrollTop;
    if (atEnd) newest.hidden = true;
  }, { passive: true });
  newest.addEventListener('click', () => { toEnd(true); talk.focus({ preventScroll: true }); });
  addEventListener('resize', () => atEnd && toEnd(false));

  // ---------------------------------------------------------------- kept in this browser until stored

  const shelf = {
    opened: new Promise((done) => {
      try {
        const asked = indexedDB.open('kentongan', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('waiting', { keyPath: 'id' });
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(null); // a private window: then only this page remembers
      } catch {
        done(null);
      }
    }),
    async use(mode, work) {
      const database = await this.opened;
      if (!database) return undefined;
      return new Promise((done) => {
        const change = database.transaction('waiting', mode);
        const asked = work(change.objectStore('waiting'));
        change.oncomplete = () => done(asked.result);
        change.onabort = change.onerror = () => done(undefined);
      });
    },
    put(message) { return this.use('readwrite', (store) => store.put(message)); },
    drop(id) { return this.use('readwrite', (store) => store.delete(id)); },
    async all() { return (await this.use('readonly', (store) => store.getAll())) || []; },
  };

  // ---------------------------------------------------------------- sending

  const queue = [];
  let sending = false;
  let hurry = () => {};

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on a network address
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  function lineOf(message) {
    return {
      from: 'me', id: message.id, at: message.at, choices: [], hope: 'nothing', location: message.location || null,
      text: message.text || message.caption || (message.choice ? message.choice.label : ''),
      photos: message.photo ? [URL.createObjectURL(message.photo)] : [],
      picked: message.choice ? message.choice.value : '', turn: message.choice ? message.choice.turn : 0,
    };
  }

  function send(content) {
    const message = { id: newId(), role: page.role, at: Date.now(), ...content };
    queue.push(message);
    show(lineOf(message), 'waiting');
    refreshChoices();
    toEnd(true);
    shelf.put(message).then(drain);
  }

  function pick(line, choice) {
    send({ choice: { value: choice.value, turn: line.turn, label: choice.label.slice(0, 80) } });
    talk.focus({ preventScroll: true }); // the button that had the focus may be gone
  }

  async function drain() {
    if (sending) return;
    sending = true;
    for (let tries = 0; queue.length;) {
      const message = queue[0];
      const answer = await post(message);
      if (answer.later) {
        tries += 1;
        tell(answer.notice);
        await Promise.race([pause(answer.later(tries)), new Promise((now) => { hurry = now; })]);
        continue;
      }
      tries = 0;
      tell('');
      queue.shift();
      await shelf.drop(message.id);
      if (answer.refused) refuse(message, answer.refused);
      else settle(message.id, 'stored', answer.at);
      spoken = true;
      started();
    }
    sending = false;
  }

  const patiently = (tries) => Math.min(15000, 1000 * 2 ** (tries - 1));

  async function post(message) {
    const { photo, id, text, choice, location, caption } = message;
    let path = '/chat/messages';
    let body = JSON.stringify({ id, text, choice, location });
    let headers = { 'Content-Type': 'application/json' };
    if (photo) {
      path = '/chat/photos';
      headers = {};
      body = new FormData();
      body.append('id', id);
      body.append('caption', caption);
      body.append('photo', photo, 'photo');
    }
    try {
      const response = await call(address(path), { method: 'POST', headers, body }, photo ? 180000 : 30000);
      if (response.ok) return response.json();
      if (response.status === 401) return { later: patiently, notice: say.no_cookie };
      if (response.status === 429) {
        const seconds = Number(response.headers.get('Retry-After')) || 5;
        return { later: () => seconds * 1000, notice: say.slow };
      }
      if (response.status >= 500) return { later: patiently, notice: say.failed };
      return { refused: (await response.json()).message };
    } catch {
      return { later: patiently, notice: say.offline };
    }
  }

  async function call(where, options, ms) {
    const response = await once(where, options, ms);
    if (response.status !== 401) return response;
    await once(address('/chat'), {}, 30000); // the page gives the cookie anew
    return once(where, options, ms);
  }

  async function once(where, options, ms) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), ms);
    try {
      return await fetch(where, { credentials: 'same-origin', signal: control.signal, ...options });
    } finally {
      clearTimeout(timer);
    }
  }

  function refuse(message, reason) {
    settle(message.id, 'refused', message.at);
    const { item, line } = shown.get(message.id);
    if (line.picked) tapped.delete(line.turn);
    const told = make('p', 'reason', `${reason} `);
    told.setAttribute('role', 'alert');
    const discard = make('button', 'discard', say.discard);
    discard.type = 'button';
    discard.addEventListener('click', () => { item.remove(); shown.delete(message.id); words.focus(); });
    told.append(discard);
    item.append(told);
    if (message.text && !words.value) setWords(message.text);
    refreshChoices();
    toEnd(true);
  }

  // ---------------------------------------------------------------- reading

  let cursor = '';
  let running = false; // whether there is a talk on the server yet
  let spoken = false; // whether something was sent since
  let started = () => {};
  const visible = () => new Promise((done) => {
    if (!document.hidden) return done();
    document.addEventListener('visibilitychange', function seen() {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', seen);
      done();
    });
  });

  async function read(wait) {
    const began = Date.now();
    const more = `&after=${encodeURIComponent(cursor)}&wait=${wait}`;
    const response = await call(address('/chat/messages', more), {}, (wait + 20) * 1000);
    if (response.status === 429) return pause((Number(response.headers.get('Retry-After')) || 5) * 1000);
    if (response.status === 401) throw new Error(say.no_cookie);
    if (!response.ok) throw new Error(`reading was answered with ${response.status}`);
    const answer = await response.json();
    running = answer.started;
    cursor = answer.cursor;
    const wasAtEnd = atEnd;
    const fresh = answer.lines.filter((line) => !shown.has(line.id));
    for (const line of answer.lines) show(line, 'stored');
    if (fresh.length) {
      refreshChoices();
      if (wasAtEnd) toEnd(wait > 0);
      else newest.hidden = false;
      if (wait > 0) fresh.filter((line) => line.from === 'us').forEach(speak);
    }
    if (answer.more) return read(wait);
    if (wait && !answer.lines.length && Date.now() - began < 1000) await pause(3000);
    return undefined;
  }

  async function follow() {
    let tries = 0;
    for (;;) {
      await visible();
      if (!running && !spoken) await new Promise((begin) => { started = begin; });
      try {
        await read(20);
        if (tries && !queue.length) tell('');
        tries = 0;
      } catch {
        tries += 1;
        tell(navigator.onLine === false || tries > 1 ? say.offline : '');
        await Promise.race([pause(patiently(tries)), new Promise((now) => addEventListener('online', now, { once: true }))]);
      }
    }
  }

  addEventListener('online', () => hurry());

  function openCode() { // of a poster: said once, and gone from the address so that a reload does not say it again
    const here = new URL(location.href);
    const code = here.searchParams.get('start') || '';
    if (!code || page.role !== 'citizen') return;
    here.searchParams.delete('start');
    history.replaceState(null, '', here);
    if (/^[A-Za-z0-9_-]{1,64}$/.test(code)) send({ text: `Lapor (kode ${code})` });
  }

  // ---------------------------------------------------------------- writing

  const draft = `kentongan.draft.${page.role}`;

  function setWords(text) {
    words.value = text;
    words.style.height = 'auto';
    words.style.height = `${Math.min(words.scrollHeight, 140)}px`;
    try {
      sessionStorage.setItem(draft, text);
    } catch {
      // without storage the draft lives as long as the page
    }
  }

  words.addEventListener('input', () => setWords(words.value));
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    speakUp();
  });
  element('composer').addEventListener('submit', (event) => { event.preventDefault(); speakUp(); });

  function speakUp() {
    const text = words.value.trim();
    if (attached) send({ photo: attached, caption: text });
    else if (text) send({ text });
    else return words.focus();
    detach();
    setWords('');
    return words.focus();
  }

  // ---------------------------------------------------------------- photos

  const MANY_BYTES = 1.5e6; // above, a photo is made smaller before it travels
  const LONG_SIDE = 2048; // pixels, enough to see a crack in a road
  const READABLE = ['image/jpeg', 'image/png', 'image/webp'];
  let attached = null;

  element('pick-photo').addEventListener('click', () => element('photo').click());
  element('detach').addEventListener('click', () => { detach(); words.focus(); });
  element('photo').addEventListener('change', async (event) => {
    const file = event.target.files[0];
    event.target.value = '';
    if (!file) return;
    tell(say.photo_preparing);
    const photo = await smaller(file);
    if (!photo) return tell(say.not_a_picture);
    if (photo.size > Number(page.largest)) return tell(say.photo_too_big);
    tell('');
    detach();
    attached = photo;
    element('preview').src = URL.createObjectURL(photo);
    element('attached').hidden = false;
    return words.focus();
  });

  function detach() {
    attached = null;
    element('attached').hidden = true;
    element('preview').removeAttribute('src');
  }

  async function smaller(file) {
    const readable = READABLE.includes(file.type);
    if (readable && file.size <= MANY_BYTES) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const scale = Math.min(1, LONG_SIDE / Math.max(image.width, image.height));
      const canvas = make('canvas');
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      image.close();
      const drawn = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
      return await withNotes(file, drawn);
    } catch {
      return readable ? file : null;
    }
  }

  // A camera's notes say where the photo was taken, which saves a question; the new picture is upright, so that note is changed.
  async function withNotes(original, drawn) {
    const from = new Uint8Array(await original.arrayBuffer());
    const notes = notesIn(from);
    return notes ? new Blob([new Uint8Array([0xff, 0xd8]), upright(notes), drawn.slice(2)], { type: 'image/jpeg' }) : drawn;
  }

  function notesIn(bytes) {
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
    for (let at = 2; at + 10 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
      const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
      const isExif = bytes[at + 1] === 0xe1 && String.fromCharCode(...bytes.slice(at + 4, at + 8)) === 'Exif';
      if (isExif) return bytes.slice(at, end);
      at = end;
    }
    return null;
  }

  function upright(notes) {
    const view = new DataView(notes.buffer);
    const START = 10; // behind the marker, the length and "Exif\0\0"
    try {
      const little = view.getUint16(START) === 0x4949;
      const table = START + view.getUint32(START + 4, little);
      for (let entry = 0; entry < view.getUint16(table, little); entry += 1) {
        const at = table + 2 + entry * 12;
        if (view.getUint16(at, little) === 0x0112) view.setUint16(at + 8, 1, little);
      }
    } catch {
      return new Uint8Array(0); // notes that lead nowhere stay behind
    }
    return notes;
  }

  // ---------------------------------------------------------------- location

  element('send-location').addEventListener('click', () => {
    if (!navigator.geolocation || !isSecureContext) return tell(say.location_missing);
    tell(say.locating);
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        tell('');
        send({ location: { lat: coords.latitude, lon: coords.longitude } });
      },
      ({ code }) => tell([say.location_unavailable, say.location_denied, say.location_unavailable, say.location_slow][code]),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });

  // ---------------------------------------------------------------- begin

  async function begin() {
    element('bottom').hidden = false; // without scripts there is nothing to write with
    try {
      setWords(sessionStorage.getItem(draft) || '');
    } catch {
      // no storage, no draft
    }
    for (let tries = 1; ; tries += 1) {
      try {
        await read(0);
        tell('');
        break;
      } catch (fault) {
        tell(fault.message === say.no_cookie ? say.no_cookie : say.offline);
        await pause(patiently(tries));
      }
    }
    const waiting = (await shelf.all()).filter((message) => message.role === page.role).sort((a, b) => a.at - b.at);
    for (const message of waiting) {
      queue.push(message);
      show(lineOf(message), 'waiting');
    }
    refreshChoices();
    toEnd(false);
    follow();
    drain();
    openCode();
  }

  begin();
})();
