// One file, one POST. The answer is the server's own row; a refusal is a row too.
import { fill } from './texts.js';
import { showArrived } from './upload_answer.js';

const ANNOUNCED_EVERY = 25;

export function sendWhole(row, { zone, field, token, announce }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const started = Date.now();
    let announced = 0;
    row.abort = () => request.abort();
    request.open('POST', zone.dataset.uploadUrl);
    request.setRequestHeader('X-CSRFToken', token);
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    request.setRequestHeader('Accept', 'text/html');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      const seconds = (Date.now() - started) / 1000;
      const percent = row.sent(loaded, total, ((total - loaded) * seconds) / loaded);
      if (percent - announced < ANNOUNCED_EVERY) return;
      announced = percent - (percent % ANNOUNCED_EVERY);
      announce(row.announcement(announced));
    });
    request.addEventListener('load', () => finished(row, request, announce));
    request.addEventListener('error', () => { row.forgotten(); row.broken(announce); });
    request.addEventListener('loadend', () => done(false));
    request.send(body(row.file, field, token));
  });
}

function body(file, field, token) {
  const form = new FormData();
  form.append('csrfmiddlewaretoken', token);
  form.append('action', 'upload');
  form.append(field, file, file.name);
  return form;
}

function finished(row, request, announce) {
  if (!showArrived(row, request.responseText, announce)) row.bad(fill(row.texts.textRefused, { name: row.file.name }));
}
