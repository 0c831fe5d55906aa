// Texts come from the server in data attributes, already translated; here only the gaps are filled.

// Puts values into the gaps: fill('[n] z [total]', { n: 1, total: 2 }).
export function fill(text, values) {
  return text.replace(/\[(\w+)\]/g, (gap, name) => (name in values ? String(values[name]) : gap));
}

// Chooses among three plural forms by the rules of the page's language.
export function plural(count, one, few, many) {
  const form = new Intl.PluralRules(document.documentElement.lang || 'pl').select(count);
  return { one, few }[form] ?? many;
}

// 9 716 with a non-breaking space, as the server writes it.
export function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

// 2,1 MB, as the server writes it.
export function fileSize(bytes) {
  const mega = 1000 * 1000;
  if (bytes <= 0) return '0\u00a0B';
  if (bytes < mega) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0kB`;
  if (bytes % mega === 0) return `${grouped(bytes / mega)}\u00a0MB`;
  const tenths = Math.round((bytes * 10) / mega);
  return `${grouped(Math.floor(tenths / 10))},${tenths % 10}\u00a0MB`;
}

export function escapeHtml(text) {
  const box = document.createElement('div');
  box.textContent = text;
  return box.innerHTML.replaceAll('"', '&quot;');
}
