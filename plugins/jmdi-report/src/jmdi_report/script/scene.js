/**
 * What is on the map at this moment, computed once after each change of filters, layout or theme:
 * the positions, the marks by type, the ties by how they are drawn, the bands between territories.
 */

import {DISPUTED, PRESENT} from "./data.js";

/**
 * @typedef {object} Band All ties between two territories.
 * @property {number} a Index of one place, smaller than `b`.
 * @property {number} b
 * @property {number} both Ties without a direction.
 * @property {number} out Ties from `a` to `b` only.
 * @property {number} back Ties from `b` to `a` only.
 */

/**
 * @typedef {object} Scene
 * @property {import("./data.js").Graph} graph
 * @property {import("./data.js").Layout} layout
 * @property {boolean} territories Whether actors stand in discs of territories.
 * @property {import("./filters.js").Shown} shown
 * @property {boolean} directed Whether direction is shown.
 * @property {number[][]} marks Shown actors by type, the worst connected first.
 * @property {Float32Array} size Radius of each mark as a share of the usual one.
 * @property {{inner: number[][], outer: number[][]}} ties Ties by state, within and between
 *   territories.
 * @property {Band[]} bands
 * @property {number} mostTies Ties of the widest band.
 * @property {Int32Array} inPlace How many shown actors each place has.
 * @property {number[]} ranked Shown actors, the best connected first.
 */

/**
 * @param {import("./data.js").Graph} graph
 * @param {string} view Name of the layout.
 * @param {import("./filters.js").Shown} shown
 * @param {boolean} directed
 * @returns {Scene}
 */
export function sceneOf(graph, view, shown, directed) {
  const territories = view === "territory";
  const ranked = rankedActors(graph, shown);
  const marks = Array.from({length: graph.types.length + 1}, () => []);
  const inPlace = new Int32Array(graph.places.length);
  for (let i = ranked.length - 1; i >= 0; i--) {
    const actor = ranked[i];
    marks[graph.type[actor] < 0 ? graph.types.length : graph.type[actor]].push(actor);
    if (graph.place[actor] >= 0) inPlace[graph.place[actor]] += graph.sizes?.[actor] ?? 1;
  }
  const bands = territories ? bandsOf(graph, shown.ties) : [];
  return {
    graph, territories, shown, directed, marks, inPlace, ranked, bands,
    layout: graph.layouts[view],
    size: sizesOf(graph),
    ties: tiesByState(graph, shown.ties, territories),
    mostTies: bands.reduce((most, band) => Math.max(most, band.both + band.out + band.back), 1),
  };
}

/** Shown actors, the best connected first. */
function rankedActors(graph, shown) {
  const found = [];
  for (let i = 0; i < graph.n; i++) if (shown.actors[i]) found.push(i);
  return found.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
}

/** The area of a mark grows with its partners, or with the actors that it stands for. */
function sizesOf(graph) {
  const by = graph.sizes ?? graph.degree;
  const most = by.reduce((a, b) => Math.max(a, b), 1);
  return Float32Array.from(by, (value) => 0.7 + 0.6 * Math.sqrt(value / most));
}

/** Ties by state; without territories all are "outer". */
function tiesByState(graph, ties, territories) {
  const inner = [[], [], []];
  const outer = [[], [], []];
  for (const e of ties) {
    const s = graph.s[e];
    const t = graph.t[e];
    if (s === t) continue;
    const same = territories && graph.place[s] === graph.place[t];
    (same ? inner : outer)[graph.state[e]].push(e);
  }
  return {inner, outer};
}

/** @returns {Band[]} The narrowest first, so that wide ones are drawn over them. */
function bandsOf(graph, ties) {
  const found = new Map();
  const places = graph.places.length;
  for (const e of ties) {
    const from = graph.place[graph.s[e]];
    const to = graph.place[graph.t[e]];
    if (from === to || from < 0 || to < 0) continue;
    if (graph.state[e] !== PRESENT && graph.state[e] !== DISPUTED) continue;
    const a = Math.min(from, to);
    const b = Math.max(from, to);
    let band = found.get(a * places + b);
    if (!band) found.set(a * places + b, band = {a, b, both: 0, out: 0, back: 0});
    // A bubble of many actors has one tie for all of theirs, and its weight says how many.
    const count = graph.sizes ? (graph.weight[e] ?? 1) : 1;
    band[!graph.directed[e] ? "both" : from === a ? "out" : "back"] += count;
  }
  const total = (band) => band.both + band.out + band.back;
  return [...found.values()].sort((p, q) => total(p) - total(q));
}
