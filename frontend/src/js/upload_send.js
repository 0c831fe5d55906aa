// One file, one POST. The answer is the server's own row; a refusal is a row too.
import { showAnswer } from './upload_answer.js';

const ANNOUNCED_EVERY = 25;

export function send(row, { url, field, token, announce }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const started = Date.now();
    let announced = 0;
    row.request = request;
    request.open('POST', url);
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
    request.addEventListener('load', () => arrive(row, request, announce));
    request.addEventListener('error', () => row.broken());
    request.addEventListener('loadend', () => {
      row.request = null;
      done();
    });
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

function arrive(row, request, announce) {
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
  const drawn = answer.querySelector('li.file');
  if (!drawn) {
    row.bad(row.texts.textRefused, {});
    return;
  }
  const arrived = document.importNode(drawn, true);
  row.element.replaceWith(arrived);
  announce(arrived.textContent.replace(/\s+/g, ' ').trim());
  showAnswer(answer);
  window.htmx?.process(arrived);
}
