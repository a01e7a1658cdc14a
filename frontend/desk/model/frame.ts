/** What is seen of a picture: its crop and its focal point, as parts of 1 of the whole. */

export type Point = readonly [number, number];
/** Left, top, width, height. */
export type Box = readonly [number, number, number, number];
export const WHOLE: Box = [0, 0, 1, 1];
export const CORNERS = ["nw", "ne", "sw", "se"] as const;
export type Corner = (typeof CORNERS)[number];
/** The server takes no smaller crop. */
const SMALLEST = 0.05;
const FINE = 1000;

const round = (value: number) => Math.round(value * FINE) / FINE;
const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

export function pointAt(x: number, y: number): Point {
  return [round(within(x, 0, 1)), round(within(y, 0, 1))];
}

/** The box with that corner moved to a place; the opposite one stays. */
export function cornered([left, top, width, height]: Box, corner: Corner, x: number, y: number): Box {
  const [right, bottom] = [left + width, top + height];
  const [x1, x2] = corner.endsWith("w")
    ? [within(x, 0, right - SMALLEST), right]
    : [left, within(x, left + SMALLEST, 1)];
  const [y1, y2] = corner.startsWith("n")
    ? [within(y, 0, bottom - SMALLEST), bottom]
    : [top, within(y, top + SMALLEST, 1)];
  return rounded([x1, y1, x2 - x1, y2 - y1]);
}

export function cornerOf([left, top, width, height]: Box, corner: Corner): Point {
  return [corner.endsWith("w") ? left : left + width, corner.startsWith("n") ? top : top + height];
}

/** The box carried along, as far as the picture goes. */
export function moved([left, top, width, height]: Box, x: number, y: number): Box {
  return rounded([within(left + x, 0, 1 - width), within(top + y, 0, 1 - height), width, height]);
}

/** Any four numbers as a box that fits. */
export function fitted([left, top, width, height]: Box): Box {
  const [w, h] = [within(width, SMALLEST, 1), within(height, SMALLEST, 1)];
  return rounded([within(left, 0, 1 - w), within(top, 0, 1 - h), w, h]);
}

/** The largest box of a form (width by height) in a picture of that form, around a point. */
export function shaped(form: number, picture: number, [x, y]: Point): Box {
  const [width, height] = form < picture ? [form / picture, 1] : [1, picture / form];
  return fitted([x - width / 2, y - height / 2, width, height]);
}

export function isWhole(box: Box): boolean {
  return box[0] === 0 && box[1] === 0 && box[2] === 1 && box[3] === 1;
}

/** What is cut out for a form that is narrower or flatter: as `object-position` does it on the page. */
export function cutOut(box: Box, picture: number, form: number, focal: Point | null): Box {
  const seen = (picture * box[2]) / box[3];
  const [width, height] = form < seen ? [box[2] * (form / seen), box[3]] : [box[2], box[3] * (seen / form)];
  const [x, y] = focal ? inside(focal, box) : [0.5, 0.5];
  return [box[0] + (box[2] - width) * x, box[1] + (box[3] - height) * y, width, height];
}

/** The point as parts of the box; at its edge where it is outside. */
function inside([x, y]: Point, [left, top, width, height]: Box): Point {
  return [within((x - left) / width, 0, 1), within((y - top) / height, 0, 1)];
}

function rounded([left, top, width, height]: Box): Box {
  const [x, y] = [round(left), round(top)];
  // Rounded, the right and lower edge must not come to lie outside.
  return [x, y, Math.min(round(width), round(1 - x)), Math.min(round(height), round(1 - y))];
}
