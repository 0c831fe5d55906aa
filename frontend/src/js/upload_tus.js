// One file in parts, by tus: cut off at any point it goes on from what the server has.
import * as tus from 'tus-js-client';
import { arrive } from './upload_answer.js';
import { faultIn, isReadable, stopped } from './upload_fault.js';
import { fingerprintOf, newId } from './upload_identity.js';

const PART = 8 * 1024 * 1024;
const PART_OF_SLOW_NETWORKS = 1024 * 1024;
const ANNOUNCED_EVERY = 25;
const WAITS = [0, 1000, 2000, 4000, 8000, 15000, 15000, 15000];

// Resolves when the row needs no more work now: arrived, refused, paused, or broken off; with true
// when it was stopped by something that is mended by now.
export async function sendInParts(row, { zone, slot, token, announce }) {
  const headers = { 'X-CSRFToken': token, 'X-Requested-With': 'XMLHttpRequest' };
  row.abort = () => { row.stopped = true; };
  row.stopped = false;
  try {
    row.url ??= await begun(row, zone.dataset.transferUrl, slot, headers);
  } catch (error) {
    return stopped(row, error.fault ?? {}, announce);
  }
  if (row.stopped) return false;
  row.id = row.url.split('/').at(-2);
  row.rowUrl = `${zone.dataset.uploadUrl}${row.id}/`;
  return parts(row, headers, announce);
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
  const fault = faultIn(answer.status, (name) => answer.headers.get(name), await answer.text());
  throw Object.assign(new Error('not begun'), { fault });
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
      onChunkComplete: () => { row.hasNewToken = false; },
      onShouldRetry: (error, attempt) => {
        const again = tus.defaultOptions.onShouldRetry(error);
        // The first time goes at once; after that a person wants to know why nothing moves.
        if (again && attempt > 0) wait(row, upload, faultOf(error), announce).then((over) => over && done(false));
        return again;
      },
      onError: (error) => { stopped(row, faultOf(error), announce).then(done); },
      onSuccess: () => { arrive(row, announce).then(() => done(false)); },
    });
    row.abort = () => { upload.abort(); done(false); };
    upload.start();
  });
}

// Between two attempts. Returns true when there is nothing left to attempt.
async function wait(row, upload, fault, announce) {
  row.waiting(fault.text);
  if (fault.status || (await isReadable(row.file))) return false;
  upload.abort();
  row.unreadable(announce);
  return true;
}

function faultOf({ originalResponse: answer }) {
  if (!answer) return {};
  return faultIn(answer.getStatus(), (name) => answer.getHeader(name), answer.getBody());
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
