/**
 * The colours of the canvas in the light and in the dark theme. Those of types are in the data.
 */

/**
 * @typedef {object} Colours
 * @property {"light"|"dark"} name
 * @property {string} paper Background.
 * @property {string} disc Background of a territory.
 * @property {string} rim Outline of a territory.
 * @property {string} ink Text.
 * @property {string} line Ties.
 * @property {string} accent What is chosen.
 * @property {string} unknown A type that is not known.
 */

/** @type {Colours} */
export const LIGHT = {
  name: "light", paper: "#ffffff", disc: "#f4f6f9", rim: "#c3cad4", ink: "#1a2027",
  line: "#56657a", accent: "#0b57d0", unknown: "#8a8a8a",
};

/** @type {Colours} */
export const DARK = {
  name: "dark", paper: "#12161d", disc: "#1a2029", rim: "#3d4857", ink: "#e8ecf2",
  line: "#a3b1c4", accent: "#8ab4f8", unknown: "#9aa0a8",
};

/**
 * The colours that an element is shown in: what the page chose, or what the system prefers.
 * @param {Element} element
 * @returns {Colours}
 */
export function coloursOf(element) {
  const chosen = element.closest("[data-theme]")?.getAttribute("data-theme");
  if (chosen === "dark" || chosen === "light") return chosen === "dark" ? DARK : LIGHT;
  return matchMedia("(prefers-color-scheme: dark)").matches ? DARK : LIGHT;
}
