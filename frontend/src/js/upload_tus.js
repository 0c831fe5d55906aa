// One file in parts, by tus: cut off at any point it goes on from what the server has.
import * as tus from 'tus-js-client';
import { arrive } from './upload_answer.js';
import { fingerprintOf, newId } from './upload_identity.js';

const PART = 8 * 1024 * 1024;
const PART_OF_SLOW_NETWORKS = 1024 * 1024;
const ANNOUNCED_EVERY = 25;
const WAITS = [0, 1000, 2000, 4000, 8000, 15000, 15000, 15000];
const LOGGED_OUT = 401;
const GONE = 404;

// Resolves when the row needs no more work now: arrived, refused, paused, or broken off.
export async function sendInParts(row, { zone, slot, token, announce }) {
  const headers = { 'X-CSRFToken': token, 'X-Requested-With': 'XMLHttpRequest' };
  row.abort = () => { row.stopped = true; };
  row.stopped = false;
  try {
    row.url ??= await begun(row, zone.dataset.transferUrl, slot, headers);
  } catch (refusal) {
    return refusal.text ? refused(row, refusal, announce) : row.broken(announce, row.texts.textUnbegun);
  }
  if (row.stopped) return undefined;
  row.id = row.url.split('/').at(-2);
  row.rowUrl = `${zone.dataset.uploadUrl}${row.id}/`;
  await parts(row, headers, announce);
  return undefined;
}

// Announces the file under an id of our own: said twice, it is announced once.
async function begun(row, address, slot, headers) {
  row.id ??= newId();
  row.fingerprint ??= await fingerprintOf(row.file);
  const told = { filename: row.file.name, slot, fingerprint: row.fingerprint, id: row.id };
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      ...headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(row.file.size),
      'Upload-Metadata': Object.entries(told).map(([key, value]) => `${key} ${inBase64(value)}`).join(','),
    },
  });
  if (answer.ok) return answer.headers.get('Location');
  throw Object.assign(new Error('not begun'), { status: answer.status, text: await answer.text() });
}

function parts(row, headers, announce) {
  return new Promise((done) => {
    const pace = new Pace();
    const upload = new tus.Upload(row.file, {
      uploadUrl: row.url,
      chunkSize: partSize(),
      retryDelays: WAITS,
      storeFingerprintForResuming: false,
      headers,
      onProgress: (sent, total) => {
        const percent = row.sent(sent, total, pace.left(sent, total));
        if (percent - row.announced < ANNOUNCED_EVERY) return;
        row.announced = percent - (percent % ANNOUNCED_EVERY);
        announce(row.announcement(row.announced));
      },
      onError: (error) => { failed(row, error, announce); done(); },
      onSuccess: () => { arrive(row, announce).then(done); },
    });
    row.abort = () => { upload.abort(); done(); };
    upload.start();
  });
}

function failed(row, error, announce) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (status === GONE) row.forgotten();
  const text = error.originalResponse?.getBody() ?? '';
  if (status >= 400 && status < 500 && status !== GONE && text) refused(row, { status, text }, announce);
  else row.broken(announce, text);
}

// Whoever was logged out has lost nothing; anything else that is refused is over.
function refused(row, { status, text }, announce) {
  if (status === LOGGED_OUT) row.broken(announce, text);
  else row.bad(text);
  announce(text);
}

// How long is left, by what has come since this connection began.
class Pace {
  constructor() {
    this.started = 0;
    this.before = 0;
  }

  left(sent, total) {
    if (!this.started) {
      this.started = Date.now();
      this.before = sent;
      return Infinity;
    }
    const speed = (sent - this.before) / (Date.now() - this.started);
    return speed > 0 ? (total - sent) / speed / 1000 : Infinity;
  }
}

// On a slow network a small part is through before the next cut.
function partSize() {
  const network = navigator.connection;
  const isSlow = network?.saveData || ['slow-2g', '2g', '3g'].includes(network?.effectiveType);
  return isSlow ? PART_OF_SLOW_NETWORKS : PART;
}

function inBase64(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
