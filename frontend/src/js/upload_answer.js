// What the server says after a file came or went: the meter and the list of what is ready.
const PARTS = ['meter', 'draft-ready'];

export function showAnswer(answer) {
  PARTS.forEach((id) => {
    const drawn = answer.getElementById(id);
    if (drawn) document.getElementById(id)?.replaceWith(document.importNode(drawn, true));
  });
}
