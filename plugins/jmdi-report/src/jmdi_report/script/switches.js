/**
 * The switches at the top of the page: language, theme and print.
 */

import {Words} from "./words.js";

/**
 * Shows the texts of the page in the language of `words`: those of the catalogue (`data-t`), those
 * that a panel carries itself (`data-words`, JSON by language), and numbers (`data-number`).
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
 * @param {HTMLSelectElement|null} select
 * @param {Words} words
 * @param {Object<string, string>} languages Own names by code.
 * @param {() => void} changed
 */
export function followLanguage(select, words, languages, changed) {
  if (!select) return;
  select.hidden = false;
  select.value = words.language;
  select.addEventListener("change", () => {
    if (!(select.value in languages)) return;
    words.language = select.value;
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.direction;
    translatePage(document, words);
    changed();
  });
}

/**
 * The theme: "light", "dark", or "" for that of the system.
 * @param {HTMLSelectElement|null} select
 * @param {() => void} changed
 */
export function followTheme(select, changed) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  select?.addEventListener("change", () => {
    const {dataset} = document.documentElement;
    if (select.value === "light" || select.value === "dark") dataset.theme = select.value;
    else delete dataset.theme;
    changed();
  });
}
