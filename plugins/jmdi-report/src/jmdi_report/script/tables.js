/**
 * The tables: sorted, searched, 25 rows a page, and whole as CSV. Without this script a table
 * keeps the rows that Python wrote.
 */

import {csv, download} from "./csv.js";
import {dateText} from "./dates.js";
import {later, make} from "./dom.js";
import {folded} from "./search.js";

export const PAGE = 25;
export const PRINTED = 50;
/** Rows that are printed: of actors, the best connected. */

/**
 * The rows of a table in an order; what is not known comes last either way.
 * @param {any[]} values One for each row.
 * @param {number[]} rows
 * @param {number} turn 1 for the smallest first, -1 for the largest.
 * @param {(a: string, b: string) => number} order
 */
export function sorted(values, rows, turn, order) {
  const missing = (value) => value === null || value === undefined || value === "";
  return [...rows].sort((a, b) => {
    const [p, q] = [values[a], values[b]];
    if (missing(p) || missing(q)) return Number(missing(p)) - Number(missing(q)) || a - b;
    const numbers = typeof p === "number" && typeof q === "number";
    return turn * (numbers ? p - q : order(String(p), String(q))) || a - b;
  });
}

export class TableView {
  /**
   * @param {HTMLTableElement} element
   * @param {{columns: {key: string, label: string, kind: string}[], rows: any[][],
   *   ids: string[], order: number[]}} data
   * @param {{words: import("./words.js").Words, selection: import("./selection.js").Selection}}
   *   page
   */
  constructor(element, data, page) {
    this.element = element;
    this.data = data;
    this.page = page;
    this.natural = data.order?.length ? data.order : data.ids.map((_, i) => i);
    this.column = -1;
    this.turn = 1;
    this.query = "";
    this.at = 0;
    this.limit = PAGE;
    this.bar = make("div", {class: "table-bar"});
    this.foot = make("div", {class: "table-foot"});
    const frame = element.closest(".scroll") ?? element;
    frame.before(this.bar);
    frame.after(this.foot);
    frame.parentElement?.querySelector(".first-rows")?.remove(); // all rows are at hand now
    page.selection.subscribe((actor, from) => this.follow(actor, from));
    this.render();
    if (page.selection.actor >= 0) this.follow(page.selection.actor, "");
  }

  /** Builds all again, such as in another language. */
  render() {
    const {words} = this.page;
    const search = make("input", {
      type: "search", value: this.query,
      oninput: later(() => {
        this.query = search.value;
        this.at = 0;
        this.refresh();
      }, 80),
    });
    this.bar.replaceChildren(
      make("label", {class: "field"}, make("span", {}, words.text("table.search")), search),
      make("button", {type: "button", onclick: () => this.save()}, words.text("table.csv")),
    );
    this.count = make("span", {role: "status"});
    const turner = (key, by) => make("button", {
      type: "button", onclick: () => {
        this.at += by * this.limit;
        this.fill();
      },
    }, words.text(key));
    this.previous = turner("table.previous", -1);
    this.next = turner("table.next", 1);
    this.foot.replaceChildren(this.previous, this.count, this.next);
    this.head();
    this.refresh();
  }

  /** The titles, each a button that sorts. */
  head() {
    const {words} = this.page;
    const titles = this.data.columns.map((column, i) => make(
      "th", {
        scope: "col", class: column.kind === "number" ? "n" : false,
        "aria-sort": i !== this.column ? "none" : this.turn > 0 ? "ascending" : "descending",
      },
      make("button", {
        type: "button", class: "sort", "data-column": i, onclick: () => this.sortBy(i),
      }, this.page.words.title(column)),
    ));
    const row = make("tr", {}, ...titles);
    let head = this.element.tHead;
    if (!head) this.element.append((head = make("thead")));
    head.replaceChildren(row);
  }

  /** Sorts by a column; numbers begin with the largest, the same column again turns round. */
  sortBy(i) {
    const first = this.data.columns[i].kind === "number" ? -1 : 1;
    this.turn = i === this.column ? -this.turn : first;
    this.column = i;
    this.at = 0;
    this.head();
    this.refresh();
    this.element.tHead.querySelector(`[data-column="${i}"]`).focus();
  }

  /** Finds and sorts the rows, then shows a page of them. */
  refresh() {
    const {rows} = this.data;
    const wanted = folded(this.query.trim());
    let found = this.natural;
    if (wanted) {
      this.texts ??= this.natural.length ? this.foldedRows() : [];
      found = found.filter((row) => this.texts[row].includes(wanted));
    }
    this.found = this.column < 0
      ? found : sorted(rows[this.column], found, this.turn, this.page.words.order);
    this.fill();
  }

  foldedRows() {
    return this.data.ids.map((_, row) =>
      folded(this.data.rows.map((column) => column[row] ?? "").join("\n")));
  }

  /** Writes the rows of the page that is shown. */
  fill() {
    const {words, selection} = this.page;
    const all = this.found.length;
    this.at = Math.min(Math.max(this.at, 0), Math.max(0, all - 1));
    this.at -= this.at % this.limit;
    const shown = this.found.slice(this.at, this.at + this.limit);
    const body = make("tbody", {}, ...shown.map((row) => this.row(row)));
    this.element.tBodies[0]?.remove();
    this.element.append(body);
    while (this.element.tBodies.length > 1) this.element.tBodies[0].remove();
    this.count.textContent = all
      ? words.text("table.rows", {first: this.at + 1, last: this.at + shown.length, all})
      : words.text("table.none");
    this.previous.disabled = this.at === 0;
    this.next.disabled = this.at + this.limit >= all;
    this.mark(selection.actor);
  }

  row(row) {
    const {columns, rows, ids} = this.data;
    const id = ids[row];
    const known = this.page.selection.indexOf.has(id);
    const cells = columns.map(({kind}, c) => {
      const text = this.cell(rows[c][row], kind);
      if (text === null) return make("td", {}, make("em", {class: "unknown"}, this.page.words.text("unknown")));
      if (kind === "number") return make("td", {class: "n"}, text);
      if (kind !== "link") return make("td", {}, make("bdi", {}, text));
      const name = make("bdi", {}, text);
      if (!known) return make("th", {scope: "row"}, name);
      const href = `#actor=${encodeURIComponent(id)}`;
      const choose = (event) => {
        event.preventDefault();
        this.page.selection.choose(this.page.selection.indexOf.get(id), "table");
      };
      return make("th", {scope: "row"}, make("a", {href, onclick: choose}, name));
    });
    return make("tr", {"data-id": id}, ...cells);
  }

  /** @returns {string|null} What a value is shown as; null where it is not known. */
  cell(value, kind) {
    if (value === null || value === undefined || value === "") return null;
    if (typeof value === "number") return this.page.words.number(value);
    return kind === "date" ? dateText(String(value), this.page.words) : String(value);
  }

  /** Goes to the row of the chosen actor; where it was chosen in a table, nothing moves. */
  follow(actor, from) {
    if (actor >= 0 && from !== "table" && this.element.dataset.table === "actors") {
      const id = this.page.selection.ids[actor];
      const place = this.found.findIndex((row) => this.data.ids[row] === id);
      if (place >= 0) {
        this.at = place;
        return this.fill();
      }
    }
    this.mark(actor);
  }

  mark(actor) {
    const id = actor < 0 ? null : this.page.selection.ids[actor];
    for (const row of this.element.tBodies[0].rows) {
      const chosen = row.dataset.id === id;
      row.classList.toggle("chosen", chosen);
      const link = row.querySelector("a");
      if (chosen) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  }

  /** All rows that fit the search, as they are sorted, with their ids. */
  csv() {
    const {columns, rows, ids} = this.data;
    const {words} = this.page;
    const header = [words.text("column.id"), ...columns.map((column) => words.title(column))];
    return csv(header, this.found.map((row) => [ids[row], ...rows.map((column) => column[row])]));
  }

  save() {
    download(`${this.element.dataset.table}.csv`, this.csv());
  }

  /** Shows more rows for paper, then those of the screen again. */
  print(on) {
    this.limit = on ? PRINTED : PAGE;
    this.at = on ? 0 : this.at;
    this.fill();
  }
}
