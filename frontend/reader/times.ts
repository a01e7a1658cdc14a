/**
 * Owns the times on a page: in the reader's zone, with the place's own beside them where the two
 * differ. Without a script they are the place's.
 *
 * The page is told while it is being read in, before it is painted, and a fragment before it is put
 * in (the event "fragment", since this file and live.ts share no module): no line moves for it.
 */
const { lang } = document.documentElement;
/** As the server writes: English without a country is Britain's, and figures are Western. */
const LOCALE = lang === "en" ? "en-GB" : `${lang}-u-nu-latn`;
const DAY = 24 * 60;
const told = new WeakSet<Element>();
/** Whether any clock here is another than the place's. */
let isAway = false;

/** Each way of writing is made once: making it costs fifty times as much as using it. */
const ways: Record<string, Intl.DateTimeFormat> = {};

function written(at: Date, options: Intl.DateTimeFormatOptions): string {
  return (ways[JSON.stringify(options)] ??= new Intl.DateTimeFormat(LOCALE, options)).format(at);
}

function clock(at: Date, timeZone?: string): string {
  return written(at, { timeZone, timeStyle: "short" });
}

function date(at: Date, timeZone?: string): string {
  return written(at, { timeZone, dateStyle: "long" });
}

/**
 * The reader's clock beside the place's, without Intl: to load what that knows takes a slow phone longer
 * than all the rest before the first paint. Only where a clock is written 09:05, and the day is one.
 */
function quickly(at: Date, there: string, offset?: string): string | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(there) ?? [];
  const own = at.getHours() * 60 + at.getMinutes();
  // By how much the place is ahead of the reader: as the clock says, which may be a day out, and as
  // the zone does, which may be an hour out, for summer time.
  const clocks = Number(hours) * 60 + Number(minutes) - own;
  const days = Math.round((Number(offset) + at.getTimezoneOffset() - clocks) / DAY);
  const isOneDay = days === 0 && /^(de|en|fr|pt)$/.test(lang);
  return isOneDay ? [own / 60, own % 60].map(two).join(":") : undefined;
}

const two = (figure: number): string => String(Math.floor(figure)).padStart(2, "0");

/** Whether the parser has left a node behind: until then its text may still grow. */
function isWhole(node: Node | null): boolean {
  return node !== null && (node.nextSibling !== null || isWhole(node.parentNode));
}

/** `isSent`: the words are the server's, for this very moment. */
function tell(time: HTMLTimeElement, isSent = true): void {
  const main = document.querySelector("main");
  const zone = main?.dataset.timezone;
  const at = new Date(time.dateTime);
  const sent = time.dataset.there ?? time.textContent!;
  const quick = isSent ? quickly(at, sent, main?.dataset.offset) : undefined;
  const here = quick ?? clock(at);
  const placed = quick ? sent : clock(at, zone);
  const day = quick ? undefined : date(at);
  const isOtherDay = day !== undefined && day !== date(at, zone);
  const isOther = here !== placed || isOtherDay;
  const updated = time.closest(".updated");
  isAway ||= isOther;
  if (time.closest(".banner") || (zone && !isOther && !updated)) return;
  const agenda = time.closest<HTMLElement>(".agenda");
  const when = time.closest(".when");
  const dated = (when ?? updated)?.querySelector(".day");
  const there = ((agenda ?? main)?.dataset.there ?? "").replace("{}", placed);
  time.textContent = here;
  if (day) {
    if (dated) dated.textContent = day;
    else if (updated) time.append(`, ${day}`);
  }
  if (!zone || updated) return;
  time.dataset.there = placed; // for copies of it (rail.ts)
  if (agenda && isOtherDay) {
    time.append(` ${written(at, { weekday: "short" })}`);
  }
  if (time.closest(".what")) time.append(` (${there})`);
  else {
    const span = document.createElement("span");
    span.className = "there";
    span.textContent = there;
    if (dated) dated.before(span, " ");
    else time.append(" ", span);
  }
}

/** All times in `root` that are whole; each once. */
function tellAll(root: ParentNode, isReady: (node: Element) => boolean): void {
  for (const time of root.querySelectorAll("time")) {
    if (told.has(time) || !isReady(time.closest("p,li") ?? time)) continue;
    told.add(time);
    tell(time);
  }
}

export function times(): void {
  const reading = new MutationObserver(() => tellAll(document, isWhole));
  reading.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    tellAll(document, () => true);
    const closing = document.querySelector<HTMLElement>("[data-here]");
    if (closing && isAway) closing.textContent = closing.dataset.here!;
  });
  document.addEventListener("fragment", (event) => {
    const { detail } = event as CustomEvent<Element>;
    if (detail.matches("time")) tell(detail as HTMLTimeElement, false);
    else tellAll(detail, () => true);
  });
}
