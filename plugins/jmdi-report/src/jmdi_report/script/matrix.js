/**
 * The matrix: how many tied pairs there are between types of actor, or between places. It is the
 * clear picture of a dense network, and what the map says to those who do not see it.
 */

import {UNOBSERVED} from "./data.js";
import {make} from "./dom.js";

const MOST_PLACES = 40;

/**
 * Tied pairs of shown actors by the groups of both; a pair counts once, whatever its ties. One
 * that was not observed may be no tie: it is drawn where the filter says so, but never counted.
 * @param {import("./data.js").Graph} graph
 * @param {Int32Array} ties
 * @param {Int32Array} group The group of each actor; -1 for none.
 * @param {number} groups
 * @returns {number[][]} Symmetric counts; the last row and column are for -1.
 */
export function mixing(graph, ties, group, groups) {
  const counts = Array.from({length: groups + 1}, () => new Array(groups + 1).fill(0));
  const seen = new Set();
  for (const e of ties) {
    const a = Math.min(graph.s[e], graph.t[e]);
    const b = Math.max(graph.s[e], graph.t[e]);
    if (a === b || graph.state[e] === UNOBSERVED || seen.has(a * graph.n + b)) continue;
    seen.add(a * graph.n + b);
    const p = group[a] < 0 ? groups : group[a];
    const q = group[b] < 0 ? groups : group[b];
    const count = graph.sizes ? (graph.weight[e] ?? 1) : 1;
    counts[p][q] += count;
    if (p !== q) counts[q][p] += count;
  }
  return counts;
}

/**
 * Both tables.
 * @param {import("./scene.js").Scene} scene
 * @param {import("./words.js").Words} words
 * @returns {HTMLElement}
 */
export function matrixView({graph, shown}, words) {
  const typeLabels = graph.types.map((type) => words.of(type.labels ?? type.label));
  const placeLabels = graph.places.map((place) => words.of(place.label));
  return make(
    "div", {class: "matrices"},
    table("map.mixing", "map.mixing.note", typeLabels,
      mixing(graph, shown.ties, graph.type, graph.types.length), words),
    table("map.mixing.places", "", placeLabels,
      mixing(graph, shown.ties, graph.place, graph.places.length), words),
  );
}

function table(title, note, labels, counts, words) {
  const names = [...labels, words.text("unknown")];
  const total = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const rows = names.map((_, i) => i).filter((i) => total[i]);
  const order = rows.length > MOST_PLACES
    ? rows.sort((a, b) => total[b] - total[a]).slice(0, MOST_PLACES) : rows;
  const most = Math.max(1, ...order.flatMap((i) => order.map((j) => counts[i][j])));
  const head = order.map((i) =>
    make("th", {scope: "col"}, make("span", {class: "upright"}, names[i])));
  const body = order.map((i) => make(
    "tr", {},
    make("th", {scope: "row"}, names[i]),
    ...order.map((j) => cell(counts[i][j], most, words)),
  ));
  return make(
    "div", {class: "matrix-scroll", tabindex: 0, role: "group", "aria-label": words.text(title)},
    make(
      "table", {class: "mixing"},
      make("caption", {}, words.text(title), note && make("small", {}, ` ${words.text(note)}`)),
      make("thead", {}, make("tr", {}, make("td"), ...head)),
      make("tbody", {}, ...body),
    ),
  );
}

/** A cell whose shade grows with its count, never so dark that its text cannot be read. */
function cell(count, most, words) {
  const element = make("td", {}, words.number(count));
  element.style.setProperty("--shade", `${Math.round(Math.sqrt(count / most) * 50)}%`);
  return element;
}
