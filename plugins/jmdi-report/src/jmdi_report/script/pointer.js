/**
 * Mouse, pen and fingers on the map. The wheel and one finger belong to the page until the reader
 * has chosen the map, by a click, a tap or the keyboard: scrolling is not stolen.
 */

const STILL = 5;
/** Pixels that a click may move. */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./map.js").MapView} map
 * @param {(actor: number) => void} choose
 */
export function followPointers(canvas, map, choose) {
  const down = new Map();
  let travelled = 0;

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!down.size) travelled = 0;
    down.set(event.pointerId, point(event));
    canvas.setPointerCapture(event.pointerId);
  });

  canvas.addEventListener("pointermove", (event) => {
    const now = point(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType === "mouse") {
        const actor = map.at(now.x, now.y);
        map.hover(actor);
        canvas.style.cursor = actor >= 0 ? "pointer" : "grab";
      }
      return;
    }
    const before = new Map(down);
    const last = before.get(event.pointerId);
    down.set(event.pointerId, now);
    travelled += Math.hypot(now.x - last.x, now.y - last.y);
    if (travelled < STILL) return;
    map.hover(-1);
    canvas.style.cursor = "grabbing";
    if (down.size === 1) map.pan(now.x - last.x, now.y - last.y);
    if (down.size === 2) pinch(map, [...before.values()], [...down.values()]);
  });

  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    canvas.style.cursor = "grab";
    if (event.type === "pointercancel" || down.size || travelled >= STILL) return;
    const {x, y} = point(event);
    choose(map.at(x, y, event.pointerType === "mouse" ? 10 : 22));
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => map.hover(-1));

  canvas.addEventListener("dblclick", (event) => {
    const {x, y} = point(event);
    map.zoom(event.shiftKey ? 0.5 : 2, x, y);
  });

  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !canvas.matches(":focus")) return;
    event.preventDefault();
    const {x, y} = point(event);
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    map.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.006 : 0.0022)), x, y);
  }, {passive: false});

  canvas.addEventListener("focus", () => (canvas.style.touchAction = "none"));
  canvas.addEventListener("blur", () => (canvas.style.touchAction = "pan-y"));
  canvas.style.touchAction = "pan-y";
}

/** Two fingers: what was under each of them stays under it, turning aside. */
function pinch(map, [a, b], [c, d]) {
  const middle = (p, q) => ({x: (p.x + q.x) / 2, y: (p.y + q.y) / 2});
  const [from, to] = [middle(a, b), middle(c, d)];
  const spread = Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);
  map.pan(to.x - from.x, to.y - from.y);
  map.zoom(Math.hypot(c.x - d.x, c.y - d.y) / spread, to.x, to.y);
}
