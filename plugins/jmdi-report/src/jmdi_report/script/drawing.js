/**
 * Draws the map sharp: territories, ties, marks, captions and names, in paths of many pieces.
 */

import {DISPUTED, PRESENT, UNOBSERVED} from "./data.js";
import {addShape} from "./shapes.js";
import {Labels} from "./labels.js";

export const NEAR = 2.4;
/** From this zoom on single ties and names are shown instead of bands and captions. */

const CHUNK = 1500;
/** Segments of one path: longer paths take more than their share of time to fill. */

const DASHES = {[PRESENT]: [], [DISPUTED]: [7, 4], [UNOBSERVED]: [2, 4]};
const FONT = "system-ui, 'Noto Sans', sans-serif";
const MOST_NAMES = 30;
const MANY = 1200;
/** Ties from which on single ones can hardly be told from each other. */

/**
 * @typedef {object} Picture
 * @property {CanvasRenderingContext2D} context In CSS pixels.
 * @property {import("./camera.js").Camera} camera
 * @property {import("./scene.js").Scene} scene
 * @property {import("./colours.js").Colours} colours
 * @property {import("./words.js").Words} words
 */

/**
 * The whole map.
 * @param {Picture} picture
 */
export function drawMap(picture) {
  const {context, camera, scene, colours} = picture;
  context.globalAlpha = 1;
  context.lineJoin = "round";
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  const near = camera.zoom >= NEAR;
  if (scene.territories) drawDiscs(picture);
  const crowd = scene.shown.ties.length > 4000;
  const alpha = near ? (crowd ? 0.2 : 0.38) : crowd ? 0.08 : 0.2;
  if (scene.territories) drawTies(picture, scene.ties.inner, near ? alpha : alpha * 0.8);
  if (scene.territories && !near) drawBands(picture);
  else drawTies(picture, scene.ties.outer, alpha);
  drawMarks(picture, scene.marks);
  const labels = new Labels(context, camera, colours, picture.words.direction);
  if (scene.territories) drawCaptions(picture, labels);
  const few = scene.ranked.length <= 40;
  drawNames(picture, labels, near || few ? MOST_NAMES : scene.territories ? 0 : 10);
}

/** Radius of a usual mark in pixels. */
export function markRadius({scene, camera}) {
  return Math.min(Math.max(scene.layout.spacing * camera.k * 0.42, 1), 9);
}

function drawDiscs({context, camera, scene, colours}) {
  context.beginPath();
  scene.graph.places.forEach((place, i) => {
    if (!scene.inPlace[i]) return;
    const r = place.r * camera.k;
    const x = place.x * camera.k + camera.x;
    const y = place.y * camera.k + camera.y;
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  });
  context.fillStyle = colours.disc;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.rim;
  context.stroke();
}

/** Whether a segment can touch the view; it may say yes for some that do not. */
function inView(camera, x1, y1, x2, y2) {
  return !(
    (x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0)
    || (x1 > camera.width && x2 > camera.width) || (y1 > camera.height && y2 > camera.height)
  );
}

/**
 * Ties as straight lines; those in dispute or not observed are dashed. Ties that pass by, with
 * neither end in view, are fainter, and left out where they are many: they would be a grey
 * veil, and where they lead cannot be seen.
 * @param {Picture} picture
 * @param {number[][]} byState
 * @param {number} alpha
 */
function drawTies(picture, byState, alpha) {
  const {context, colours} = picture;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  byState.forEach((ties, state) => {
    const [ending, passing] = split(picture, ties);
    context.setLineDash(DASHES[state]);
    const clear = Math.min(alpha, Math.max(0.08, MANY / 2 / Math.max(ending.length, 1)));
    context.globalAlpha = clear / 4;
    if (passing.length < MANY) strokeTies(picture, passing);
    context.globalAlpha = state === PRESENT ? clear : Math.max(clear, 0.6);
    strokeTies(picture, ending);
  });
  context.setLineDash([]);
  if (picture.scene.directed) {
    context.globalAlpha = Math.min(1, alpha * 1.8);
    context.fillStyle = colours.line;
    drawArrows(picture, byState.flat());
  }
  context.globalAlpha = 1;
}

/** Ties with an end in view, and those that only pass through it. */
function split({camera, scene}, ties) {
  const {graph: {s, t}, layout: {x, y}} = scene;
  const low = camera.place(0, 0);
  const high = camera.place(camera.width, camera.height);
  const inside = (i) => x[i] >= low.x && x[i] <= high.x && y[i] >= low.y && y[i] <= high.y;
  const ending = [];
  const passing = [];
  for (const e of ties) (inside(s[e]) || inside(t[e]) ? ending : passing).push(e);
  return [ending, passing];
}

/** Strokes ties in the style that the canvas has. */
function strokeTies({context, camera, scene}, ties) {
  const {graph: {s, t}, layout: {x, y}} = scene;
  const {k, x: left, y: top} = camera;
  let pieces = 0;
  context.beginPath();
  for (const e of ties) {
    const x1 = x[s[e]] * k + left;
    const y1 = y[s[e]] * k + top;
    const x2 = x[t[e]] * k + left;
    const y2 = y[t[e]] * k + top;
    if (!inView(camera, x1, y1, x2, y2)) continue;
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    if (++pieces === CHUNK) {
      context.stroke();
      context.beginPath();
      pieces = 0;
    }
  }
  context.stroke();
}

/** Heads of the ties that have a direction, at the rim of the mark that they go to. */
function drawArrows(picture, ties) {
  const {context, camera, scene} = picture;
  const {graph, layout: {x, y}} = scene;
  const radius = markRadius(picture);
  if (radius < 2.5) return; // heads would hide the marks
  const head = Math.min(Math.max(radius * 1.4, 4), 8);
  context.beginPath();
  for (const e of ties) {
    if (!graph.directed[e]) continue;
    const [s, t] = [graph.s[e], graph.t[e]];
    const x2 = x[t] * camera.k + camera.x;
    const y2 = y[t] * camera.k + camera.y;
    if (!inView(camera, x2, y2, x2, y2)) continue;
    const angle = Math.atan2(y[t] - y[s], x[t] - x[s]);
    const back = radius * scene.size[t] * 1.1;
    addHead(context, x2 - back * Math.cos(angle), y2 - back * Math.sin(angle), angle, head);
  }
  context.fill();
}

/** Adds the head of an arrow whose tip is at x, y. */
function addHead(context, x, y, angle, size) {
  const corner = (turn) => [
    x - size * Math.cos(angle + turn),
    y - size * Math.sin(angle + turn),
  ];
  context.moveTo(x, y);
  context.lineTo(...corner(0.42));
  context.lineTo(...corner(-0.42));
  context.closePath();
}

/**
 * One band for all ties of two territories, as wide as they are many. Where direction is shown,
 * each direction has a band of its own beside it, which ends in an arrow.
 */
function drawBands(picture) {
  const {context, colours, scene} = picture;
  context.strokeStyle = context.fillStyle = colours.line;
  context.lineCap = "butt";
  const widthOf = (count) => (count ? 0.8 + 11 * (count / scene.mostTies) : 0);
  for (const {a, b, both, out, back} of scene.bands) {
    if (scene.directed) {
      const aside = widthOf(both) / 2 + 1.5;
      drawBand(picture, a, b, widthOf(both));
      drawBand(picture, a, b, widthOf(out), aside);
      drawBand(picture, b, a, widthOf(back), aside);
    } else {
      drawBand(picture, a, b, widthOf(both + out + back));
    }
  }
  context.globalAlpha = 1;
}

/** A band from rim to rim; one that stands aside, to its right, has an arrow. */
function drawBand({context, camera, scene}, from, to, width, beside = 0) {
  if (!width) return;
  const [a, b] = [scene.graph.places[from], scene.graph.places[to]];
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const aside = beside && beside + width / 2;
  const tip = beside && 4 + width;
  const at = (place, along) => [
    place.x * camera.k + camera.x + dx * along - dy * aside,
    place.y * camera.k + camera.y + dy * along + dx * aside,
  ];
  const start = at(a, a.r * camera.k);
  const end = at(b, -b.r * camera.k - tip);
  context.globalAlpha = 0.38;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...start);
  context.lineTo(...end);
  context.stroke();
  if (!beside) return;
  context.beginPath();
  const size = tip / Math.cos(0.42);
  addHead(context, end[0] + dx * tip, end[1] + dy * tip, angle, size);
  context.fill();
}

/**
 * Marks of actors, one path for each type; a thin outline keeps neighbours apart.
 * @param {Picture} picture
 * @param {number[][]} byType Actors by type.
 */
export function drawMarks(picture, byType) {
  const {context, camera, scene, colours} = picture;
  const {graph, layout: {x, y}} = scene;
  const radius = markRadius(picture);
  context.globalAlpha = 1;
  context.lineWidth = 1.2;
  context.strokeStyle = colours.paper;
  byType.forEach((actors, type) => {
    const look = graph.types[type];
    context.fillStyle = look?.[colours.name] ?? colours.unknown;
    let pieces = 0;
    const paint = () => {
      if (radius > 3) context.stroke();
      context.fill();
      context.beginPath();
      pieces = 0;
    };
    context.beginPath();
    for (const i of actors) {
      const px = x[i] * camera.k + camera.x;
      const py = y[i] * camera.k + camera.y;
      if (px < -12 || py < -12 || px > camera.width + 12 || py > camera.height + 12) continue;
      addShape(context, look?.shape ?? "ring", px, py, radius * scene.size[i]);
      if (++pieces === CHUNK) paint();
    }
    paint();
  });
}

/** Names of territories with the number of actors, above their discs. */
function drawCaptions({context, camera, scene, words}, labels) {
  const {places} = scene.graph;
  context.font = `600 13px ${FONT}`;
  const order = places.map((_, i) => i).filter((i) => scene.inPlace[i]);
  order.sort((a, b) => scene.inPlace[b] - scene.inPlace[a]);
  for (const i of order) {
    const {x, y, r} = places[i];
    const px = x * camera.k + camera.x;
    const py = y * camera.k + camera.y;
    const reach = r * camera.k;
    const text = `${words.of(places[i].label)} · ${words.number(scene.inPlace[i])}`;
    labels.above(text, px, py, reach);
  }
}

/** Names of the best connected actors in view; none is drawn over another. */
function drawNames(picture, labels, most) {
  const {context, camera, scene, words} = picture;
  const {graph, layout: {x, y}} = scene;
  const radius = markRadius(picture);
  if (most) keepMarksClear(picture, labels);
  context.font = `12px ${FONT}`;
  let drawn = 0;
  let tried = 0;
  for (const i of scene.ranked) {
    if (drawn >= most || tried > 4 * MOST_NAMES) break;
    const px = x[i] * camera.k + camera.x;
    const py = y[i] * camera.k + camera.y;
    if (px < 0 || py < 0 || px > camera.width || py > camera.height) continue;
    tried++;
    if (labels.beside(words.of(graph.labels[i]), px, py, radius * scene.size[i] + 4)) drawn++;
  }
}

/** Where marks are few, names are not written over them. */
function keepMarksClear(picture, labels, actors = picture.scene.ranked) {
  const {camera, scene} = picture;
  const {x, y} = scene.layout;
  const found = actors
    .map((i) => [x[i] * camera.k + camera.x, y[i] * camera.k + camera.y, i])
    .filter(([px, py]) => px > 0 && py > 0 && px < camera.width && py < camera.height);
  if (found.length > 5 * MOST_NAMES) return;
  const radius = markRadius(picture);
  for (const [px, py, i] of found) labels.keepClear(px, py, radius * scene.size[i]);
}

/**
 * What is chosen or pointed at, over a paler map: its ties, its partners and their names.
 * @param {Picture} picture
 * @param {number} actor
 * @param {number[]} others Its partners.
 * @param {number[]} ties Its ties.
 */
export function drawChosen(picture, actor, others, ties) {
  const {context, camera, scene, colours, words} = picture;
  const {graph, layout: {x, y}} = scene;
  context.globalAlpha = 0.75;
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  context.globalAlpha = 0.8;
  context.strokeStyle = context.fillStyle = colours.accent;
  context.lineWidth = 1.5;
  for (const state of [PRESENT, DISPUTED, UNOBSERVED]) {
    context.setLineDash(DASHES[state]);
    strokeTies(picture, ties.filter((e) => graph.state[e] === state));
  }
  context.setLineDash([]);
  drawArrows(picture, ties);
  const byType = Array.from({length: graph.types.length + 1}, () => []);
  for (const i of [...others, actor]) {
    byType[graph.type[i] < 0 ? graph.types.length : graph.type[i]].push(i);
  }
  drawMarks(picture, byType);
  const px = x[actor] * camera.k + camera.x;
  const py = y[actor] * camera.k + camera.y;
  ringAround(context, px, py, markRadius(picture) * scene.size[actor] + 5, colours.accent);
  const labels = new Labels(context, camera, colours, words.direction);
  context.font = `600 13px ${FONT}`;
  labels.beside(words.of(graph.labels[actor]), px, py, markRadius(picture) + 9, true);
  keepMarksClear(picture, labels, others);
  context.font = `12px ${FONT}`;
  let left = camera.zoom >= NEAR ? MOST_NAMES : 8;
  for (const i of others) {
    if (left-- <= 0) break;
    const at = [x[i] * camera.k + camera.x, y[i] * camera.k + camera.y];
    labels.beside(words.of(graph.labels[i]), ...at, markRadius(picture) * scene.size[i] + 4);
  }
}

/** A ring around a mark. */
export function ringAround(context, x, y, r, colour) {
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.stroke();
}
