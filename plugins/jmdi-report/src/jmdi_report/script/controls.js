/**
 * The form of the filters: types, place, kinds of tie, partners, own attributes, search.
 */

import {UNOBSERVED} from "./data.js";
import {make} from "./dom.js";
import {everything, valuesOf} from "./filters.js";
import {Finder} from "./search.js";
import {svgPath} from "./shapes.js";

const MOST_VALUES = 12;

export class Controls {
  /**
   * @param {HTMLElement} host Where the form stands; what is in it is replaced.
   * @param {import("./data.js").Graph} graph
   * @param {{words: import("./words.js").Words, change: () => void,
   *   choose: (actor: number) => void}} page
   */
  constructor(host, graph, page) {
    this.host = host;
    this.graph = graph;
    this.page = page;
    this.filter = everything();
    this.finder = new Finder(graph.labels);
    this.render();
  }

  /** Builds the form again, such as in another language. */
  render() {
    const {graph, page: {words}} = this;
    const form = make(
      "form", {class: "filters", onsubmit: (event) => event.preventDefault()},
      this.search(),
      this.types(),
      graph.places.length > 1 && this.places(),
      graph.layers.length > 1 && this.layers(),
      this.partners(),
      Object.keys(graph.attributes).length > 0 && this.attributes(),
      graph.directed.includes(1) && this.switchOf("directed", "filter.direction"),
      graph.state.includes(UNOBSERVED) && this.switchOf("unobserved", "filter.unobserved"),
      make("button", {type: "button", onclick: () => this.reset()}, words.text("filter.reset")),
    );
    this.host.replaceChildren(form);
  }

  reset() {
    this.filter = everything();
    this.render();
    this.page.change();
  }

  /** A check box, with a mark before its label where it has one. */
  check(label, checked, change, mark = null) {
    const box = make("input", {
      type: "checkbox", checked, onchange: (event) => {
        change(event.target.checked);
        this.page.change();
      },
    });
    return make("label", {class: "check"}, box, mark, make("span", {}, label));
  }

  /** A check box for each item, which adds to and takes from the items that are hidden. */
  checks(legend, items, hidden) {
    const boxes = items.map(([key, label, mark]) => this.check(
      label, !hidden.has(key), (on) => (on ? hidden.delete(key) : hidden.add(key)), mark,
    ));
    return make("fieldset", {}, make("legend", {}, this.page.words.text(legend)), ...boxes);
  }

  types() {
    const {graph, page: {words}} = this;
    const present = new Set(graph.type);
    const items = graph.types
      .map((type, i) => [i, words.of(type.labels ?? type.label), swatch(type)])
      .filter(([i]) => present.has(i));
    if (present.has(-1)) items.push([-1, words.text("unknown"), null]);
    return this.checks("filter.types", items, this.filter.hiddenTypes);
  }

  layers() {
    const {graph, page: {words}} = this;
    const items = graph.layers.map((layer, i) => [i, words.of(layer), null]);
    return this.checks("filter.layers", items, this.filter.hiddenLayers);
  }

  places() {
    const {graph, filter, page: {words, change}} = this;
    const order = graph.places.map((place, i) => [i, words.of(place.label)]);
    order.sort((a, b) => words.order(a[1], b[1]));
    const select = make(
      "select", {
        onchange: (event) => {
          filter.place = event.target.value === "" ? null : Number(event.target.value);
          change();
        },
      },
      make("option", {value: ""}, words.text("filter.place.all")),
      ...order.map(([i, label]) => make("option", {value: String(i)}, label)),
    );
    select.value = filter.place === null ? "" : String(filter.place);
    return field(words.text("filter.place"), select);
  }

  partners() {
    const {graph, filter, page: {words, change}} = this;
    const value = make("output", {}, words.number(filter.partners));
    const range = make("input", {
      type: "range", min: 0, max: Math.min(graph.maxDegree, 50), step: 1, value: filter.partners,
      oninput: (event) => {
        filter.partners = Number(event.target.value);
        value.textContent = words.number(filter.partners);
        change();
      },
    });
    return field(words.text("filter.partners"), range, value);
  }

  attributes() {
    const {graph, filter, page: {words, change}} = this;
    const names = Object.keys(graph.attributes);
    const choices = make("div", {class: "choices"});
    const shown = () => choices.replaceChildren(...this.choices(filter.attribute));
    const select = make(
      "select", {
        onchange: (event) => {
          filter.attribute = event.target.value;
          Object.assign(filter, {from: null, to: null, unknown: true});
          filter.hiddenValues.clear();
          shown();
          change();
        },
      },
      make("option", {value: ""}, words.text("filter.attribute.none")),
      ...names.map((name) => make("option", {value: name}, words.of(graph.attributes[name].label) || name)),
    );
    select.value = filter.attribute;
    shown();
    return make("div", {}, field(words.text("filter.attribute"), select), choices);
  }

  /** What can be chosen of an attribute: from and to of numbers, each value of texts. */
  choices(name) {
    const attribute = this.graph.attributes[name];
    if (!attribute) return [];
    const {filter, page: {words, change}} = this;
    const unknown = attribute.values.includes(null)
      ? [this.check(words.text("filter.unknown"), filter.unknown, (on) => (filter.unknown = on))]
      : [];
    if (attribute.kind !== "number") {
      const items = valuesOf(attribute).slice(0, MOST_VALUES).map((value) => [value, value, null]);
      const boxes = items.map(([key]) => this.check(key, !filter.hiddenValues.has(key), (on) =>
        (on ? filter.hiddenValues.delete(key) : filter.hiddenValues.add(key))));
      return [...boxes, ...unknown];
    }
    const bound = (side, key) => field(words.text(key), make("input", {
      type: "number", step: "any", value: filter[side] ?? "",
      oninput: (event) => {
        filter[side] = event.target.value === "" ? null : Number(event.target.value);
        change();
      },
    }));
    return [bound("from", "filter.from"), bound("to", "filter.to"), ...unknown];
  }

  switchOf(name, key) {
    const {filter, page: {words}} = this;
    return this.check(words.text(key), filter[name], (on) => (filter[name] = on));
  }

  search() {
    const {graph, page: {words, choose}} = this;
    const list = make("ul", {class: "found"});
    const pick = (i) => {
      list.replaceChildren();
      input.value = words.of(graph.labels[i]);
      choose(i);
    };
    const input = make("input", {
      type: "search", autocomplete: "off", spellcheck: "false",
      oninput: () => {
        const found = this.finder.find(input.value);
        list.replaceChildren(...found.map((i) => make(
          "li", {},
          make("button", {type: "button", onclick: () => pick(i)}, make("bdi", {}, graph.labels[i])),
        )));
        if (!found.length && input.value.trim()) {
          list.append(make("li", {}, words.text("table.none")));
        }
      },
      onkeydown: (event) => {
        const first = this.finder.find(input.value, 1);
        if (event.key === "Enter" && first.length) pick(first[0]);
        if (event.key === "Escape") list.replaceChildren();
      },
    });
    return make("div", {class: "find"}, field(words.text("filter.find"), input), list);
  }
}

/** A labelled control. */
function field(label, ...controls) {
  return make("label", {class: "field"}, make("span", {}, label), ...controls);
}

const SVG = "http://www.w3.org/2000/svg";

/** The mark of a type as a small picture, in both colours: the style sheet shows one. */
export function swatch(type) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", svgPath(type.shape, 8, 8, 5.5));
  path.style.setProperty("--light", type.light);
  path.style.setProperty("--dark", type.dark);
  svg.append(path);
  return svg;
}
