/** Beside the text: who wrote it and where, who says so, when, what it is about. */
import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { local, moment } from "../times.ts";
import { KINDS, VERIFICATIONS, type Byline, type Content, type Person, type Source } from "../shapes.ts";
import { listed, locale } from "../speech.ts";
import { words } from "../words.ts";

const said = words.compose;
type Set = (fields: Partial<Content>) => void;

/** Ana Reyes in Brussels and Tom Okafor in Geneva */
export function bylineWords(byline: readonly Byline[]): string {
  const named = byline.filter((one) => one.name.trim());
  return listed(named.map(({ name, place }) => (place ? words.bylineIn(name, place) : name)));
}

export function bylineFields(content: Content, people: readonly Person[], set: Set): TemplateResult {
  const { byline } = content;
  const change = (n: number, part: Partial<Byline>) => {
    const known = people.find((person) => person.name === part.name);
    const more = known ? { organisation: known.organisation ?? null, place: byline[n]?.place || known.place || null } : {};
    set({ byline: byline.map((one, m) => (m === n ? { ...one, ...part, ...more } : one)) });
  };
  return html`<datalist id="people">${people.map((person) => html`<option>${person.name}</option>`)}</datalist>
    ${byline.map(
      (one, n) => html`<div class="row byline-row">
        ${input(said.person, one.name, (name) => change(n, { name }), { list: "people" })}
        ${input(said.place, one.place ?? "", (place) => change(n, { place }))}
        ${input(said.organisation, one.organisation ?? "", (organisation) => change(n, { organisation }))}
        ${remove(() => set({ byline: byline.filter((_, m) => m !== n) }))}
      </div>`,
    )}
    ${adding(said.addPerson, () => set({ byline: [...byline, { name: "" }] }))}`;
}

export function sourcesWords(sources: readonly Source[]): string {
  const named = sources.filter((one) => one.name.trim());
  return listed(named.map((one) => `${one.name} (${words.verified[one.verification ?? "unconfirmed"]})`));
}

export function sourceFields(content: Content, set: Set): TemplateResult {
  const sources = content.sources ?? [];
  const change = (n: number, part: Partial<Source>) =>
    set({ sources: sources.map((one, m) => (m === n ? { ...one, ...part } : one)) });
  return html`${sources.map(
      (one, n) => html`<div class="row source-row">
        ${input(said.sourceName, one.name, (name) => change(n, { name }))}
        ${input(said.sourceUrl, one.url ?? "", (url) => change(n, { url: url || null }), { type: "url" })}
        ${choice(said.kind, KINDS, words.kinds, one.kind ?? "publication", (kind) => change(n, { kind }))}
        ${choice(said.verification, VERIFICATIONS, words.verifications, one.verification ?? "unconfirmed", (verification) =>
          change(n, { verification }),
        )}
        ${remove(() => set({ sources: sources.filter((_, m) => m !== n) }))}
      </div>`,
    )}
    ${adding(said.addSource, () => set({ sources: [...sources, { name: "" }] }))}`;
}

export function topicFields(content: Content, set: Set): TemplateResult {
  return html`${input(said.topics, listed(content.topics ?? []), (topics) =>
      set({ topics: topics.split(/[,،、]/).map((one) => one.trimStart()) }),
    )}
    <p class="hint">${said.topicsHint}</p>`;
}

export function timeFields(content: Content, timezone: string, set: Set): TemplateResult {
  const value = content.occurred_at ? local(content.occurred_at, timezone) : "";
  return html`${input(
      said.occurred,
      value,
      (at) => set({ occurred_at: at ? moment(at, timezone) : null }),
      { type: "datetime-local" },
    )}
    <p class="hint">${said.occurredHint(timezone)}</p>`;
}

const LANGUAGES = "ar de en es fa fr he hi id it ja ko nl pl pt ru sv tr uk ur zh".split(" ");

/** What a time zone and a language are called, for fields with the lists `zones` and `languages`. */
export function placeLists(): unknown {
  const names = new Intl.DisplayNames([locale], { type: "language" });
  // Once: they are long, and a form is drawn with each key.
  return guard([], () => html`<datalist id="zones">${Intl.supportedValuesOf("timeZone").map((zone) => html`<option>${zone}</option>`)}</datalist>
    <datalist id="languages">${LANGUAGES.map((one) => html`<option value=${one}>${names.of(one)}</option>`)}</datalist>`);
}

export function mark(name: string, on: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<label class="choice"
    ><input type="checkbox" .checked=${on} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} /> ${name}</label
  >`;
}

export function input(
  name: string,
  value: string,
  set: (value: string) => void,
  { list = "", type = "text", required = false } = {},
): TemplateResult {
  return html`<label class="field"
    ><span>${name}</span>
    <input type=${type} dir=${directionIn(type, value)} .value=${value} list=${list || ""} autocomplete="off" ?required=${required}
      @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
  /></label>`;
}

/** Words run as they are written; an address from left to right; what is empty, as the desk. */
function directionIn(type: string, value: string): string {
  if (type === "url" || type === "email") return "ltr";
  return type === "text" && value ? "auto" : "";
}

export function choice<T extends string>(
  name: string,
  values: readonly T[],
  names: Record<T, string>,
  value: T,
  set: (value: T) => void,
): TemplateResult {
  return html`<label class="field"
    ><span>${name}</span>
    <select .value=${value} @change=${(event: Event) => set((event.target as HTMLSelectElement).value as T)}>
      ${values.map((one) => html`<option value=${one} ?selected=${one === value}>${names[one]}</option>`)}
    </select></label
  >`;
}

export function remove(act: () => void): TemplateResult {
  return html`<button type="button" class="quiet" @click=${act}>${words.remove}</button>`;
}

export function adding(name: string, act: () => void): TemplateResult {
  return html`<button type="button" class="quiet" @click=${act}>${name}</button>`;
}
