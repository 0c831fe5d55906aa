// How a file is known again after a reload or on another device: what it starts and ends with, and its size.
const SAMPLE = 256 * 1024;

// Without https the browser has no digests; then name and size alone must do.
export async function fingerprintOf(file) {
  if (!crypto.subtle) return '';
  const sample = new Blob([String(file.size), file.slice(0, SAMPLE), file.slice(-SAMPLE)]);
  const digest = await crypto.subtle.digest('SHA-256', await sample.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// The row of the page that waits for this very file to be chosen again, if there is one.
export async function rowWaitingFor(file, list) {
  const rows = [...list.querySelectorAll('li.file[data-transfer-url]')];
  const alike = rows.filter((row) => row.dataset.fileName === file.name && Number(row.dataset.fileSize) === file.size);
  if (!alike.length) return null;
  const fingerprint = await fingerprintOf(file);
  const isSame = (row) => !row.dataset.fingerprint || !fingerprint || row.dataset.fingerprint === fingerprint;
  return alike.find(isSame) ?? null;
}
