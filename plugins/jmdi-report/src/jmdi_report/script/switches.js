/**
 * The switches at the top of the page: language, theme and print.
 */

import {make} from "./dom.js";
/** @typedef {import("./words.js").Words} Words */

/**
 * Shows the texts of the page in the language of `words`: those of the catalogue (`data-t`, with
 * what fills their gaps in `data-gaps`) and those that a panel carries itself (`data-words`).
 * @param {Document|Element} root
 * @param {Words} words
 */
export function translatePage(root, words) {
  for (const element of root.querySelectorAll("[data-t]")) {
    const gaps = element.dataset.gaps ? JSON.parse(element.dataset.gaps) : {};
    element.textContent = words.text(element.dataset.t, gaps);
  }
  for (const element of root.querySelectorAll("[data-words]")) {
    element.textContent = words.of(JSON.parse(element.dataset.words));
  }
}

/**
 * The switches of a page, and what they do.
 * @param {HTMLElement} host
 * @param {Words} words
 * @param {Object<string, string>} languages Own names by code.
 * @param {{translated: () => void, repaint: () => void}} page
 */
export function addSwitches(host, words, languages, {translated, repaint}) {
  const render = () => host.replaceChildren(
    Object.keys(languages).length > 1 ? language() : "",
    theme(),
    make("button", {type: "button", onclick: () => print()}, words.text("page.print")),
  );
  const language = () => select("page.language", words, languages, words.language, (value) => {
    words.language = value;
    Object.assign(document.documentElement, {lang: value, dir: words.direction});
    translatePage(document, words);
    render();
    translated();
    host.querySelector("select").focus();
  });
  const theme = () => select("page.theme", words, {
    auto: words.text("page.theme.auto"),
    light: words.text("page.theme.light"),
    dark: words.text("page.theme.dark"),
  }, document.documentElement.dataset.theme ?? "auto", (value) => {
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  render();
}

/** A labelled choice. */
function select(label, words, choices, chosen, change) {
  const options = Object.entries(choices).map(([value, text]) =>
    make("option", {value, selected: value === chosen}, text));
  return make("label", {class: "switch"}, make("span", {class: "hidden"}, words.text(label)),
    make("select", {onchange: (event) => change(event.target.value)}, ...options));
}
