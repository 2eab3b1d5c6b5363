/**
 * Where the reader looks: how positions of the layout become pixels, and back.
 */

export const NEAREST = 60;
/** How many times nearer than the whole picture one can look. */

export class Camera {
  /** @param {{x: number, y: number, width: number, height: number}} bounds What "all" means. */
  constructor(bounds) {
    this.bounds = bounds;
    this.width = 1;
    this.height = 1;
    this.k = 1;
    this.x = 0;
    this.y = 0;
  }

  /** How many times nearer than when all is in view. */
  get zoom() {
    return this.k / this.whole;
  }

  /** The scale at which all is in view, with a margin for captions. */
  get whole() {
    const {width, height} = this.bounds;
    const margin = Math.min(40, this.width / 10, this.height / 10);
    return Math.min(
      (this.width - 2 * margin) / Math.max(width, 1),
      (this.height - 2 * margin) / Math.max(height, 1),
    );
  }

  /** Keeps the middle of the view where it is when the canvas has another size. */
  resize(width, height) {
    const fitted = this.fitted || this.width === 1;
    const middle = this.place(this.width / 2, this.height / 2);
    const zoom = this.zoom;
    this.width = Math.max(width, 1);
    this.height = Math.max(height, 1);
    if (fitted) return this.fit();
    this.k = zoom * this.whole;
    this.centre(middle.x, middle.y);
  }

  /** Shows all. */
  fit() {
    this.k = this.whole;
    this.centre(
      this.bounds.x + this.bounds.width / 2,
      this.bounds.y + this.bounds.height / 2,
    );
    this.fitted = true;
  }

  /** Puts a position of the layout into the middle. */
  centre(x, y) {
    this.x = this.width / 2 - x * this.k;
    this.y = this.height / 2 - y * this.k;
    this.fitted = false;
  }

  /**
   * Goes nearer or further while one pixel stays where it is.
   * @param {number} factor
   * @param {number} px
   * @param {number} py
   */
  zoomAt(factor, px, py) {
    const whole = this.whole;
    const k = Math.min(Math.max(this.k * factor, whole * 0.5), whole * NEAREST);
    this.x = px - (px - this.x) * (k / this.k);
    this.y = py - (py - this.y) * (k / this.k);
    this.k = k;
    this.fitted = false;
  }

  /** Moves the picture by pixels; some of it always stays in view. */
  pan(dx, dy) {
    const {x, y, width, height} = this.bounds;
    const inside = (value, low, high) => Math.min(Math.max(value, low), high);
    this.x = inside(this.x + dx, 40 - (x + width) * this.k, this.width - 40 - x * this.k);
    this.y = inside(this.y + dy, 40 - (y + height) * this.k, this.height - 40 - y * this.k);
    this.fitted = false;
  }

  /** The position of the layout under a pixel. */
  place(px, py) {
    return {x: (px - this.x) / this.k, y: (py - this.y) / this.k};
  }

  /** A copy, to compare with later. */
  state() {
    return {k: this.k, x: this.x, y: this.y};
  }
}
