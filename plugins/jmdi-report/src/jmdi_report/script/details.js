/**
 * The details beside the map: of the actor that is chosen, or else the best connected actors.
 */

import {DISPUTED, UNOBSERVED, partners} from "./data.js";
import {make} from "./dom.js";

const BEST = 10;
const MOST = 15;

export class Details {
  /**
   * @param {HTMLElement} host What is in it is replaced.
   * @param {import("./data.js").Graph} graph
   * @param {any} payload For what tables and descriptions say of an actor.
   * @param {{words: import("./words.js").Words, selection: import("./selection.js").Selection}}
   *   page
   */
  constructor(host, graph, payload, page) {
    this.host = host;
    this.graph = graph;
    this.page = page;
    this.table = payload.tables?.actors;
    this.rowOf = new Map(this.table?.ids.map((id, row) => [id, row]));
    const {id = [], description = []} = payload.record ?? {};
    this.descriptions = new Map(id.map((one, i) => [one, description[i]]));
    page.selection.subscribe(() => this.render());
    this.render();
  }

  render() {
    const {actor} = this.page.selection;
    this.host.replaceChildren(...(actor < 0 ? this.best() : this.chosen(actor)));
  }

  /** Brings the reader to the details. */
  focus() {
    const title = this.host.querySelector("h3");
    title?.setAttribute("tabindex", "-1");
    title?.focus();
  }

  best() {
    const {graph, page: {words}} = this;
    const order = [...graph.degree.keys()].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
    const items = order.slice(0, BEST).map((i) =>
      make("li", {}, this.link(i), " ", make("small", {}, words.number(graph.degree[i]))));
    return [
      make("p", {class: "quiet"}, words.text("map.nothing")),
      make("h3", {}, words.text("details.best")),
      make("ol", {}, ...items),
    ];
  }

  chosen(actor) {
    const {graph, page: {words, selection}} = this;
    const description = this.descriptions.get(graph.ids[actor]);
    return [
      make("h3", {}, make("bdi", {}, words.of(graph.labels[actor]))),
      make("dl", {}, ...this.facts(actor).flatMap(([name, value]) => [
        make("dt", {}, name),
        make("dd", {}, make("bdi", {}, value)),
      ])),
      description ? make("p", {}, make("bdi", {}, description)) : null,
      ...this.partners(actor),
      make(
        "p", {class: "buttons"},
        make("button", {type: "button", onclick: () => selection.choose(-1, "details")},
          words.text("details.clear")),
        make("button", {type: "button", onclick: (event) => this.copy(event.target, actor)},
          words.text("details.copy")),
      ),
    ].filter((part) => part !== null);
  }

  /** What is known of an actor: its type and place, its row of the table, own attributes. */
  facts(actor) {
    const {graph, page: {words}} = this;
    const type = graph.types[graph.type[actor]];
    const facts = new Map([
      [words.text("column.type"), type ? words.of(type.labels ?? type.label) : null],
      [words.text("filter.place"), words.of(graph.places[graph.place[actor]]?.label)],
      [words.text("column.partners"), graph.degree[actor]],
    ]);
    const row = this.rowOf.get(graph.ids[actor]);
    this.table?.columns.forEach((column, c) => {
      const title = words.title(column);
      const value = row === undefined ? null : this.table.rows[c][row];
      if (column.kind !== "link" && !facts.has(title)) facts.set(title, value);
    });
    for (const [name, {values, label}] of Object.entries(graph.attributes)) {
      facts.set(words.of(label) || name, values[actor]);
    }
    const shown = (value) => (typeof value === "number" ? words.number(value) : String(value));
    const missing = (value) => value === null || value === undefined || value === "";
    return [...facts].map(([name, value]) =>
      [name, missing(value) ? words.text("unknown") : shown(value)]);
  }

  partners(actor) {
    const {graph, page: {words}} = this;
    const all = partners(graph, actor);
    const items = all.slice(0, MOST).map((i) =>
      make("li", {}, this.link(i), " ", make("small", {}, this.tieText(actor, i))));
    if (all.length > MOST) {
      items.push(make("li", {}, words.text("details.more", {n: all.length - MOST})));
    }
    if (!all.length) return [];
    return [make("h4", {}, words.text("details.partners")), make("ul", {}, ...items)];
  }

  /** The kinds of the ties of two actors, with what is special about them. */
  tieText(actor, other) {
    const {graph, page: {words}} = this;
    const texts = new Set();
    for (let i = graph.start[actor]; i < graph.start[actor + 1]; i++) {
      const e = graph.ties[i];
      if (graph.s[e] !== other && graph.t[e] !== other) continue;
      const state = {[DISPUTED]: "map.disputed", [UNOBSERVED]: "map.unobserved"}[graph.state[e]];
      const away = (graph.s[e] === actor) === (words.direction === "ltr");
      const arrow = !graph.directed[e] ? "" : away ? "→\u00a0" : "←\u00a0";
      const layer = graph.layers.length > 1 || arrow ? words.of(graph.layers[graph.layer[e]]) : "";
      const text = `${arrow}${layer}${state ? ` (${words.text(state)})` : ""}`.trim();
      if (text) texts.add(text);
    }
    return [...texts].join(", ");
  }

  link(actor) {
    const {graph, page: {words, selection}} = this;
    const choose = (event) => {
      event.preventDefault();
      selection.choose(actor, "details");
      this.focus();
    };
    return make("a", {href: selection.address(actor), onclick: choose},
      make("bdi", {}, words.of(graph.labels[actor])));
  }

  async copy(button, actor) {
    const address = location.href.split("#")[0] + this.page.selection.address(actor);
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = this.page.words.text("details.copied");
    } catch {
      prompt(this.page.words.text("details.copy"), address); // no leave to write the clipboard
    }
  }
}
