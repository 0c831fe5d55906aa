// Comfort on top of pages that work without it. Each module looks for its own data attributes.
import { startAutocomplete } from './autocomplete.js';
import { startAutosave } from './autosave.js';
import { startCopying } from './copy.js';
import { startCounting } from './count.js';
import { startGovuk } from './govuk.js';
import { startHtmx } from './htmx.js';
import { startIdleWarning } from './idle.js';
import { startLetterForm } from './letter_form.js';
import { startPasskey } from './passkey.js';
import { startPasswords } from './password.js';
import { startPrinting } from './print.js';
import { startSelection } from './selection.js';
import { startSubmitOnce } from './submit.js';
import { startUploads } from './uploads.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

startGovuk();
startHtmx();
startCopying();
startCounting();
startPasswords();
startPrinting();
startSelection();
startPasskey();
startSubmitOnce();
startLetterForm();
startAutosave();
startAutocomplete();
startUploads();
startIdleWarning();
