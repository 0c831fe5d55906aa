// How long is left before the idle log-out: seen every second, heard when it opens and at a few marks.
import { fill, plural } from './texts.js';

const SPOKEN_AT = [60, 30, 10];

export class IdleClock {
  constructor(dialog) {
    this.texts = dialog.dataset;
    this.title = dialog.querySelector('#idle-title');
    this.clock = dialog.querySelector('[data-idle-clock]');
    this.words = dialog.querySelector('[data-idle-words]');
    this.spoken = dialog.querySelector('[data-idle-spoken]');
    this.said = Infinity;
  }

  // The words name the dialog as it opens; what changes later goes through the status line.
  opens(seconds) {
    this.said = seconds;
    this.spoken.textContent = '';
    this.words.textContent = this.sentence(this.inWords(seconds));
    this.shows(seconds);
  }

  shows(seconds) {
    const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    this.clock.textContent = this.sentence(left);
    if (!SPOKEN_AT.some((mark) => seconds <= mark && mark < this.said)) return;
    this.said = seconds;
    this.words.textContent = this.sentence(this.inWords(seconds));
    this.spoken.textContent = this.words.textContent;
  }

  over() {
    this.title.textContent = this.title.dataset.over;
    this.spoken.textContent = this.title.dataset.over;
  }

  sentence(time) {
    return fill(this.title.dataset.text, { time });
  }

  inWords(seconds) {
    const isWhole = seconds >= 60 && seconds % 60 === 0;
    const count = isWhole ? seconds / 60 : seconds;
    const unit = isWhole ? 'minutes' : 'seconds';
    const forms = ['One', 'Few', 'Many'].map((form) => this.texts[unit + form]);
    return fill(plural(count, ...forms), { n: count });
  }
}
