import assert from "node:assert/strict";
import {test} from "node:test";
import {Camera, NEAREST} from "../../src/jmdi_report/script/camera.js";
import {graphOf} from "../../src/jmdi_report/script/data.js";
import {everything, shownBy} from "../../src/jmdi_report/script/filters.js";
import {Labels} from "../../src/jmdi_report/script/labels.js";
import {Picker} from "../../src/jmdi_report/script/picking.js";
import {sceneOf} from "../../src/jmdi_report/script/scene.js";
import {SHAPES, svgPath} from "../../src/jmdi_report/script/shapes.js";
import {MAP} from "./graph.mjs";

function camera() {
  const made = new Camera({x: 0, y: 0, width: 65535, height: 30000});
  made.resize(800, 560);
  return made;
}

test("all is in view at first, also when the canvas has another size", () => {
  const made = camera();
  for (const [width, height] of [[800, 560], [300, 900]]) {
    made.resize(width, height);
    assert.equal(made.zoom, 1);
    assert.ok(made.x >= 0 && made.y >= 0);
    assert.ok(made.x + 65535 * made.k <= width && made.y + 30000 * made.k <= height);
  }
});

test("zooming keeps what is under the pointer, and has limits", () => {
  const made = camera();
  const before = made.place(200, 100);
  made.zoomAt(3, 200, 100);
  const after = made.place(200, 100);
  assert.ok(Math.abs(before.x - after.x) < 1e-6 && Math.abs(before.y - after.y) < 1e-6);
  made.zoomAt(1e9, 0, 0);
  assert.ok(Math.abs(made.zoom - NEAREST) < 1e-9);
  made.zoomAt(1e-9, 0, 0);
  assert.equal(made.zoom, 0.5);
});

test("the picture cannot be lost by moving it", () => {
  const made = camera();
  made.pan(1e6, 1e6);
  assert.ok(made.x <= 800 && made.y <= 560);
  made.pan(-1e7, -1e7);
  assert.ok(made.x + 65535 * made.k >= 0 && made.y + 30000 * made.k >= 0);
});

test("the nearest shown actor within reach is found", () => {
  const graph = graphOf(MAP);
  const picker = new Picker(sceneOf(graph, "territory", shownBy(graph, everything()), false));
  assert.equal(picker.at(11800, 11800, 3000), 1);
  assert.equal(picker.at(60000, 29000, 3000), -1);
  const filter = {...everything(), hiddenTypes: new Set([1])};
  const fewer = new Picker(sceneOf(graph, "territory", shownBy(graph, filter), false));
  assert.equal(fewer.at(11800, 11800, 3000), 0);
});

test("each shape of the palette has an outline of its own", () => {
  const outlines = SHAPES.map((shape) => svgPath(shape, 8, 8, 5));
  assert.equal(new Set(outlines).size, SHAPES.length);
  for (const outline of outlines) assert.match(outline, /^M[\d.-]/);
});

/** What a canvas does for texts. */
function canvas() {
  const texts = [];
  return {
    texts,
    measureText: (text) => ({width: text.length * 7}),
    strokeText: () => {},
    fillText: (text, x, y) => texts.push([text, x, y]),
  };
}

test("no name is over another, and near the edge it stands to the left", () => {
  const context = canvas();
  const labels = new Labels(context, {width: 400, height: 300}, {ink: "", paper: ""}, "ltr");
  assert.ok(labels.beside("first", 100, 200, 8));
  assert.ok(labels.beside("second", 100, 200, 8)); // to the left
  for (const text of ["below", "above"]) assert.ok(labels.beside(text, 100, 200, 12));
  assert.ok(!labels.beside("fifth", 100, 200, 8));
  labels.keepClear(200, 100, 6);
  assert.ok(labels.beside("marked", 190, 100, 8));
  assert.ok(labels.beside("edge", 390, 250, 8));
  const [first, second, , , marked, edge] = context.texts;
  assert.ok(marked[1] < 190); // not over the mark to its right
  assert.equal(first[1], 108);
  assert.equal(second[1], 100 - 8 - 42);
  assert.equal(edge[1], 390 - 8 - 28);
});
