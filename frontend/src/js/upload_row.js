// The row of a file on its way. The server's own row takes its place when the file has arrived.
import { fileSize, fill } from './texts.js';

export class UploadRow {
  constructor(template, file, { onResume, onCancel }) {
    this.file = file;
    this.texts = template.dataset;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.text = this.element.querySelector('[data-text]');
    this.state = this.element.querySelector('[data-state]');
    this.progress = this.element.querySelector('[data-progress]');
    this.request = null;
    this.element.querySelector('[data-name]').textContent = file.name;
    this.element.querySelector('[data-size]').textContent = fileSize(file.size);
    this.element.querySelectorAll('[data-about]').forEach((about) => { about.textContent = ` ${file.name}`; });
    this.progress.setAttribute('aria-label', file.name);
    this.pauseButton = this.element.querySelector('[data-pause]');
    this.resumeButton = this.element.querySelector('[data-resume]');
    this.pauseButton.addEventListener('click', () => this.pause(onCancel));
    this.resumeButton.addEventListener('click', onResume);
    this.element.querySelector('[data-cancel]').addEventListener('click', () => {
      onCancel();
      this.request?.abort();
      this.element.remove();
    });
  }

  // A courtesy: the server checks again. Returns true when the file need not be sent at all.
  refusedHere(limit) {
    if (this.file.size === 0) return this.bad(this.texts.textEmpty, {});
    if (limit && this.file.size > limit) return this.bad(this.texts.textTooBig, { limit: fileSize(limit) });
    return false;
  }

  bad(text, values) {
    this.show('bad', fill(text, { name: this.file.name, size: fileSize(this.file.size), ...values }));
    this.element.classList.add('file--bad');
    this.state.querySelectorAll('[data-icon]').forEach((icon) => { icon.hidden = icon.dataset.icon !== 'bad'; });
    this.progress.hidden = true;
    this.pauseButton.hidden = true;
    this.resumeButton.hidden = true;
    return true;
  }

  queued() {
    this.moving(true);
    this.show('run', this.texts.textQueued);
  }

  sent(loaded, total, secondsLeft) {
    const percent = Math.floor((100 * loaded) / total);
    const left = secondsLeft < 60 ? this.texts.textLeftSeconds : fill(this.texts.textLeftMinutes, { n: Math.round(secondsLeft / 60) });
    this.progress.value = percent;
    const words = fill(this.texts.textSending, { sent: fileSize(loaded), total: fileSize(total), percent });
    this.show('run', loaded < total ? `${words}, ${left}` : this.texts.textReceived);
    return percent;
  }

  pause(onCancel) {
    onCancel();
    this.paused = true;
    this.request?.abort();
    this.moving(false);
    this.show('warn', this.texts.textPaused);
  }

  broken() {
    this.moving(false);
    this.show('warn', this.texts.textBroken);
  }

  announcement(percent) {
    return fill(this.texts.textAnnounce, { name: this.file.name, percent });
  }

  moving(moves) {
    this.paused = false;
    this.pauseButton.hidden = !moves;
    this.resumeButton.hidden = moves;
    this.progress.classList.toggle('is-paused', !moves);
    this.state.querySelector('.icon')?.classList.toggle('spin', moves);
  }

  show(tone, text) {
    this.state.className = `file__st st-${tone}`;
    this.text.textContent = text;
  }
}
