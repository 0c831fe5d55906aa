// <button data-show-password="ID" hidden>; the field is hidden again before it is sent.
export function startPasswords() {
  document.querySelectorAll('[data-show-password]').forEach((button) => {
    const field = document.getElementById(button.dataset.showPassword);
    if (!field) return;
    button.hidden = false;
    button.addEventListener('click', () => set(button, field, field.type === 'password'));
    field.form?.addEventListener('submit', () => set(button, field, false));
  });
}

function set(button, field, visible) {
  field.type = visible ? 'text' : 'password';
  button.textContent = visible ? button.dataset.textHide : button.dataset.textShow;
}
