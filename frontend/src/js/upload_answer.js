// What the server says after a file came or went: its row, the meter and the list of what is ready.
const PARTS = ['meter', 'draft-ready'];

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
  row.element.replaceWith(arrived);
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

export function wordsOf(row) {
  return row.textContent.replace(/\s+/g, ' ').trim();
}
