/**
 * Finds the actor under a finger or a pointer, by a grid over the layout.
 */

const CELLS = 64;
const SIDE = 65536;

export class Picker {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.cells = new Map();
    for (const i of scene.ranked) {
      const key = this.key(scene.layout.x[i], scene.layout.y[i]);
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(i);
    }
  }

  key(x, y) {
    return Math.floor((x * CELLS) / SIDE) * CELLS + Math.floor((y * CELLS) / SIDE);
  }

  /**
   * The actor nearest to a position of the layout.
   * @param {number} x
   * @param {number} y
   * @param {number} reach How far it may be.
   * @returns {number} Its index; -1 where there is none.
   */
  at(x, y, reach) {
    const {layout} = this.scene;
    const cell = (value) => Math.min(Math.max(Math.floor((value * CELLS) / SIDE), 0), CELLS - 1);
    let best = -1;
    let nearest = reach * reach;
    for (let cx = cell(x - reach); cx <= cell(x + reach); cx++) {
      for (let cy = cell(y - reach); cy <= cell(y + reach); cy++) {
        for (const i of this.cells.get(cx * CELLS + cy) ?? []) {
          const distance = (layout.x[i] - x) ** 2 + (layout.y[i] - y) ** 2;
          if (distance < nearest) {
            nearest = distance;
            best = i;
          }
        }
      }
    }
    return best;
  }
}
