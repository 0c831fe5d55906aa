// The row of a file on its way. The server's own row takes its place when the file has arrived.
import { fileSize, fill, plural } from './texts.js';

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
    const about = ` ${fill(this.texts.textAbout, { name: file.name })}`;
    this.element.querySelectorAll('[data-about]').forEach((place) => { place.textContent = about; });
    this.kind(file.name.split('.').pop().toLowerCase());
    this.progress.setAttribute('aria-label', file.name);
    this.pauseButton = this.element.querySelector('[data-pause]');
    this.resumeButton = this.element.querySelector('[data-resume]');
    this.pauseButton.addEventListener('click', () => this.pause(onCancel));
    this.resumeButton.addEventListener('click', onResume);
    this.cancelButton = this.element.querySelector('[data-cancel]');
    this.cancelButton.addEventListener('click', () => {
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
    this.show('bad', text, 'bad');
    this.element.classList.add('file--bad');
    this.cancelButton.classList.add('link-btn--bad');
    this.kind('refused');
    this.progress.hidden = true;
    this.offer(null);
    return true;
  }

  queued() {
    this.isLost = false;
    this.moving(true);
    this.show('run', this.texts.textQueued, 'queued');
  }

  sent(loaded, total, secondsLeft) {
    const percent = Math.floor((100 * loaded) / total);
    this.progress.value = percent;
    if (loaded >= total) {
      this.received();
      return percent;
    }
    const words = fill(this.texts.textSending, { sent: fileSize(loaded), total: fileSize(total), percent });
    this.show('run', Number.isFinite(secondsLeft) ? `${words}, ${this.timeLeft(secondsLeft)}` : words, 'run');
    return percent;
  }

  timeLeft(seconds) {
    if (seconds < 60) return this.texts.textLeftSeconds;
    const { textLeftOne, textLeftFew, textLeftMany } = this.texts;
    const n = Math.round(seconds / 60);
    return fill(plural(n, textLeftOne, textLeftFew, textLeftMany), { n });
  }

  received() {
    this.progress.value = 100;
    this.offer(null);
    this.show('run', this.texts.textReceived, 'received');
  }

  pause(onCancel) {
    onCancel();
    this.abort();
    this.moving(false);
    this.isBroken = false;
    this.show('warn', this.texts.textPaused, 'paused');
  }

  // Goes on by itself when the network is back; a reason of the server's own stands instead.
  broken(announce, text = '') {
    this.moving(false);
    this.isBroken = true;
    this.show('warn', text || this.wordsOfCut(), 'broken');
    announce(this.told());
  }

  // Still at it, only nothing comes through at the moment: seen, and said when it is given up for now.
  waiting(text) {
    this.show('warn', text || this.wordsOfCut(), 'broken');
  }

  wordsOfCut() {
    if (this.isAnnounced) return fill(this.texts.textBroken, { percent: this.progress.value });
    return this.isLost ? this.texts.textLost : this.texts.textUnbegun;
  }

  // The same file, chosen again, goes on from what came before, as after a reload.
  unreadable(announce) {
    this.moving(false);
    this.offer(null);
    this.show('warn', fill(this.texts.textUnreadable, { name: this.file.name }), 'broken');
    if (this.isAnnounced) {
      const { url, id, fingerprint, file } = this;
      const known = { coming: '', transferUrl: url, fileKey: id, fingerprint, fileName: file.name, fileSize: file.size };
      Object.assign(this.element.dataset, known);
    }
    announce(this.told());
    return false;
  }

  announcement(percent) {
    return fill(this.texts.textAnnounce, { name: this.file.name, percent });
  }

  moving(moves) {
    this.isBroken = false;
    this.offer(moves ? this.pauseButton : this.resumeButton);
    this.progress.classList.toggle('is-paused', !moves);
  }

  // One of the two buttons or neither; whoever stood on the one that goes stands on the next.
  offer(offered) {
    const left = [this.pauseButton, this.resumeButton].find((button) => button === document.activeElement);
    [this.pauseButton, this.resumeButton].forEach((button) => { button.hidden = button !== offered; });
    if (left?.hidden) (offered ?? this.cancelButton).focus();
  }

  // What is heard of the row: the name, unless the sentence says it.
  told() {
    const text = this.text.textContent;
    return text.includes(this.file.name) ? text : `${this.file.name}: ${text}`;
  }

  kind(ending) {
    const icons = [...this.element.querySelectorAll('[data-kind]')];
    const its = icons.find((icon) => icon.dataset.kind.split(' ').includes(ending)) ?? icons.at(-1);
    icons.forEach((icon) => { icon.hidden = icon !== its; });
  }

  show(tone, text, icon) {
    this.state.className = `file__st st-${tone}`;
    this.state.querySelectorAll('[data-icon]').forEach((each) => { each.hidden = each.dataset.icon !== icon; });
    this.text.textContent = text;
  }
}
