// The token of any form on the page; the cookie itself stays out of reach of scripts.
export function csrfToken() {
  return document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? '';
}
