import assert from "node:assert/strict";
import {test} from "node:test";
import {graphOf} from "../../src/jmdi_report/script/data.js";
import {everything, shownBy, valuesOf} from "../../src/jmdi_report/script/filters.js";
import {mixing} from "../../src/jmdi_report/script/matrix.js";
import {sceneOf} from "../../src/jmdi_report/script/scene.js";
import {MAP} from "./graph.mjs";

const graph = graphOf(MAP);
const shown = (change) => shownBy(graph, {...everything(), ...change});
const actors = (change) => graph.ids.filter((_, i) => shown(change).actors[i]).join("");

test("all are shown, but no tie that was not observed", () => {
  assert.equal(actors({}), "abcde");
  assert.deepEqual([...shown({}).ties], [0, 1, 3, 4]);
  assert.deepEqual([...shown({unobserved: true}).ties], [0, 1, 2, 3, 4]);
});

test("each filter hides what it says", () => {
  assert.equal(actors({hiddenTypes: new Set([1])}), "ade");
  assert.equal(actors({hiddenTypes: new Set([-1])}), "abce");
  assert.equal(actors({place: 1}), "cd");
  assert.equal(actors({partners: 2}), "acd");
  assert.deepEqual([...shown({hiddenLayers: new Set([1])}).ties], [0, 1]);
});

test("own attributes filter by number and by text; what is not known has its own choice", () => {
  assert.equal(actors({attribute: "budget", from: 20}), "bcde");
  assert.equal(actors({attribute: "budget", from: 20, to: 40, unknown: false}), "bd");
  assert.equal(actors({attribute: "sector", hiddenValues: new Set(["jobs"])}), "bd");
  assert.deepEqual(valuesOf(MAP.attributes.sector), ["jobs", "health"]);
});

test("ties of hidden actors are hidden", () => {
  assert.deepEqual([...shown({hiddenTypes: new Set([-1])}).ties], [0, 1, 4]);
});

test("a scene has a band for two territories, with its directions", () => {
  const scene = sceneOf(graph, "territory", shown({}), true);
  assert.deepEqual(scene.bands, [{a: 0, b: 1, both: 1, out: 1, back: 0}]);
  assert.deepEqual(scene.ties.inner, [[0], [3], []]);
  assert.deepEqual(scene.ties.outer, [[1, 4], [], []]);
  assert.deepEqual(scene.ranked, [0, 2, 3, 1, 4]);
  assert.deepEqual([...scene.inPlace], [2, 2]);
});

test("the matrix counts each tied pair once, and none that was not observed", () => {
  const all = shown({unobserved: true});
  assert.deepEqual(mixing(graph, all.ties, graph.type, 2), [[0, 2, 0], [2, 0, 1], [0, 1, 0]]);
  assert.deepEqual(mixing(graph, all.ties, graph.place, 2), [[1, 1, 0], [1, 1, 0], [0, 0, 0]]);
});
