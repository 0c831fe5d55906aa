// <input data-autocomplete-url> becomes a combobox; the chosen value goes into data-autocomplete-into.
import accessibleAutocomplete from 'accessible-autocomplete';
import { escapeHtml, fill, plural } from './texts.js';

const MIN_LENGTH = 2;
const WAIT = 200;

export function startAutocomplete() {
  document.querySelectorAll('input[data-autocomplete-url]').forEach(enhance);
}

function enhance(field) {
  const texts = { ...field.dataset };
  const into = document.getElementById(texts.autocompleteInto);
  const place = document.createElement('div');
  const later = latest();
  const described = field.getAttribute('aria-describedby');
  const invalid = field.getAttribute('aria-invalid');
  let asked = '';
  let waiting = false;
  const none = () => (waiting ? texts.textSearching : texts.textNone);
  field.replaceWith(place);

  accessibleAutocomplete({
    element: place,
    id: field.id,
    name: field.name,
    defaultValue: field.value,
    minLength: MIN_LENGTH,
    displayMenu: 'overlay',
    confirmOnBlur: false,
    autoselect: false,
    source: (query, show) => {
      asked = query;
      waiting = true;
      later(async () => {
        const found = await ask(texts.autocompleteUrl, query);
        if (query !== asked) return;
        waiting = false;
        show(found);
      });
    },
    templates: {
      inputValue: (option) => (typeof option === 'string' ? option : option?.label ?? ''),
      suggestion: (option) => (typeof option === 'string' ? escapeHtml(option) : drawn(option, asked)),
    },
    onConfirm: (option) => { if (into && option?.value) into.value = option.value; },
    tNoResults: none,
    tStatusQueryTooShort: (length) => fill(texts.textMore, { n: length - asked.length > 0 ? length : 1 }),
    tStatusNoResults: none,
    tStatusSelectedOption: (label, count, at) => fill(texts.textChosen, { label, n: count, place: at + 1 }),
    tStatusResults: (count, chosen) => `${fill(plural(count, texts.textOne, texts.textFew, texts.textMany), { n: count })}. ${chosen}`,
    tAssistiveHint: () => '',
  });
  finish(place.querySelector('input'), described, invalid, into);
}

// The combobox draws its own input: hint and error must be tied to it again.
function finish(input, described, invalid, into) {
  const tie = () => {
    if (described && input.getAttribute('aria-describedby') !== described) input.setAttribute('aria-describedby', described);
    if (invalid && input.getAttribute('aria-invalid') !== invalid) input.setAttribute('aria-invalid', invalid);
  };
  new MutationObserver(tie).observe(input, { attributes: true, attributeFilter: ['aria-describedby', 'aria-invalid'] });
  tie();
  // What was chosen before no longer counts once other text is typed.
  input.addEventListener('input', () => { if (into) into.value = ''; });
}

function drawn(option, query) {
  const detail = option.detail ? `<small>${escapeHtml(option.detail)}</small>` : '';
  return marked(option.label, query) + detail;
}

function marked(label, query) {
  const at = label.toLocaleLowerCase('pl').indexOf(query.trim().toLocaleLowerCase('pl'));
  if (at < 0 || !query.trim()) return escapeHtml(label);
  const end = at + query.trim().length;
  return `${escapeHtml(label.slice(0, at))}<mark>${escapeHtml(label.slice(at, end))}</mark>${escapeHtml(label.slice(end))}`;
}

async function ask(url, query) {
  try {
    const address = new URL(url, window.location.href);
    address.searchParams.set('q', query);
    const answer = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    return answer.ok ? (await answer.json()).results : [];
  } catch {
    return [];
  }
}

// Runs only the last of several calls in quick succession: one question per pause in typing.
function latest() {
  let timer = 0;
  return (run) => {
    clearTimeout(timer);
    timer = setTimeout(run, WAIT);
  };
}
