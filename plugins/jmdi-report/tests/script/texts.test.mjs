import assert from "node:assert/strict";
import {test} from "node:test";
import {csv, csvField} from "../../src/jmdi_report/script/csv.js";
import {dateText} from "../../src/jmdi_report/script/dates.js";
import {shortened} from "../../src/jmdi_report/script/labels.js";
import {Finder, folded} from "../../src/jmdi_report/script/search.js";
import {Selection} from "../../src/jmdi_report/script/selection.js";
import {sorted} from "../../src/jmdi_report/script/tables.js";
import {Words} from "../../src/jmdi_report/script/words.js";
import {MAP} from "./graph.mjs";

const CATALOGUE = {
  en: {rows: "Rows {first} to {last} of {all}", only: "English"},
  ar: {rows: "{first} {last} {all}"},
};

test("formulas are guarded, numbers and plain texts are not", () => {
  for (const text of ["=SUM(A1)", "+1", "-1+2", "@x", "\tx", " =1"]) {
    assert.match(csvField(text).replace(/^"/, ""), /^'/, text);
  }
  assert.equal(csvField(-5), "-5");
  assert.equal(csvField("a-b"), "a-b");
  assert.equal(csvField(null), "");
});

test("CSV quotes what has to be and begins with the mark of UTF-8", () => {
  assert.equal(csv(["a", "b"], [['say "x"', 1], ["l\nm", null]]),
    '\ufeffa,b\r\n"say ""x""",1\r\n"l\nm",\r\n');
});

test("search folds accents, and puts names that begin with the query first", () => {
  assert.equal(folded("FÈS"), "fes");
  assert.equal(folded("جَمْعِيَّة"), folded("جمعية"));
  const finder = new Finder(["Old Fes", "Fès", "Unfes", "x"]);
  assert.deepEqual(finder.find("fes"), [1, 0, 2]);
  assert.deepEqual(finder.find("fes", 1), [1]);
  assert.deepEqual(finder.find("  "), []);
});

test("tables sort numbers by value, texts by language, and what is not known last", () => {
  const order = new Words(CATALOGUE, "fr").order;
  const rows = [0, 1, 2, 3];
  assert.deepEqual(sorted([10, 9, null, 100], rows, 1, order), [1, 0, 3, 2]);
  assert.deepEqual(sorted([10, 9, null, 100], rows, -1, order), [3, 0, 1, 2]);
  assert.deepEqual(sorted(["z", "é", "e", ""], rows, 1, order), [2, 1, 0, 3]);
  assert.deepEqual(sorted(["n 10", "n 9", "n 1", "n 2"], rows, 1, order), [2, 3, 1, 0]);
});

test("texts are filled in with numbers of the language; English stands in for a gap", () => {
  const english = new Words(CATALOGUE, "en");
  assert.equal(english.text("rows", {first: 1, last: 25, all: 1000}), "Rows 1 to 25 of 1,000");
  const arabic = new Words(CATALOGUE, "ar", {rtl: ["ar"]});
  assert.equal(arabic.text("rows", {first: 1, last: 25, all: 1000}), "1 25 1,000");
  assert.equal(arabic.text("only"), "English");
  assert.equal(arabic.text("missing"), "missing");
  assert.equal(arabic.direction, "rtl");
  assert.equal(new Words(CATALOGUE, "ar", {digits: "arab"}).number(1234), "١٬٢٣٤");
});

test("a name is data; texts by language are chosen", () => {
  const words = new Words(CATALOGUE, "fr");
  assert.equal(words.of("Fès"), "Fès");
  assert.equal(words.of({en: "one", fr: "un"}), "un");
  assert.equal(words.of({en: "one"}), "one");
  assert.equal(words.of(null), "");
});

test("dates are written as the language does, and kept where they cannot be read", () => {
  const words = new Words(CATALOGUE, "en");
  assert.equal(dateText("2026", words), "2026");
  assert.equal(dateText("2026-03", words), "Mar 2026");
  assert.equal(dateText("2026-03-01/2026-04", words), "1 Mar 2026 – Apr 2026");
  assert.equal(dateText("2026-03/..", words), "Mar 2026 – …");
  assert.equal(dateText("2026?", words), "2026?");
  assert.equal(dateText("XXXX-12", words), "XXXX-12");
  assert.equal(dateText("2015-06-10T10:00:00+02:00", words), "10 Jun 2015, 10:00");
  const quarter = new Words({ar: {"date.quarter": "{n} {year}"}}, "ar", {digits: "arab"});
  assert.equal(dateText("2016-33", quarter), "١ ٢٠١٦");
});

test("a long name is cut at a whole sign", () => {
  assert.equal(shortened("short"), "short");
  assert.equal([...shortened("𝒳".repeat(80))].length, 46);
  assert.ok(shortened("𝒳".repeat(80)).endsWith("𝒳…"));
});

test("the address of an actor is read back, and what it does not name is nothing", () => {
  const ids = ["a", "x y/z#?", "é"];
  const selection = new Selection(new Map(ids.map((id, i) => [id, i])));
  ids.forEach((_, i) => assert.equal(selection.read(selection.address(i)), i));
  for (const hash of ["", "#network", "#actor=none", "#actor=%E0%A4%A"]) {
    assert.equal(selection.read(hash), -1);
  }
});

test("choosing tells all listeners once", () => {
  const selection = new Selection(new Map(MAP.id.map((id, i) => [id, i])));
  const heard = [];
  selection.subscribe((actor, from) => heard.push([actor, from]));
  selection.choose(2, "map");
  selection.choose(2, "table");
  selection.choose(-1, "keys");
  assert.deepEqual(heard, [[2, "map"], [-1, "keys"]]);
});

test("a column has the title of the catalogue, or its own where the catalogue has none", () => {
  const words = new Words({en: {"column.type": "Type"}}, "en");
  assert.equal(words.title({key: "column.type", label: "T"}), "Type");
  assert.equal(words.title({key: "column.level", label: "Level"}), "Level");
});
