/**
 * Writes texts on the map so that none is over another or over the edge.
 */

const LINE = 17;
const LONGEST = 46;

/**
 * A text that is too long for the map, cut at its end.
 * @param {string} text
 */
export function shortened(text) {
  const signs = [...text];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("").trimEnd()}…` : text;
}

export class Labels {
  /**
   * @param {CanvasRenderingContext2D} context With the font set.
   * @param {{width: number, height: number}} size Of the map in pixels.
   * @param {{ink: string, paper: string}} colours
   * @param {"ltr"|"rtl"} direction
   */
  constructor(context, size, colours, direction) {
    this.context = context;
    this.size = size;
    this.colours = colours;
    // the corner of the buttons
    this.taken = [{x: direction === "rtl" ? 0 : size.width - 52, y: 0, width: 52, height: 130}];
    context.direction = direction;
    context.textBaseline = "middle";
    context.textAlign = "left";
  }

  /**
   * Writes beside a mark: to the right, or else to the left, below or above.
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} away How far from the middle of the mark.
   * @param {boolean} [always] Write it even over another.
   * @returns {boolean} Whether there was room.
   */
  beside(text, x, y, away, always = false) {
    const short = shortened(text);
    const width = this.context.measureText(short).width;
    const right = {x: x + away, y: y - LINE / 2, width, height: LINE};
    const left = {...right, x: x - away - width};
    const below = {...right, x: x - width / 2, y: y + away - 2};
    const above = {...below, y: y - away - LINE + 2};
    const room = [right, left, below, above].find((box) => this.free(box));
    if (!room && !always) return false;
    this.write(short, room ?? (right.x + width > this.size.width ? left : right));
    return true;
  }

  /**
   * Writes above a disc, or below it where there is no room; where neither has room, in it.
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} r Radius of the disc.
   */
  above(text, x, y, r) {
    const width = this.context.measureText(text).width;
    const box = {x: x - width / 2, y: y - r - LINE - 2, width, height: LINE};
    const boxes = [box, {...box, y: y + r + 2}];
    // Of a disc that is larger than the view the name stands at the edge of the view.
    if (y - r < LINE && y + r > LINE) boxes.unshift({...box, y: Math.max(4, box.y)});
    boxes.push({...box, y: y - LINE / 2});
    const room = boxes.find((place) => this.free(place));
    if (room) this.write(text, room);
    return room !== undefined;
  }

  /**
   * Keeps texts off a mark.
   * @param {number} x
   * @param {number} y
   * @param {number} r Its radius.
   */
  keepClear(x, y, r) {
    const half = r * 0.8;
    this.taken.push({x: x - half + 4, y: y - half, width: 2 * half - 4, height: 2 * half});
  }

  /** Whether a box is within the map and over no other. */
  free({x, y, width, height}) {
    return x >= 2 && y >= 2 && x + width <= this.size.width - 2
      && y + height <= this.size.height - 2
      && !this.taken.some((other) =>
        x < other.x + other.width + 4 && other.x < x + width + 4
        && y < other.y + other.height && other.y < y + height);
  }

  /** Writes with a border in the colour of the paper, which keeps it readable over lines. */
  write(text, box) {
    const {context} = this;
    this.taken.push(box);
    context.globalAlpha = 1;
    context.lineWidth = 4;
    context.strokeStyle = this.colours.paper;
    context.strokeText(text, box.x, box.y + LINE / 2);
    context.fillStyle = this.colours.ink;
    context.fillText(text, box.x, box.y + LINE / 2);
  }
}
