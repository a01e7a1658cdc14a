/** What a file is, as the page says it: PDF, 3 pages, 240 kB. See src/dateline/render/files.py. */
import { directionOf } from "./direction.ts";
import type { FileBlock } from "./shapes.ts";
import { listed, locale } from "./speech.ts";
import { words } from "./words.ts";

const MEGABYTE = 1_000_000;

export function toldOf({ format, pages, size }: FileBlock): string {
  const name = format === "text" ? words.editor.plain : (format ?? "").toUpperCase();
  // From right to left a figure behind Latin letters would change its place with them.
  const apart = directionOf(locale) === "rtl" ? `\u2068${name}\u2069` : name;
  return listed([apart, ...(pages ? [words.editor.pages(pages)] : []), ...(size ? [sized(size)] : [])]);
}

function sized(size: number): string {
  const large = size >= MEGABYTE - 500;
  const amount = large ? size / MEGABYTE : Math.max(1, Math.round(size / 1000));
  const shape = { style: "unit", unit: large ? "megabyte" : "kilobyte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, shape).format(amount);
}
