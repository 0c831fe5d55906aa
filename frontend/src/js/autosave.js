// form[data-autosave] is saved by htmx; here its state is told, and a person warned who leaves too early.
import { takeToken } from './csrf.js';

export function startAutosave() {
  const form = document.querySelector('form[data-autosave]');
  if (!form) return;
  let unsaved = false;
  const status = () => document.getElementById('draft-saved');
  const words = (text) => {
    const shown = status()?.querySelector('[data-saved-text]');
    if (shown && text) shown.textContent = text;
  };

  form.addEventListener('input', (event) => {
    if (event.target.type !== 'file') unsaved = true;
  });
  // Rows of files ask for their state too; only the form itself saves.
  form.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target === form) words(status()?.dataset.textSaving);
    if (event.target === form) status()?.querySelector('.saved')?.classList.add('is-saving');
  });
  form.addEventListener('htmx:afterRequest', (event) => {
    if (event.target !== form) return;
    takeToken(event.detail.xhr?.getResponseHeader('X-CSRFToken'));
    if (event.detail.successful) unsaved = false;
    else words(status()?.dataset.textFailed);
  });
  form.addEventListener('submit', () => { unsaved = false; });
  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });
}
