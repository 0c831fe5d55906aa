// htmx sends the CSRF token in a header, so that a link or a field outside a form may post too.
import { csrfToken } from './csrf.js';

export function startHtmx() {
  document.body.addEventListener('htmx:configRequest', (event) => {
    if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = csrfToken();
  });
}
