// The token of any form on the page; the cookie itself stays out of reach of scripts.
const INPUTS = 'input[name="csrfmiddlewaretoken"]';

export function csrfToken() {
  return document.querySelector(INPUTS)?.value ?? '';
}

// Whoever logged out and in again in another tab has a new one: it comes with the refusal of the old.
export function takeToken(token) {
  if (!token) return false;
  document.querySelectorAll(INPUTS).forEach((input) => { input.value = token; });
  return true;
}
