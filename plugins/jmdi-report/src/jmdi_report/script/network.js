/**
 * The network section: the map or the matrix, with its buttons, filters, details and
 * announcements. The page and the notebook widget both show it.
 */

import {coloursOf} from "./colours.js";
import {Controls} from "./controls.js";
import {UNOBSERVED, graphOf} from "./data.js";
import {Details} from "./details.js";
import {make} from "./dom.js";
import {shownBy} from "./filters.js";
import {followKeys} from "./keys.js";
import {MapView} from "./map.js";
import {matrixView} from "./matrix.js";
import {followPointers} from "./pointer.js";
import {sceneOf} from "./scene.js";
import {Selection} from "./selection.js";

/** The title of each view, and how to read it. */
const VIEWS = {
  territory: ["map.territory", "map.howto.territory"],
  force: ["map.force", "map.howto.force"],
  matrix: ["map.matrix", "map.howto.matrix"],
};

export class NetworkView {
  /**
   * @param {{map: HTMLElement, filters: HTMLElement, details: HTMLElement, live?: HTMLElement,
   *   howto?: HTMLElement}} places What is in them is replaced; `live` is where changes are
   *   announced, `howto` says how to read the view.
   * @param {any} payload
   * @param {import("./words.js").Words} words
   */
  constructor(places, payload, words) {
    this.places = places;
    this.words = words;
    this.graph = graphOf(payload.map);
    this.selection = new Selection(this.graph.indexOf);
    this.view = "territory";
    this.scene = null;
    this.build();
    const choose = (actor, from) => this.selection.choose(actor, from);
    const page = {words, selection: this.selection};
    this.controls = new Controls(places.filters, this.graph, {
      words, change: () => this.refresh(), choose: (actor) => choose(actor, "search"),
    });
    this.details = new Details(places.details, this.graph, payload, page);
    this.map = new MapView(this.canvas, {
      ...page, filter: () => this.controls.filter, colours: () => coloursOf(this.canvas),
    });
    followPointers(this.canvas, this.map, (actor) => choose(actor, "map"));
    followKeys(this.canvas, this.map, {
      choose: (actor) => choose(actor, "keys"),
      open: () => this.details.focus(),
      chosen: () => this.selection.actor,
    });
    this.selection.subscribe((actor, from) => this.announce(actor, from));
    new ResizeObserver(() => this.map.resize()).observe(this.canvas);
    this.refresh();
  }

  /** The map's elements; texts are set by `name`. */
  build() {
    this.canvas = make("canvas", {
      tabindex: 0, role: "application", "aria-describedby": "map-keys map-status",
    });
    this.matrix = make("div", {class: "matrix", hidden: true});
    this.views = make("div", {class: "views", role: "group"});
    this.zooms = make("div", {class: "zooms", role: "group"});
    this.status = make("p", {id: "map-status", class: "status", role: "status"});
    this.keys = make("p", {id: "map-keys", class: "quiet"});
    this.live = this.places.live ?? make("p", {class: "hidden", "aria-live": "polite"});
    this.stage = make("div", {class: "stage"}, this.canvas, this.zooms);
    this.places.map.replaceChildren(
      this.views, this.stage, this.matrix, this.status, this.keys,
    );
    if (!this.places.live) this.places.map.append(this.live);
    this.places.map.dataset.drawn = "";
    this.name();
  }

  /** Writes the texts in the language that is chosen. */
  name() {
    const {words} = this;
    const button = (text, action, properties = {}) =>
      make("button", {type: "button", onclick: action, ...properties}, text);
    const views = [...Object.keys(this.graph.layouts), "matrix"];
    this.views.setAttribute("aria-label", words.text("map.view"));
    this.views.replaceChildren(...views.map((view) => button(
      words.text(VIEWS[view][0]), () => this.look(view),
      {"aria-pressed": String(view === this.view), "data-view": view},
    )));
    this.zooms.setAttribute("aria-label", words.text("map.title"));
    const zoom = (sign, key, action) =>
      button(sign, action, {"aria-label": words.text(key), title: words.text(key)});
    this.zooms.replaceChildren(
      zoom("+", "map.zoomin", () => this.map.zoom(1.5)),
      zoom("−", "map.zoomout", () => this.map.zoom(1 / 1.5)),
      zoom("⤢", "map.fit", () => this.map.fit()),
    );
    this.canvas.setAttribute("aria-label", words.text("map.title"));
    this.keys.textContent = words.text("map.keys");
  }

  /** Shows another view: a layout, or the matrix. */
  look(view) {
    this.view = view;
    for (const one of this.views.children) {
      one.setAttribute("aria-pressed", String(one.dataset.view === view));
    }
    this.places.map.dataset.view = view;
    this.stage.hidden = this.keys.hidden = view === "matrix";
    this.matrix.hidden = view !== "matrix";
    this.refresh();
  }

  /** Shows what fits the filters. */
  refresh() {
    const {graph, words, controls: {filter}} = this;
    const shown = shownBy(graph, filter);
    const layout = this.view === "matrix" ? "territory" : this.view;
    this.scene = sceneOf(graph, layout, shown, filter.directed);
    if (this.view === "matrix") this.matrix.replaceChildren(matrixView(this.scene, words));
    else this.map.show(this.scene);
    if (this.places.howto) {
      this.places.howto.textContent = words.text(VIEWS[this.view][1]);
    }
    this.status.textContent = words.text("map.showing", {
      shown: shown.count,
      all: graph.n,
      ties: shown.ties.filter((tie) => graph.state[tie] !== UNOBSERVED).length,
    });
  }

  /** Draws again in other colours. */
  repaint() {
    this.map.draw();
  }

  /** Writes all again, in another language. */
  translate() {
    this.name();
    this.controls.render();
    this.details.render();
    this.refresh();
  }

  announce(actor, from) {
    const {graph, words} = this;
    this.live.textContent = actor < 0
      ? words.text("map.nothing") : words.text("map.chosen", {name: words.of(graph.labels[actor])});
    if (actor >= 0 && from !== "map" && this.view !== "matrix") this.map.reveal(actor);
  }
}
