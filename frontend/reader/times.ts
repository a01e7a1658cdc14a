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
const told = new WeakSet<Element>();

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

/** Whether the parser has left a node behind: until then its text may still grow. */
function isWhole(node: Node | null): boolean {
  return node !== null && (node.nextSibling !== null || isWhole(node.parentNode));
}

function tell(time: HTMLTimeElement): void {
  const main = document.querySelector("main");
  const zone = main?.dataset.timezone;
  const at = new Date(time.dateTime);
  const here = clock(at);
  const day = date(at);
  const isOther = here !== clock(at, zone) || day !== date(at, zone);
  const updated = time.closest(".updated");
  if (time.closest(".banner") || (zone && !isOther && !updated)) return;
  const agenda = time.closest<HTMLElement>(".agenda");
  const when = time.closest(".when");
  const dated = (when ?? updated)?.querySelector(".day");
  const there = ((agenda ?? main)?.dataset.there ?? "").replace("{}", clock(at, zone));
  time.textContent = here;
  if (dated) dated.textContent = day;
  else if (updated) time.append(`, ${day}`);
  if (!zone || updated) return;
  if (agenda && day !== date(at, zone)) {
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
    const zone = document.querySelector("main")?.dataset.timezone;
    if (closing && zone && clock(new Date()) !== clock(new Date(), zone)) {
      closing.textContent = closing.dataset.here!;
    }
  });
  document.addEventListener("fragment", (event) => {
    const { detail } = event as CustomEvent<Element>;
    if (detail.matches("time")) tell(detail as HTMLTimeElement);
    else tellAll(detail, () => true);
  });
}
