/**
 * Owns the language of what the script says: English as it stands beside each `_`, else what the
 * page has brought along for it. Numbers and plural forms are the browser's (Intl).
 */
export type Table = Record<string, string | Record<string, string>>;

/** `tag`: what the page's `lang` says; `table`: the words in it, by their English. */
export class Speech {
  /** For Intl. English without a country is Britain's, and figures are Western, as the server's. */
  readonly locale: string;
  readonly #table: Table;
  readonly #rules: Intl.PluralRules;

  constructor(tag = "en", table: Table = {}) {
    this.locale = tag === "en" ? "en-GB" : `${tag}-u-nu-latn`;
    this.#table = table;
    this.#rules = new Intl.PluralRules(tag);
  }

  say(english: string): string {
    const found = this.#table[english];
    // What is counted elsewhere is said of one here.
    return (typeof found === "object" ? (found.one ?? found.other) : found) ?? english;
  }

  counted(count: number, one: string, more: string): string {
    const found = this.#table[one] as Record<string, string> | undefined;
    const forms = found ?? { one, other: more };
    const form = forms[this.#rules.select(count)] ?? forms.other ?? more;
    return form.replace("%(num)s", count.toLocaleString(this.locale));
  }

  /** "20 seconds ago" */
  ago(count: number, unit: "second" | "minute", style: "long" | "short"): string {
    return new Intl.RelativeTimeFormat(this.locale, { style }).format(-count, unit);
  }
}

let speech = new Speech();

/** Speak the page's language: once, before anything is said. */
export function speak(tag: string, table: string): void {
  speech = new Speech(tag, table ? (JSON.parse(table) as Table) : {});
}

export const _ = (english: string): string => speech.say(english);
export const counted = (count: number, one: string, more: string): string =>
  speech.counted(count, one, more);
export const since: Speech["ago"] = (...args) => speech.ago(...args);
export const locale = (): string => speech.locale;
