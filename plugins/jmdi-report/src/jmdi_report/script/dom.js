/**
 * Makes elements. Text is always set as text, so that a name never becomes markup.
 */

/**
 * @param {string} tag
 * @param {Object<string, any>} [properties] Attributes; `on…` are listeners, false ones are left
 *   out.
 * @param {...(Node|string|number|boolean|null|undefined)} children Nothing and `false` are
 *   left out.
 * @returns {any} The element.
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  const wanted = (child) => child !== null && child !== undefined && child !== false;
  element.append(...children.filter(wanted).map((child) =>
    child instanceof Node ? child : String(child)));
  return element;
}

/**
 * A name in its own direction of writing.
 * @param {string} name
 */
export function bdi(name) {
  return make("bdi", {}, name);
}

/**
 * Waits until calls have stopped for some time, then does it once.
 * @param {() => void} action
 * @param {number} milliseconds
 */
export function later(action, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
