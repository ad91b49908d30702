// The files somebody chose, as a list that grows with each choice. Each row has a name, a size, how far it is, what is
// wrong with it, and a way out. The field always holds the same files as the list.

export class ChosenFiles {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("input[name=files]");
    this.list = form.querySelector("[data-chosen]");
    this.rows = [];
  }

  get files() {
    return this.rows.map(({ file }) => file);
  }

  get wrong() {
    return this.rows.filter(({ words }) => words).map(({ words }) => words);
  }

  // What was refused makes way: a new choice comes in its place. The same file chosen twice is one.
  add(files) {
    this.rows = this.rows.filter(({ words }) => !words);
    for (const file of files) if (!this.rows.some((row) => isSame(row.file, file))) this.rows.push({ file, row: this.#row(file), words: "" });
    const { largest, tooLarge } = this.form.dataset;
    for (const one of this.rows) if (one.file.size > Number(largest)) this.refuse(one, tooLarge.replace("{name}", one.file.name));
    this.#show();
  }

  remove(row) {
    const at = this.rows.findIndex((one) => one.row === row);
    this.rows.splice(at, 1);
    this.#show();
    (this.rows[Math.min(at, this.rows.length - 1)]?.row.querySelector("[data-remove]") ?? this.field).focus();
  }

  refuse(one, words) {
    one.words = words;
    const error = one.row.querySelector(".error");
    error.hidden = !words;
    error.firstElementChild.textContent = words;
  }

  // They go out one after the other, in the order of the list. Null: nothing is on its way.
  progress(share) {
    let left = share === null ? 0 : share * this.rows.reduce((sum, { file }) => sum + file.size, 0);
    for (const { file, row } of this.rows) {
      const bar = row.querySelector("progress");
      bar.hidden = share === null;
      bar.value = 100 * Math.min(1, left / (file.size || 1));
      row.querySelector("[data-remove]").hidden = share !== null;
      left = Math.max(0, left - file.size);
    }
  }

  #row(file) {
    const row = this.form.querySelector("[data-chosen-row]").content.firstElementChild.cloneNode(true);
    row.querySelector("b").textContent = file.name;
    row.querySelector("small").textContent = sizeWords(file.size);
    row.querySelector("[data-remove] span").textContent = `: ${file.name}`;
    row.querySelector("progress").setAttribute("aria-label", file.name);
    return row;
  }

  #show() {
    const all = new DataTransfer();
    for (const file of this.files) all.items.add(file);
    this.field.files = all.files;
    this.list.hidden = this.rows.length === 0;
    this.list.replaceChildren(...this.rows.map(({ row }) => row));
  }
}

const isSame = (one, other) => one.name === other.name && one.size === other.size;

function sizeWords(size) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return size < 1e6 ? `${Math.max(1, Math.round(size / 1e3))} kB` : `${number.format(size / 1e6)} MB`;
}
