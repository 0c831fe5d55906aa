// <button data-copy="text" data-copied="words" hidden> copies and says so for two seconds.
const SHOWN_FOR = 2000;

export function startCopying() {
  if (!navigator.clipboard) return;
  document.querySelectorAll('[data-copy]').forEach((button) => {
    button.hidden = false;
    const status = announcer(button);
    button.addEventListener('click', () => copy(button, status));
  });
}

async function copy(button, status) {
  const label = button.querySelector('[data-copy-text]') ?? button;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.copyLabel ??= label.textContent;
  label.textContent = button.dataset.copied;
  status.textContent = button.dataset.copied;
  clearTimeout(Number(button.dataset.copyTimer));
  button.dataset.copyTimer = String(setTimeout(() => {
    label.textContent = button.dataset.copyLabel;
    status.textContent = '';
  }, SHOWN_FOR));
}

function announcer(button) {
  const status = document.createElement('span');
  status.className = 'govuk-visually-hidden';
  status.setAttribute('role', 'status');
  button.after(status);
  return status;
}
