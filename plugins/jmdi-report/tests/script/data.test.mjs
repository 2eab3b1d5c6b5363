import assert from "node:assert/strict";
import {test} from "node:test";
import {gzipSync} from "node:zlib";
import {graphOf, partners} from "../../src/jmdi_report/script/data.js";
import {unpacked} from "../../src/jmdi_report/script/packed.js";
import {readJson} from "../../src/jmdi_report/script/reading.js";
import {MAP} from "./graph.mjs";

test("JSON is read as it is, or from gzip in base64", async () => {
  const value = {label: ["Fès", "جمعية", "</script>"]};
  const text = JSON.stringify(value);
  assert.deepEqual(await readJson({textContent: text, dataset: {}}), value);
  const packed = {textContent: `\n${gzipSync(text).toString("base64")}`, dataset: {encoding: "gzip+base64"}};
  assert.deepEqual(await readJson(packed), value);
});

test("what is not known is -1, and columns that are left out are zeros", () => {
  const graph = graphOf({...MAP, ties: {...MAP.ties, directed: [], state: []}});
  assert.deepEqual([...graph.type], [0, 1, 1, -1, 0]);
  assert.deepEqual([...graph.directed], [0, 0, 0, 0, 0]);
  assert.equal(graph.maxDegree, 3);
  assert.equal(graph.indexOf.get("c"), 2);
});

test("partners are counted once, the best connected first", () => {
  const graph = graphOf(MAP);
  assert.deepEqual(partners(graph, 0), [2, 3, 1]);
  assert.deepEqual(partners(graph, 0, (e) => graph.layer[e] === 0), [2, 1]);
  assert.deepEqual(partners(graph, 4), []);
});

test("a tie of an actor with itself makes no partner", () => {
  const graph = graphOf({...MAP, ties: {...MAP.ties, s: [0, 0, 0, 2, 1], t: [1, 2, 3, 3, 1]}});
  assert.deepEqual(partners(graph, 1), [0]);
});

test("what tables share with the map is not repeated", () => {
  const table = {
    rows: [{of: "label"}, {values: [0, 1, null, 0, 1], codes: ["x", "y"]}, [1, 2, 3, 4, 5],
      {of: "ties.s", codes: "label"}],
    ids: {of: "id"}, order: "degree",
  };
  const read = unpacked({map: MAP, tables: {actors: structuredClone(table)}}).tables.actors;
  assert.deepEqual(read.ids, MAP.id);
  assert.deepEqual(read.rows[1], ["x", "y", null, "x", "y"]);
  assert.equal(read.rows[3][3], "Agadir council");
  assert.deepEqual(read.order, [0, 2, 3, 1, 4]);
});

test("positions come in steps", () => {
  const {territory} = MAP.layouts;
  const graph = graphOf({...MAP, layouts: {territory: {...territory, x: [0, 1, 2, 3, 4095], step: 16}}});
  assert.deepEqual([...graph.layouts.territory.x], [0, 16, 32, 48, 65520]);
});
