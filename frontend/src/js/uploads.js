// [data-uploads]: files go to the server one at a time, each with its own row, while the person writes on.
import { csrfToken } from './csrf.js';
import { UploadRow } from './upload_row.js';
import { send } from './upload_send.js';

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
  }

  over(event, inside) {
    event.preventDefault();
    this.drop.classList.toggle('is-over', inside);
  }

  add(files) {
    files.forEach((file) => {
      const row = new UploadRow(this.template, file, {
        onResume: () => this.enqueue(row),
        onCancel: () => { this.queue = this.queue.filter((other) => other !== row); },
      });
      this.list.append(row.element);
      if (row.refusedHere(Number(this.zone.dataset.limit))) {
        this.status.textContent = row.text.textContent;
        return;
      }
      this.enqueue(row);
    });
  }

  enqueue(row) {
    row.queued();
    this.queue.push(row);
    this.next();
  }

  async next() {
    if (this.busy) return;
    const row = this.queue.shift();
    if (!row) return;
    this.busy = true;
    await send(row, {
      url: this.zone.dataset.uploadUrl,
      field: this.input.name,
      token: csrfToken(),
      announce: (text) => { this.status.textContent = text; },
    });
    this.busy = false;
    this.next();
  }
}
