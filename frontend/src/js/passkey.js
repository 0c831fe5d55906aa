// [data-passkey]: signing with a passkey. The browser holds the key, so this way needs JavaScript.
export function startPasskey() {
  const part = document.querySelector('[data-passkey]');
  const form = part?.querySelector('[data-passkey-form]');
  if (!form || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  part.hidden = false;
  form.addEventListener('submit', (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(form, part.querySelector('[data-passkey-fault]'));
  });
}

async function answer(form, fault) {
  fault.hidden = true;
  try {
    const { publicKey } = JSON.parse(form.dataset.options);
    const options = window.PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    const credential = await navigator.credentials.get({ publicKey: options });
    form.elements.answer.value = JSON.stringify(credential.toJSON());
  } catch {
    fault.hidden = false;
    return;
  }
  form.requestSubmit();
}
