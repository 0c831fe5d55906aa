// How much of the limit for all files is taken: what the server has listed or been told of, and what waits
// here to be announced. It moves when a file is added, refused or removed, and is no live region.
import { fileSize, fill } from './texts.js';

const STEP = 100 * 1000;

export class Meter {
  constructor(zone, rows) {
    this.zone = zone;
    this.rows = rows;
    this.read();
    // The server's own meter takes the place of ours with every file that came or went.
    new MutationObserver(() => {
      if (this.element !== this.drawn) this.read();
    }).observe(zone, { childList: true });
  }

  get drawn() {
    return this.zone.querySelector('#meter');
  }

  // In the sum of the server is what was announced before it was made.
  read() {
    this.element = this.drawn;
    this.told = new Set([...this.rows].filter((row) => row.isAnnounced));
    this.draw();
  }

  // A file that goes on was in the sum before it got a row of ours.
  knows(row) {
    this.told.add(row);
  }

  isTold(row) {
    return this.told.has(row);
  }

  get limit() {
    return Number(this.element.dataset.limit);
  }

  get used() {
    const ours = [...this.rows].filter((row) => row.takesRoom && !this.isTold(row));
    return ours.reduce((sum, row) => sum + row.file.size, Number(this.element.dataset.used));
  }

  draw() {
    const { used, limit } = this;
    const percent = limit ? Math.min(100, Math.round((100 * used) / limit)) : 100;
    this.element.querySelector('#meter-text .num').textContent = fileSize(used);
    this.element.querySelector('[data-left] .num').textContent = fileSize(Math.max(0, limit - used));
    this.element.querySelector('progress').value = percent;
  }

  // A courtesy: the server checks again, and says it in the same words. Empty where there is room.
  refusal(row) {
    const { size } = row.file;
    const largest = Number(this.element.dataset.largest);
    if (size > largest) return fill(row.texts.textTooBig, { name: row.file.name, size: fileSize(size), limit: fileSize(largest) });
    const total = this.used + size;
    if (total <= this.limit) return '';
    const excess = Math.ceil((total - this.limit) / STEP) * STEP;
    return fill(row.texts.textSum, { total: fileSize(total), limit: fileSize(this.limit), excess: fileSize(excess) });
  }
}
