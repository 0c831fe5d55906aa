// The letter form: no send while a save or a file is on its way, and files go without a reload.
import { csrfToken } from './csrf.js';
import { fill, plural } from './texts.js';
import { say, showAnswer } from './upload_answer.js';

const ON_THEIR_WAY = 'li.file:not([data-file-key]):not(.file--bad), li.file[data-coming]';

export function startLetterForm() {
  const form = document.getElementById('letter-form');
  if (!form) return;
  holdWhileSaving(form);
  form.addEventListener('submit', (event) => waitForFiles(form, event));
  form.addEventListener('click', (event) => removeQuietly(form, event));
  form.querySelectorAll('[data-only-if]').forEach((part) => showWhenAsked(form, part));
}

// Two saves of one page must not look like two tabs: the button waits until the automatic one is done.
function holdWhileSaving(form) {
  let saving = false;
  let waiting = null;
  form.addEventListener('htmx:beforeRequest', (event) => { if (event.target === form) saving = true; });
  form.addEventListener('htmx:afterRequest', (event) => {
    if (event.target !== form) return;
    saving = false;
    const pressed = waiting;
    waiting = null;
    if (pressed) form.requestSubmit(pressed.button ?? undefined);
  });
  form.addEventListener('submit', (event) => {
    if (!saving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { button: event.submitter };
  });
}

function waitForFiles(form, event) {
  const told = document.getElementById('files-wait');
  const count = form.querySelectorAll(ON_THEIR_WAY).length;
  if (!told || event.defaultPrevented || event.submitter?.value !== 'next') return;
  told.hidden = count === 0;
  if (count === 0) return;
  event.preventDefault();
  const { textOne, textFew, textMany } = told.dataset;
  told.textContent = fill(plural(count, textOne, textFew, textMany), { n: count });
  told.focus();
  const watch = setInterval(() => {
    if (form.querySelector(ON_THEIR_WAY)) return;
    told.hidden = true;
    clearInterval(watch);
  }, 1000);
}

async function removeQuietly(form, event) {
  const button = event.target.closest('button[name="action"][value^="remove:"]');
  const row = button?.closest('li.file');
  const zone = button?.closest('[data-upload-url]');
  if (!row || !zone) return;
  event.preventDefault();
  const body = new FormData();
  body.append('csrfmiddlewaretoken', csrfToken());
  body.append('action', button.value);
  const headers = { 'X-Requested-With': 'XMLHttpRequest' };
  const answer = await fetch(zone.dataset.uploadUrl, { method: 'POST', body, headers });
  if (!answer.ok || answer.redirected) {
    window.location.reload();
    return;
  }
  const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
  row.remove();
  showAnswer(drawn);
  zone.querySelector('input[type="file"]')?.focus();
  const { textRemoved } = zone.querySelector('template[data-upload-row]').dataset;
  say(zone.querySelector('[data-upload-status]'), fill(textRemoved, { name: row.dataset.fileName }));
}

// A conditional question hides until its answer is chosen; without JavaScript its hint says when it counts.
function showWhenAsked(form, part) {
  const { onlyIf, onlyValue } = part.dataset;
  const hint = part.querySelector('[data-asked-if]');
  if (hint) hint.hidden = true;
  const show = () => { part.hidden = new FormData(form).get(onlyIf) !== onlyValue; };
  form.addEventListener('change', show);
  show();
}
