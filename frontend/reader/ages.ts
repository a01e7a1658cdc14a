/**
 * Owns how long ago things were: "4 min ago" beside a post's time for an hour, and the head's
 * "Updated 20 seconds ago"; and what of the agenda is on now.
 *
 * The fragments stay as the server sent them: the words are a style sheet's. And they are true
 * where the device's clock is not: it is set by what the server says, and what lies in the future
 * gets no words.
 */
import { MINUTE, SECOND } from "./pace.ts";
import { nowWord, shortAgo, updated } from "./words.ts";

const FRESH = 60 * MINUTE;
/** An appointment has a beginning only: it is on until the next one, and no longer than this. */
const ON = 120 * MINUTE;
const STEP = 10 * SECOND;

/** The server's time, as well as it can be known from what it has said. */
export class Clock {
  #ahead = Infinity;

  /** `said`: a time that the server gave as now, or a moment ago. */
  heard(said: number, now = Date.now()): void {
    if (said) this.#ahead = Math.min(this.#ahead, now - said); // the quickest answer is the truest
  }

  now(now = Date.now()): number {
    return now - (this.#ahead === Infinity ? 0 : this.#ahead);
  }
}

/** Whether what begins then is on; `next` is when the next thing begins, if there is one. */
export function isOn(begins: number, next: number | undefined, now: number): boolean {
  return begins <= now && now < Math.min(next ?? Infinity, begins + ON);
}

/** `knows`: whether the page can know at present when the coverage was last updated. */
export function ages(main: HTMLElement, clock: Clock, knows: () => boolean): () => void {
  const sheet = sheetOf();
  let shown = "";

  function age(time: HTMLTimeElement | null): number {
    const since = time ? clock.now() - Date.parse(time.dateTime) : -1;
    return since < FRESH ? since : -1;
  }

  function show(): void {
    if (!sheet || document.hidden) return;
    let rules = "";
    const since = age(main.querySelector(".updated time"));
    if (since >= 0 && knows()) {
      rules += `.updated{font-size:0}.updated::after{content:"${updated(since)}"}`;
    }
    for (const article of main.querySelectorAll("article")) {
      const post = age(article.querySelector("time"));
      if (post >= 0) rules += `[id="${article.id}"]{--ago:"${shortAgo(post)}"}`;
    }
    const agenda = [...main.querySelectorAll<HTMLTimeElement>(".agenda time")];
    const begins = agenda.map((time) => Date.parse(time.dateTime));
    agenda.forEach((time, at) => {
      const on = isOn(begins[at]!, begins[at + 1], clock.now());
      time.classList.toggle("is-now", on);
      if (on) rules += `.agenda{--now:"${nowWord()}"}`;
    });
    if (rules !== shown) sheet.replaceSync(`@media screen{${rules}}`);
    shown = rules;
  }

  setInterval(show, STEP);
  document.addEventListener("visibilitychange", show);
  return show;
}

/** Where a browser is too old for sheets made by a script, the times stand alone. */
function sheetOf(): CSSStyleSheet | undefined {
  try {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    return sheet;
  } catch {
    return undefined;
  }
}
