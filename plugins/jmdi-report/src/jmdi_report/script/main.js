/**
 * Starts the page: reads what it carries and brings its parts to life.
 */

import {readJson} from "./reading.js";
import {NetworkView} from "./network.js";
import {unpacked} from "./packed.js";
import {followPrinting} from "./printing.js";
import {Selection} from "./selection.js";
import {addSwitches} from "./switches.js";
import {TableView} from "./tables.js";
import {Words} from "./words.js";

export async function start() {
  const find = (id) => document.getElementById(id);
  const payload = unpacked(await readJson(find("data")));
  const words = new Words(await readJson(find("words")), payload.lang, payload);
  const places = {
    map: find("map"), filters: find("filters"), details: find("details"), live: find("live"),
    howto: find("howto"),
  };
  const network = places.map && payload.map.id.length
    ? new NetworkView(places, payload, words) : null;
  performance.mark("jmdi:first-frame");
  network?.selection.followAddress();
  const page = {words, selection: network?.selection ?? new Selection(new Map())};
  const tables = [];
  for (const element of document.querySelectorAll("table[data-table]")) {
    const data = payload.tables[element.dataset.table];
    if (data) tables.push(new TableView(element, data, page));
  }
  addSwitches(find("controls"), words, payload.languages, {
    translated: () => {
      network?.translate();
      for (const table of tables) table.render();
    },
    repaint: () => network?.repaint(),
  });
  followPrinting(network, tables);
  document.documentElement.dataset.ready = "";
}

if (typeof document !== "undefined") start();
