/** The screens of the house: what stands at each address, and who is led there. */
import { html, type TemplateResult } from "lit";
import type { House } from "../addresses.ts";
import { newsroom } from "../newsroom.ts";
import { define } from "../part.ts";
import { atLeast } from "../rights.ts";
import type { Role } from "../shapes.ts";
import { words } from "../words.ts";

interface Screen {
  /** As links call it; without one it is led to from elsewhere. */
  name?: string;
  /** The least that somebody is to see it: for the house, or in any coverage where `anywhere`. */
  least: Role;
  anywhere?: boolean;
  shows: () => TemplateResult;
}

/** One more screen: a line here, its address in `HOUSE` (addresses.ts), its part in desk.ts, or in
 * house.ts where only administrators see it. */
export const SCREENS: Record<"front" | House, Screen> = {
  front: { least: "viewer", shows: () => html`<desk-front></desk-front>` },
  new: { least: "editor", shows: () => html`<desk-opening></desk-opening>` },
  pictures: { name: words.pictures.title, least: "contributor", anywhere: true, shows: () => html`<desk-pictures></desk-pictures>` },
  people: { name: words.people.title, least: "administrator", shows: () => ofHouse(html`<desk-people></desk-people>`) },
  audit: { name: words.audit.title, least: "administrator", shows: () => ofHouse(html`<desk-audit></desk-audit>`) },
};

const AGAIN = 5_000;
let house: "loading" | "there" | "missing" | undefined;

/** Shows a part of house.ts once that is loaded. */
function ofHouse(part: TemplateResult): TemplateResult {
  if (house === "there") return part;
  if (!house) void loadHouse();
  return html`<p class="notice">${house === "missing" ? words.link.needsNetwork : words.loading}</p>`;
}

async function loadHouse(): Promise<void> {
  house = "loading";
  try {
    define((await import("../house.ts")).HOUSE_PARTS);
    house = "there";
  } catch {
    house = "missing";
    setTimeout(() => {
      house = undefined;
      newsroom.changed();
    }, AGAIN);
  }
  newsroom.changed();
}

export function screen(at: "front" | House): TemplateResult {
  const one = SCREENS[at];
  return html`<main id="work" class="plain-page">
    ${mayEnter(one) ? one.shows() : html`<p class="back"><a href="/desk">${words.allCoverages}</a></p><p class="notice">${words.notYours}</p>`}
  </main>`;
}

/** The ways to the others, for those who may go there. */
export function houseLinks(here: string): TemplateResult | string {
  const ways = Object.entries(SCREENS).filter(([, one]) => one.name && mayEnter(one));
  if (!ways.length) return "";
  return html`<nav class="house" aria-label=${words.house}>
    ${ways.map(([at, one]) => html`<a href="/desk/${at}" aria-current=${at === here ? "page" : "false"}>${one.name}</a>`)}
  </nav>`;
}

function mayEnter({ least, anywhere }: Screen): boolean {
  const { role, coverages } = newsroom.me;
  return [role ?? "viewer", ...(anywhere ? Object.values(coverages) : [])].some((one) => atLeast(one, least));
}
