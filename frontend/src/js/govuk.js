// The behaviours of govuk-frontend the templates rely on.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from 'govuk-frontend';

export function startGovuk() {
  [Button, Checkboxes, ErrorSummary, Radios, SkipLink].forEach((component) => createAll(component));
}
