// What the server says after a file came or went: its row, the meter and the list of what is ready.
const PARTS = ['meter', 'draft-ready'];
const HEARD_AFTER = 20 * 1000;

export function showAnswer(answer) {
  PARTS.forEach((id) => {
    const drawn = answer.getElementById(id);
    if (drawn) document.getElementById(id)?.replaceWith(document.importNode(drawn, true));
  });
}

// The server's own row takes the place of ours; false when the answer holds none.
export function showArrived(row, html, announce) {
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const drawn = answer.querySelector('li.file');
  if (!drawn) return false;
  const arrived = document.importNode(drawn, true);
  const wasHere = row.element.contains(document.activeElement);
  row.element.replaceWith(arrived);
  if (wasHere) arrived.querySelector('.file__act > :last-child')?.focus();
  announce(wordsOf(arrived));
  showAnswer(answer);
  window.htmx?.process(arrived);
  return true;
}

// A file that came in parts: the page asks how it stands now.
export async function arrive(row, announce) {
  row.received();
  try {
    const answer = await fetch(row.rowUrl, { headers: { Accept: 'text/html' } });
    if (answer.ok && showArrived(row, await answer.text(), announce)) return;
  } catch {
    // The file has arrived all the same; only the page could not ask.
  }
  row.broken(announce);
}

// Each sentence is a node of its own, so that two at once are both heard.
export function say(status, text) {
  const said = document.createElement('p');
  said.textContent = text;
  status.append(said);
  setTimeout(() => said.remove(), HEARD_AFTER);
}

// The name and what is said of the file; neither its buttons nor its digest.
export function wordsOf(row) {
  const said = [...row.querySelectorAll('.file__st')].map((line) => line.textContent.replace(/\s+/g, ' ').trim());
  return [row.dataset.fileName, ...said].join('. ');
}
