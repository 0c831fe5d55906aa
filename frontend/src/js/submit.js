// form[data-submit-once]: the second click does nothing. The server has its own key against it.
export function startSubmitOnce() {
  document.querySelectorAll('form[data-submit-once]').forEach((form) => {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = 'yes';
      // After this turn, so that the pressed button's name and value still go with the form.
      setTimeout(() => rest(form, event.submitter), 0);
    });
  });
  // A page brought back by the browser's own "back" must be usable again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload();
  });
}

function rest(form, pressed) {
  if (!pressed) return;
  pressed.disabled = true;
  if (form.dataset.submitText) pressed.textContent = form.dataset.submitText;
}
