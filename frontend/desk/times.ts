/** Times as the desk says them: in its language and the coverage's zone. */
import { locale } from "./speech.ts";

export function clock(time: string | number, timezone?: string): string {
  return format(time, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, timezone);
}

export function dayAndClock(time: string | number, timezone?: string): string {
  const shape = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return format(time, shape, timezone);
}

/** Wednesday 16 June 2021 */
export function day(time: string | number, timezone?: string): string {
  return format(time, { weekday: "long", day: "numeric", month: "long", year: "numeric" }, timezone);
}

/** The clock alone for today, with the day for any other. */
export function when(time: string | number, now: number, timezone?: string): string {
  const day = (at: string | number) => format(at, { dateStyle: "short" }, timezone);
  return day(time) === day(now) ? clock(time, timezone) : dayAndClock(time, timezone);
}

// To make one takes longer than to use it a hundred times, and a queue is full of times.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(time: string | number, shape: Intl.DateTimeFormatOptions, timeZone?: string): string {
  const name = `${Object.values(shape).join()} ${timeZone ?? ""}`;
  let found = formats.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...shape, ...(timeZone ? { timeZone } : {}) });
    formats.set(name, found);
  }
  return found.format(new Date(time));
}

/** An input's "2021-06-14T13:40" in a zone, as the moment it means (RFC 3339). */
export function moment(local: string, timezone: string): string {
  const guess = Date.parse(`${local}Z`);
  // Twice: the first may land on the other side of a change of clocks.
  const once = guess - offset(guess, timezone);
  return new Date(guess - offset(once, timezone)).toISOString();
}

/** The other way round. */
export function local(time: string, timezone: string): string {
  const at = Date.parse(time);
  return new Date(at + offset(at, timezone)).toISOString().slice(0, 16);
}

function offset(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(at / 1000) * 1000;
}
