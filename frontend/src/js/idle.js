// Warns before the idle log-out. Any tab of the same browser that stays active keeps the others in.
import { csrfToken } from './csrf.js';
import { IdleClock } from './idle_clock.js';

const SEEN = 'skrytka-last-active';
const TICK = 1000;
const KEEP_ALIVE_EVERY = 60 * 1000;

export function startIdleWarning() {
  const dialog = document.getElementById('idle-dialog');
  if (!dialog?.showModal) return;
  const limit = Number(dialog.dataset.idleSeconds) * 1000;
  const warning = Number(dialog.dataset.idleWarnSeconds) * 1000;
  const clock = new IdleClock(dialog);
  let told = Date.now();

  const active = () => {
    if (dialog.open) return;
    remember(Date.now());
    if (Date.now() - told > KEEP_ALIVE_EVERY) told = keepAlive(dialog);
  };
  const stay = () => {
    dialog.close();
    remember(Date.now());
    told = keepAlive(dialog);
  };

  remember(Date.now());
  ['keydown', 'pointerdown', 'scroll'].forEach((name) => document.addEventListener(name, active, { passive: true }));
  dialog.querySelector('[data-idle-stay]')?.addEventListener('click', stay);
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); stay(); });
  const ticking = setInterval(() => {
    const idle = Date.now() - lastSeen();
    const seconds = Math.ceil((limit - idle) / 1000);
    if (idle >= limit) {
      clearInterval(ticking);
      clock.over();
      leave(dialog);
    } else if (idle < limit - warning) {
      if (dialog.open) dialog.close();
    } else if (dialog.open) {
      clock.shows(seconds);
    } else {
      clock.opens(seconds);
      dialog.showModal();
    }
  }, TICK);
}

// The server is told that it was the clock: it leads back to this place after the next log-in.
function leave(dialog) {
  const form = dialog.querySelector('form');
  dialog.querySelector('[data-idle-stay]').hidden = true;
  const reason = document.createElement('input');
  reason.type = 'hidden';
  reason.name = 'idle';
  form.append(reason);
  form.submit();
}

function keepAlive(dialog) {
  fetch(dialog.dataset.keepAliveUrl, {
    method: 'POST',
    headers: { 'X-CSRFToken': csrfToken() },
    credentials: 'same-origin',
  }).catch(() => {});
  return Date.now();
}

function remember(at) {
  sessionOrPage.at = at;
  try { localStorage.setItem(SEEN, String(at)); } catch { /* storage may be off */ }
}

function lastSeen() {
  let stored = 0;
  try { stored = Number(localStorage.getItem(SEEN)) || 0; } catch { /* storage may be off */ }
  return Math.max(stored, sessionOrPage.at);
}

const sessionOrPage = { at: 0 };
