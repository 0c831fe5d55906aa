// A file that was stopped on its way: what the person is told, and whether it goes on.
import { takeToken } from './csrf.js';
import { fill } from './texts.js';

const LOGGED_OUT = 401;
const OLD_TOKEN = 403;
const GONE = 404;

// Only our own words are for the person: a page of errors, ours or that of a proxy, is not.
export function faultIn(status, header, body) {
  const isPlain = header('Content-Type')?.startsWith('text/plain');
  return { status, text: isPlain ? body : '', token: header('X-CSRFToken') };
}

// A file that was changed, moved or unplugged since it was chosen: no network brings it back.
export async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

// Returns true when the file may go on at once.
export async function stopped(row, { status = 0, text = '', token = '' }, announce) {
  if (!status && !(await isReadable(row.file))) return row.unreadable(announce);
  if (status === OLD_TOKEN && !row.hasNewToken && takeToken(token)) {
    row.hasNewToken = true;
    return true;
  }
  const isRefused = status >= 400 && status < 500 && status !== LOGGED_OUT;
  if (status === GONE && row.isAnnounced) {
    row.forgotten();
    row.broken(announce);
  } else if (isRefused) {
    row.bad(text || fill(row.texts.textRefused, { name: row.file.name }));
    announce(row.told());
  } else {
    row.broken(announce, text);
  }
  return false;
}
