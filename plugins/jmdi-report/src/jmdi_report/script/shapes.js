/**
 * The outline of each shape of the palette, added to a path so that many are filled at once.
 */

const TURN = 2 * Math.PI;

/**
 * Corners of a regular polygon around 0, one of them at the top unless turned.
 * @param {number} corners
 * @param {number} radius
 * @param {number} [turn]
 */
function polygon(corners, radius, turn = 0) {
  const points = [];
  for (let i = 0; i < corners; i++) {
    const angle = TURN * (i / corners) + turn - TURN / 4;
    points.push(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  return points;
}

/** A star of five points. */
function star() {
  const points = [];
  for (let i = 0; i < 10; i++) {
    const angle = (TURN * i) / 10 - TURN / 4;
    const radius = i % 2 ? 0.56 : 1.3;
    points.push(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  return points;
}

/** A plus sign whose arms are as wide as 2 × `w`. */
function plus(w, r) {
  return [-w, -r, w, -r, w, -w, r, -w, r, w, w, w, w, r, -w, r, -w, w, -r, w, -r, -w, -w, -w];
}

/** Turns points by an eighth of a circle. */
function turned(points) {
  const out = [];
  for (let i = 0; i < points.length; i += 2) {
    out.push((points[i] - points[i + 1]) * Math.SQRT1_2, (points[i] + points[i + 1]) * Math.SQRT1_2);
  }
  return out;
}

/** Corners of each shape as x, y, x, y …, for a mark of radius 1; areas are about equal. */
const CORNERS = {
  square: [-0.88, -0.88, 0.88, -0.88, 0.88, 0.88, -0.88, 0.88],
  triangle: polygon(3, 1.35),
  down: polygon(3, 1.35, TURN / 2),
  diamond: polygon(4, 1.25),
  pentagon: polygon(5, 1.15),
  hexagon: polygon(6, 1.1, TURN / 12),
  plus: plus(0.42, 1.15),
  cross: turned(plus(0.42, 1.2)),
  star: star(),
  bar: [-1.3, -0.6, 1.3, -0.6, 1.3, 0.6, -1.3, 0.6],
  hourglass: [-1.1, -1.1, 1.1, -1.1, 0.25, 0, 1.1, 1.1, -1.1, 1.1, -0.25, 0],
};

export const SHAPES = ["circle", "ring", ...Object.keys(CORNERS)];

/**
 * Adds one mark to the path of a canvas or to a Path2D.
 * @param {{moveTo: Function, lineTo: Function, closePath: Function, arc: Function, rect: Function}}
 *   path
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r Radius in pixels.
 */
export function addShape(path, shape, x, y, r) {
  if (r < 1.6) {
    path.rect(x - r, y - r, 2 * r, 2 * r); // so small that no shape can be told from another
    return;
  }
  const corners = CORNERS[shape];
  if (corners) {
    path.moveTo(x + r * corners[0], y + r * corners[1]);
    for (let i = 2; i < corners.length; i += 2) {
      path.lineTo(x + r * corners[i], y + r * corners[i + 1]);
    }
    path.closePath();
    return;
  }
  path.moveTo(x + r, y);
  path.arc(x, y, r, 0, TURN);
  if (shape === "ring") {
    path.moveTo(x + r * 0.5, y);
    path.arc(x, y, r * 0.5, 0, TURN, true); // the other way round leaves a hole
  }
}

/**
 * The shape as the text of an SVG path, for legends.
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function svgPath(shape, x, y, r) {
  let text = "";
  const arc = (cx, cy, radius, _from, _to, back) => {
    const sweep = back ? 0 : 1;
    text += `A${radius} ${radius} 0 1 ${sweep} ${cx - radius} ${cy}`;
    text += `A${radius} ${radius} 0 1 ${sweep} ${cx + radius} ${cy}Z`;
  };
  addShape(
    {
      moveTo: (a, b) => (text += `M${a.toFixed(2)} ${b.toFixed(2)}`),
      lineTo: (a, b) => (text += `L${a.toFixed(2)} ${b.toFixed(2)}`),
      closePath: () => (text += "Z"),
      arc,
      rect: (a, b, w, h) => (text += `M${a} ${b}h${w}v${h}h${-w}Z`),
    },
    shape, x, y, r,
  );
  return text;
}
