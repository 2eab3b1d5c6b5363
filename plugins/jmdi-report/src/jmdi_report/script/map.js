/**
 * The map: a canvas that shows a scene. While the hand moves, the last sharp picture is shown
 * moved and scaled; a moment after it stops, the map is drawn sharp again.
 */

import {Camera} from "./camera.js";
import {tieFits} from "./filters.js";
import {partners} from "./data.js";
import {drawChosen, drawMap, markRadius, ringAround} from "./drawing.js";
import {later} from "./dom.js";
import {Labels} from "./labels.js";
import {Picker} from "./picking.js";

const AT_REST = 140;
/** Milliseconds after the last movement until the sharp picture. */

export class MapView {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{words: import("./words.js").Words, selection: import("./selection.js").Selection,
   *   filter: () => import("./filters.js").Filter, colours: () => import("./colours.js").Colours}}
   *   page What the map shares with the page around it.
   */
  constructor(canvas, page) {
    this.canvas = canvas;
    this.page = page;
    this.context = canvas.getContext("2d", {alpha: false});
    this.sharp = document.createElement("canvas");
    this.hovered = -1;
    this.asked = 0;
    this.redrawSoon = later(() => this.draw(), AT_REST);
    this.camera = null;
    page.selection.subscribe(() => this.frame());
  }

  /**
   * Shows a scene; the camera stays where it is unless the layout is another.
   * @param {import("./scene.js").Scene} scene
   */
  show(scene) {
    const other = !this.scene || this.scene.layout !== scene.layout;
    this.scene = scene;
    this.picker = null;
    this.hovered = -1;
    if (other) {
      const {width, height} = scene.layout;
      const camera = new Camera({x: 0, y: 0, width, height});
      camera.resize(this.camera?.width ?? 1, this.camera?.height ?? 1);
      this.camera = camera;
    }
    this.resize();
  }

  /** Takes the size that the canvas has on the page, and draws. */
  resize(width = this.canvas.clientWidth, height = this.canvas.clientHeight) {
    if (!this.scene || !width || !height) return;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    for (const canvas of [this.canvas, this.sharp]) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.camera.resize(width, height);
    this.draw();
  }

  /** A picture of the scene for `drawing.js`. */
  picture(context) {
    const {camera, scene} = this;
    return {context, camera, scene, colours: this.page.colours(), words: this.page.words};
  }

  /** Draws the sharp picture and shows it. */
  draw() {
    if (!this.scene) return;
    const context = this.sharp.getContext("2d", {alpha: false});
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    drawMap(this.picture(context));
    this.drawn = this.camera.state();
    this.paint();
  }

  /** Shows the last picture where the camera is now, and what is chosen over it. */
  paint() {
    const {context, camera, drawn, ratio} = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const factor = camera.k / drawn.k;
    if (factor !== 1 || camera.x !== drawn.x || camera.y !== drawn.y) {
      context.fillStyle = this.page.colours().paper;
      context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    }
    context.drawImage(
      this.sharp,
      (camera.x - drawn.x * factor) * ratio,
      (camera.y - drawn.y * factor) * ratio,
      this.sharp.width * factor,
      this.sharp.height * factor,
    );
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintChosen();
    if (this.hovered >= 0 && this.hovered !== this.page.selection.actor) this.paintHovered();
  }

  paintChosen() {
    const {scene, page} = this;
    const actor = page.selection.actor;
    if (actor < 0 || !scene.shown.actors[actor]) return;
    const counts = (e) => tieFits(scene.graph, page.filter(), e)
      && scene.shown.actors[scene.graph.s[e]] === 1 && scene.shown.actors[scene.graph.t[e]] === 1;
    const {start, ties} = scene.graph;
    const own = [...ties.subarray(start[actor], start[actor + 1])].filter(counts);
    drawChosen(this.picture(this.context), actor, partners(scene.graph, actor, counts), own);
  }

  paintHovered() {
    const {context, camera, scene, page} = this;
    const i = this.hovered;
    const x = scene.layout.x[i] * camera.k + camera.x;
    const y = scene.layout.y[i] * camera.k + camera.y;
    const r = markRadius(this) * scene.size[i] + 4;
    ringAround(context, x, y, r, page.colours().ink);
    context.font = "600 13px system-ui, 'Noto Sans', sans-serif";
    const labels = new Labels(context, camera, page.colours(), page.words.direction);
    labels.beside(page.words.of(scene.graph.labels[i]), x, y, r + 5, true);
  }

  /** Shows a frame at the next moment that the screen is ready for one. */
  frame() {
    if (this.asked || !this.scene || !this.drawn) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.paint();
    });
  }

  /** Tells that the camera moved. */
  moved() {
    this.frame();
    this.redrawSoon();
  }

  pan(dx, dy) {
    this.camera.pan(dx, dy);
    this.moved();
  }

  zoom(factor, x = this.camera.width / 2, y = this.camera.height / 2) {
    this.camera.zoomAt(factor, x, y);
    this.moved();
  }

  fit() {
    this.camera.fit();
    this.moved();
  }

  /**
   * The actor at a pixel.
   * @param {number} x
   * @param {number} y
   * @param {number} [reach] How many pixels it may be away.
   */
  at(x, y, reach = 10) {
    this.picker ??= new Picker(this.scene);
    const {x: px, y: py} = this.camera.place(x, y);
    return this.picker.at(px, py, Math.max(reach, markRadius(this) + 3) / this.camera.k);
  }

  /** Marks the actor that a pointer is at. */
  hover(actor) {
    if (actor === this.hovered) return;
    this.hovered = actor;
    this.frame();
  }

  /** Brings an actor into view where it is not. */
  reveal(actor) {
    if (actor < 0 || !this.scene || !this.drawn) return;
    const {camera, scene: {layout}} = this;
    const x = layout.x[actor] * camera.k + camera.x;
    const y = layout.y[actor] * camera.k + camera.y;
    if (x > 30 && y > 30 && x < camera.width - 30 && y < camera.height - 30) return;
    camera.centre(layout.x[actor], layout.y[actor]);
    this.moved();
  }
}
