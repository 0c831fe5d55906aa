// [data-uploads]: files go to the server one at a time, each with its own row, while the person writes on.
// With data-transfer-url a file goes in parts and can go on later; else whole, to data-upload-url.
import { csrfToken } from './csrf.js';
import { fill } from './texts.js';
import { say, showAnswer, wordsOf } from './upload_answer.js';
import { rowWaitingFor } from './upload_identity.js';
import { Meter } from './upload_meter.js';
import { UploadRow } from './upload_row.js';
import { sendWhole } from './upload_send.js';
import { sendInParts } from './upload_tus.js';

const TRY_AGAIN_AFTER = 15 * 1000;

export function startUploads() {
  document.querySelectorAll('[data-uploads]').forEach((zone) => {
    if (zone.dataset.uploadUrl) new Uploads(zone).start();
  });
}

class Uploads {
  constructor(zone) {
    this.zone = zone;
    this.input = zone.querySelector('input[type="file"]');
    this.drop = zone.querySelector('[data-drop]');
    this.list = zone.querySelector('[data-file-list]');
    this.template = zone.querySelector('template[data-upload-row]');
    this.status = zone.querySelector('[data-upload-status]');
    this.rows = new Set();
    this.meter = new Meter(zone, this.rows);
    this.queue = [];
    this.busy = false;
  }

  start() {
    this.input.addEventListener('change', () => {
      this.add([...this.input.files]);
      this.input.value = '';
    });
    ['dragenter', 'dragover'].forEach((name) => this.drop.addEventListener(name, (event) => this.over(event, true)));
    ['dragleave', 'drop'].forEach((name) => this.drop.addEventListener(name, (event) => this.over(event, false)));
    this.drop.addEventListener('drop', (event) => this.add([...event.dataTransfer.files]));
    window.addEventListener('beforeunload', (event) => {
      if (this.busy || this.queue.length) event.preventDefault();
    });
    if (this.zone.dataset.transferUrl) {
      window.addEventListener('online', () => this.goOn());
      setInterval(() => this.goOn(), TRY_AGAIN_AFTER);
    }
    this.list.addEventListener('htmx:load', (event) => this.tellStanding(event.target));
  }

  over(event, inside) {
    event.preventDefault();
    this.drop.classList.toggle('is-over', inside);
  }

  async add(files) {
    for (const file of files) {
      const waiting = await rowWaitingFor(file, this.list);
      const row = new UploadRow(this.template, file, {
        onResume: () => this.enqueue(row),
        onCancel: () => this.cancel(row),
      });
      if (waiting) this.goesOn(row, waiting);
      const isRefused = row.refusedHere(this.meter);
      if (!waiting) this.list.append(row.element);
      this.rows.add(row);
      this.meter.draw();
      if (isRefused) this.announce(row.told());
      else this.enqueue(row);
    }
  }

  goesOn(row, waiting) {
    const before = [...this.rows].find((other) => other.element === waiting);
    row.goesOnWith(waiting);
    if (before) this.rows.delete(before);
    if (!before || this.meter.isTold(before)) this.meter.knows(row);
  }

  enqueue(row) {
    row.queued();
    this.queue = [...this.queue.filter((other) => other !== row), row];
    this.next();
  }

  // Called by „Wstrzymaj” too; only a row that is gone for good takes its parts along.
  cancel(row) {
    this.queue = this.queue.filter((other) => other !== row);
    setTimeout(() => {
      if (row.element.isConnected) return;
      this.announce(fill(row.texts.textRemoved, { name: row.file.name }));
      this.input.focus();
      this.forget(row);
    });
  }

  async forget(row) {
    this.rows.delete(row);
    this.meter.draw();
    if (!row.id) return;
    const body = new FormData();
    body.append('csrfmiddlewaretoken', csrfToken());
    body.append('action', `remove:${row.id}`);
    const headers = { 'X-Requested-With': 'XMLHttpRequest' };
    const answer = await fetch(this.zone.dataset.uploadUrl, { method: 'POST', body, headers });
    if (answer.ok && !answer.redirected) showAnswer(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  }

  // What was broken off goes on; what the person paused does not.
  goOn() {
    if (!navigator.onLine) return;
    this.rows.forEach((row) => { if (row.isBroken && row.element.isConnected) this.enqueue(row); });
  }

  async next() {
    if (this.busy) return;
    const row = this.queue.shift();
    if (!row) return;
    this.busy = true;
    const send = this.zone.dataset.transferUrl ? sendInParts : sendWhole;
    const isMended = await send(row, {
      zone: this.zone,
      field: this.input.name,
      slot: '',
      token: csrfToken(),
      announce: (text) => this.announce(text),
    });
    this.busy = false;
    this.meter.draw();
    if (isMended) this.enqueue(row);
    else this.next();
  }

  announce(text) {
    say(this.status, text);
  }

  // A row that was asked for again: heard once it says its last word.
  tellStanding(row) {
    if (row.matches?.('li.file') && !row.hasAttribute('hx-get')) this.announce(wordsOf(row));
  }
}
