/**
 * The keyboard on the map. Keys count only while the map has the focus (WCAG 2.1.4).
 */

const STEP = 60;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./map.js").MapView} map
 * @param {{choose: (actor: number) => void, open: () => void, chosen: () => number}} actions
 */
export function followKeys(canvas, map, {choose, open, chosen}) {
  const step = (by) => {
    const {ranked} = map.scene;
    if (!ranked.length) return;
    const at = ranked.indexOf(chosen());
    const next = at < 0 ? (by > 0 ? 0 : ranked.length - 1) : at + by;
    choose(ranked[(next + ranked.length) % ranked.length]);
  };
  const actions = {
    "+": () => map.zoom(1.4),
    "=": () => map.zoom(1.4),
    "-": () => map.zoom(1 / 1.4),
    0: () => map.fit(),
    ArrowLeft: () => map.pan(STEP, 0),
    ArrowRight: () => map.pan(-STEP, 0),
    ArrowUp: () => map.pan(0, STEP),
    ArrowDown: () => map.pan(0, -STEP),
    n: () => step(1),
    p: () => step(-1),
    Enter: open,
    Escape: () => choose(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A keyboard of another script has other letters on the keys of N and P.
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      ?? actions[event.code.replace(/^Key/, "").toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
