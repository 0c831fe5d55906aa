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
    this.abort = () => {};
    this.announced = 0;
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
      this.abort();
      this.element.remove();
    });
  }

  // Where the server keeps the parts; the row of the same file has the same id.
  goesOnWith(waiting) {
    this.url = waiting.dataset.transferUrl;
    this.id = waiting.dataset.fileKey;
    this.fingerprint = waiting.dataset.fingerprint;
    waiting.replaceWith(this.element);
  }

  // The server knows nothing of it any more: a new beginning, under a new id.
  forgotten() {
    this.isLost = true;
    this.url = undefined;
    this.id = undefined;
    this.announced = 0;
  }

  // The server has told us where its parts go, so its size is in the server's sum.
  get isAnnounced() {
    return this.url !== undefined;
  }

  get takesRoom() {
    return this.element.isConnected && !this.isBad;
  }

  // A courtesy: the server checks again. Returns true when the file need not be sent at all.
  refusedHere(meter) {
    if (this.file.size === 0) return this.bad(fill(this.texts.textEmpty, { name: this.file.name }));
    const text = this.isAnnounced ? '' : meter.refusal(this);
    return text ? this.bad(text) : false;
  }

  bad(text) {
    this.isBad = true;
    this.show('bad', text);
    this.element.classList.add('file--bad');
    this.state.querySelectorAll('[data-icon]').forEach((icon) => { icon.hidden = icon.dataset.icon !== 'bad'; });
    this.progress.hidden = true;
    this.pauseButton.hidden = true;
    this.resumeButton.hidden = true;
    return true;
  }

  queued() {
    this.isLost = false;
    this.moving(true);
    this.show('run', this.texts.textQueued);
  }

  sent(loaded, total, secondsLeft) {
    const percent = Math.floor((100 * loaded) / total);
    this.progress.value = percent;
    if (loaded >= total) {
      this.received();
      return percent;
    }
    const words = fill(this.texts.textSending, { sent: fileSize(loaded), total: fileSize(total), percent });
    this.show('run', Number.isFinite(secondsLeft) ? `${words}, ${this.timeLeft(secondsLeft)}` : words);
    return percent;
  }

  timeLeft(seconds) {
    return seconds < 60 ? this.texts.textLeftSeconds : fill(this.texts.textLeftMinutes, { n: Math.round(seconds / 60) });
  }

  received() {
    this.progress.value = 100;
    this.pauseButton.hidden = true;
    this.show('run', this.texts.textReceived);
  }

  pause(onCancel) {
    onCancel();
    this.abort();
    this.moving(false);
    this.isBroken = false;
    this.show('warn', this.texts.textPaused);
  }

  // Goes on by itself when the network is back; a reason of the server's own stands instead.
  broken(announce, text = '') {
    this.moving(false);
    this.isBroken = true;
    this.show('warn', text || this.wordsOfCut());
    announce(`${this.file.name}: ${this.text.textContent}`);
  }

  // Still at it, only nothing comes through at the moment: seen, and said when it is given up for now.
  waiting(text) {
    this.show('warn', text || this.wordsOfCut());
  }

  wordsOfCut() {
    if (this.isAnnounced) return fill(this.texts.textBroken, { percent: this.progress.value });
    return this.isLost ? this.texts.textLost : this.texts.textUnbegun;
  }

  // The same file, chosen again, goes on from what came before, as after a reload.
  unreadable(announce) {
    this.moving(false);
    this.resumeButton.hidden = true;
    this.show('warn', fill(this.texts.textUnreadable, { name: this.file.name }));
    if (this.isAnnounced) {
      const { url, id, fingerprint, file } = this;
      const known = { coming: '', transferUrl: url, fileKey: id, fingerprint, fileName: file.name, fileSize: file.size };
      Object.assign(this.element.dataset, known);
    }
    announce(this.text.textContent);
    return false;
  }

  announcement(percent) {
    return fill(this.texts.textAnnounce, { name: this.file.name, percent });
  }

  moving(moves) {
    this.isBroken = false;
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
