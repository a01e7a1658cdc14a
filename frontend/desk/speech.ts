/**
 * Owns the language that the desk speaks: the one of the script that the shell names before the
 * application's (`/desk/words/…`), else English. It is known before anything is said.
 */
import { Speech, type Table } from "../reader/speech.ts";

declare global {
  // Only `var` makes a property of globalThis.
  var DATELINE_SPEECH: { tag: string; words: Table; refusals?: Record<string, string> } | undefined;
}

type Values = Record<string, string | number>;

const { tag, words } = globalThis.DATELINE_SPEECH ?? {};
const speech = new Speech(tag, words);

/** For Intl. */
export const { locale } = speech;

/** `_("filed %(time)s", { time })` */
export function _(english: string, values: Values = {}): string {
  return filled(speech.say(english), values);
}

/** `counted(n, "%(num)s post", "%(num)s posts")`: as many forms as the language has. */
export function counted(count: number, one: string, more: string, values: Values = {}): string {
  return filled(speech.counted(count, one, more), values);
}

/** Several, with the language's comma between them. */
export function listed(several: readonly string[]): string {
  return several.join(_(", "));
}

function filled(said: string, values: Values): string {
  return said.replace(/%\((\w+)\)s/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === "number" ? value.toLocaleString(locale) : value;
  });
}
