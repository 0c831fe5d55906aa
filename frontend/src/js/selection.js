// A checkbox with data-select-all="NAME" rules the checkboxes of that name; [data-selected] takes the count.
import { fill } from './texts.js';

export function startSelection() {
  document.querySelectorAll('[data-select-all]').forEach((all) => {
    const scope = all.closest('form') ?? document;
    const boxes = () => [...scope.querySelectorAll(`input[name="${all.dataset.selectAll}"]`)];
    all.addEventListener('change', () => {
      boxes().forEach((box) => { box.checked = all.checked; });
      tell(all, boxes(), scope);
    });
    scope.addEventListener('change', () => tell(all, boxes(), scope));
    tell(all, boxes(), scope);
  });
}

function tell(all, boxes, scope) {
  const count = boxes.filter((box) => box.checked).length;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  const shown = scope.querySelector('[data-selected]');
  if (shown) shown.textContent = fill(shown.dataset.selected, { n: count });
}
