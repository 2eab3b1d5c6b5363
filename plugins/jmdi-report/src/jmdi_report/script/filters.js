/**
 * Which actors and ties are shown. Values that are not known have a choice of their own.
 */

import {UNOBSERVED} from "./data.js";

/**
 * @typedef {object} Filter
 * @property {Set<number>} hiddenTypes Indices of types that are not shown; -1 is "not known".
 * @property {Set<number>} hiddenLayers
 * @property {number|null} place Index of the only place to show.
 * @property {number} partners The least number of partners.
 * @property {string} attribute Name of an own attribute, or "".
 * @property {number|null} from The least value of a number.
 * @property {number|null} to Its largest value.
 * @property {Set<string>} hiddenValues Values of a text that are not shown.
 * @property {boolean} unknown Whether actors whose value is not known are shown.
 * @property {boolean} directed Whether direction is shown, by arrows.
 * @property {boolean} unobserved Whether ties that were not observed are shown.
 */

/** @returns {Filter} One that shows all. */
export function everything() {
  return {
    hiddenTypes: new Set(), hiddenLayers: new Set(), place: null, partners: 0,
    attribute: "", from: null, to: null, hiddenValues: new Set(), unknown: true,
    directed: false, unobserved: false,
  };
}

/**
 * @typedef {object} Shown
 * @property {Uint8Array} actors 1 for each actor that is shown.
 * @property {Int32Array} ties Indices of the ties that are shown.
 * @property {number} count How many actors are shown.
 */

/**
 * @param {import("./data.js").Graph} graph
 * @param {Filter} filter
 * @returns {Shown}
 */
export function shownBy(graph, filter) {
  const actors = new Uint8Array(graph.n);
  const fits = attributeTest(graph, filter);
  let count = 0;
  for (let i = 0; i < graph.n; i++) {
    const shown = !filter.hiddenTypes.has(graph.type[i])
      && (filter.place === null || graph.place[i] === filter.place)
      && graph.degree[i] >= filter.partners
      && fits(i);
    if (shown) {
      actors[i] = 1;
      count++;
    }
  }
  const ties = new Int32Array(graph.m);
  let m = 0;
  for (let e = 0; e < graph.m; e++) {
    if (actors[graph.s[e]] && actors[graph.t[e]] && tieFits(graph, filter, e)) ties[m++] = e;
  }
  return {actors, ties: ties.subarray(0, m), count};
}

/**
 * Whether a tie is of those that are shown, whatever its ends.
 * @param {import("./data.js").Graph} graph
 * @param {Filter} filter
 * @param {number} tie
 */
export function tieFits(graph, filter, tie) {
  return !filter.hiddenLayers.has(graph.layer[tie])
    && (filter.unobserved || graph.state[tie] !== UNOBSERVED);
}

/**
 * @param {import("./data.js").Graph} graph
 * @param {Filter} filter
 * @returns {(actor: number) => boolean}
 */
function attributeTest(graph, filter) {
  const attribute = graph.attributes[filter.attribute];
  if (!attribute) return () => true;
  const {values, kind} = attribute;
  return (actor) => {
    const value = values[actor];
    if (value === null || value === undefined) return filter.unknown;
    if (kind !== "number") return !filter.hiddenValues.has(String(value));
    return (filter.from === null || value >= filter.from)
      && (filter.to === null || value <= filter.to);
  };
}

/**
 * The values of an attribute that is text, the most common first.
 * @param {{values: any[]}} attribute
 * @returns {string[]}
 */
export function valuesOf(attribute) {
  const counts = new Map();
  for (const value of attribute.values) {
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
}
