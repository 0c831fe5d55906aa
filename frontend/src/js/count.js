// A textarea with data-count-limit counts down in words. The server decides; nothing is cut off.
import { fill, grouped, plural } from './texts.js';

const ANNOUNCED_AFTER = 1000;

export function startCounting() {
  document.querySelectorAll('[data-count-limit]').forEach((field) => {
    const shown = document.getElementById(`${field.id}_count`);
    if (!shown) return;
    const spoken = readerCopy(shown);
    const tell = () => show(field, shown);
    let timer = 0;
    field.addEventListener('input', () => {
      tell();
      clearTimeout(timer);
      timer = setTimeout(() => { spoken.textContent = shown.textContent; }, ANNOUNCED_AFTER);
    });
    tell();
  });
}

function show(field, shown) {
  const left = Number(field.dataset.countLimit) - lengthAsSent(field.value);
  const words = left < 0 ? 'over' : 'left';
  const { [`${words}One`]: one, [`${words}Few`]: few, [`${words}Many`]: many } = shown.dataset;
  const count = Math.abs(left);
  shown.textContent = fill(plural(count, one, few, many), { n: grouped(count) });
  shown.classList.toggle('is-over', left < 0);
}

// The server counts code points and a line break once, browsers count UTF-16 units.
function lengthAsSent(text) {
  return [...text.replaceAll('\r\n', '\n')].length;
}

function readerCopy(shown) {
  const spoken = document.createElement('div');
  spoken.className = 'govuk-visually-hidden';
  spoken.setAttribute('role', 'status');
  shown.after(spoken);
  return spoken;
}
