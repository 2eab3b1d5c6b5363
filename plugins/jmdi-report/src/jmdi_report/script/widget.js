/**
 * The network section in a notebook. It stands in a shadow root, so that neither the notebook's
 * styles nor ours reach each other.
 */

import {make} from "./dom.js";
import {NetworkView} from "./network.js";
import {Words} from "./words.js";

/**
 * @param {{model: any, el: HTMLElement}} notebook What anywidget gives.
 * @returns {() => void} Takes the widget away.
 */
export function render({model, el}) {
  const {payload, texts, style} = model.get("content");
  const words = new Words({[payload.lang]: texts}, payload.lang, payload);
  const root = el.attachShadow({mode: "open"});
  const places = {
    filters: make("div", {id: "filters"}),
    map: make("div", {id: "map"}),
    details: make("aside", {id: "details", "aria-label": words.text("details.title")}),
  };
  const network = make(
    "div", {class: "network", dir: words.direction, lang: words.language, "data-theme": themeOf(el)},
    places.filters, places.map, places.details,
  );
  root.append(make("style", {}, style), network);
  const view = new NetworkView(places, payload, words);
  const follow = () => view.selection.choose(
    view.graph.indexOf.get(model.get("selection")) ?? -1, "notebook",
  );
  model.on("change:selection", follow);
  view.selection.subscribe((actor, from) => {
    if (from === "notebook") return;
    model.set("selection", actor < 0 ? null : view.graph.ids[actor]);
    model.save_changes();
  });
  follow();
  return () => model.off("change:selection", follow);
}

/**
 * The theme of a notebook, by what is behind the widget.
 * @param {Element|null} element
 * @returns {"light"|"dark"}
 */
function themeOf(element) {
  for (let at = element; at; at = at.parentElement) {
    const [r, g, b, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g).map(Number);
    if (alpha > 0) return r * 0.3 + g * 0.6 + b * 0.1 < 110 ? "dark" : "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export default {render};
