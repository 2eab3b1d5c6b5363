/**
 * The network as columns, and who is tied to whom.
 */

/**
 * Where actors stand; `spacing` is about how far each is from the nearest other one.
 * @typedef {{x: Uint16Array, y: Uint16Array, width: number, height: number, spacing: number}} Layout
 */

/**
 * A network of actors as columns; every list of actors has an item for each of them.
 * @typedef {object} Graph
 * @property {number} n How many actors there are.
 * @property {string[]} ids
 * @property {string[]} labels
 * @property {Int32Array} type Index of the type; -1 where it is not known.
 * @property {Int32Array} place Index of the place; -1 where it is not known.
 * @property {Int32Array} degree How many partners each has.
 * @property {number} maxDegree
 * @property {{code: string, label: any, labels?: Object<string, string>, shape: string,
 *   light: string, dark: string}[]} types
 * @property {{code: string, label: any, x: number, y: number, r: number}[]} places
 * @property {Object<string, Layout>} layouts
 * @property {any[]} layers The kinds of tie.
 * @property {number} m How many ties there are.
 * @property {Int32Array} s One end of each tie.
 * @property {Int32Array} t Its other end.
 * @property {Uint8Array} layer
 * @property {Uint8Array} directed 1 where the tie goes from `s` to `t` only.
 * @property {Uint8Array} state PRESENT, DISPUTED or UNOBSERVED.
 * @property {(number|null)[]} weight Empty where all ties count 1.
 * @property {number[]|null} sizes How many actors each item stands for; null where it is one.
 * @property {Object<string, {kind: string, values: any[], label?: any}>} attributes
 * @property {Map<string, number>} indexOf The index of each id.
 * @property {Int32Array} start Where the ties of each actor begin in `ties`; has n + 1 items.
 * @property {Int32Array} ties Indices of ties, those of the first actor first.
 */

export const PRESENT = 0;
export const DISPUTED = 1;
export const UNOBSERVED = 2;

/**
 * The network of the map, ready to be drawn.
 * @param {any} map `map` of the payload.
 * @returns {Graph}
 */
export function graphOf(map) {
  const n = map.id.length;
  const {s, t, layer, directed, state, weight} = map.ties;
  const degree = Int32Array.from(map.degree);
  const graph = {
    n,
    ids: map.id,
    labels: map.label,
    type: Int32Array.from(map.type, orMissing),
    place: Int32Array.from(map.place, orMissing),
    degree,
    maxDegree: degree.reduce((a, b) => Math.max(a, b), 1),
    types: map.types,
    places: map.places,
    layouts: {},
    layers: map.layers ?? [],
    m: s.length,
    s: Int32Array.from(s),
    t: Int32Array.from(t),
    layer: Uint8Array.from(layer),
    directed: orZeros(directed, s.length),
    state: orZeros(state, s.length),
    weight: weight ?? [],
    sizes: map.aggregated ? map.size : null,
    attributes: map.attributes ?? {},
    indexOf: new Map(map.id.map((id, i) => [id, i])),
  };
  for (const [name, layout] of Object.entries(map.layouts)) {
    const {x, y, step = 1} = layout;
    const whole = (steps) => Uint16Array.from(steps, (value) => value * step);
    graph.layouts[name] = {...layout, x: whole(x), y: whole(y)};
  }
  return Object.assign(graph, adjacency(n, graph.s, graph.t));
}

/** @param {number|null} index */
function orMissing(index) {
  return index ?? -1;
}

/**
 * A column that is left out where it has zeros only.
 * @param {number[]} column
 * @param {number} length
 */
function orZeros(column, length) {
  return column?.length ? Uint8Array.from(column) : new Uint8Array(length);
}

/**
 * The ties of each actor, one list after another.
 * @param {number} n
 * @param {Int32Array} s
 * @param {Int32Array} t
 * @returns {{start: Int32Array, ties: Int32Array}}
 */
function adjacency(n, s, t) {
  const start = new Int32Array(n + 1);
  for (let e = 0; e < s.length; e++) {
    start[s[e] + 1]++;
    if (s[e] !== t[e]) start[t[e] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const next = start.slice(0, n);
  const ties = new Int32Array(start[n]);
  for (let e = 0; e < s.length; e++) {
    ties[next[s[e]]++] = e;
    if (s[e] !== t[e]) ties[next[t[e]]++] = e;
  }
  return {start, ties};
}

/**
 * The partners of an actor, each once, the best connected first.
 * @param {Graph} graph
 * @param {number} actor
 * @param {(tie: number) => boolean} [counts] Which ties count; by default all.
 * @returns {number[]}
 */
export function partners(graph, actor, counts = () => true) {
  const found = new Set();
  for (let i = graph.start[actor]; i < graph.start[actor + 1]; i++) {
    const tie = graph.ties[i];
    const other = graph.s[tie] === actor ? graph.t[tie] : graph.s[tie];
    if (other !== actor && counts(tie)) found.add(other);
  }
  return [...found].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
}
