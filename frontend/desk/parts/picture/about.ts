/** What is said of a picture, and where it is used. */
import { html, type TemplateResult } from "lit";
import { lacks, SOURCE_TYPES, type Media, type Said } from "../../model/pictures.ts";
import { dayAndClock } from "../../times.ts";
import { words } from "../../words.ts";
import { choice, input } from "../details.ts";

const said = words.pictures;

export interface Use {
  coverage: string;
  title: string;
  what: "post" | "earlier" | "draft";
  headline: string | null;
  url: string | null;
}

interface Hands {
  set: (part: Partial<Said>) => void;
  note: string;
  /** There is something to save. */
  saves: boolean;
}

export function about(base: Media, now: Media, { set, note, saves }: Hands): TemplateResult {
  const kinds = Object.fromEntries([...SOURCE_TYPES, now.digital_source_type ?? ""].map((one) => [one, typeName(one)]));
  const area = (name: "caption" | "alt") =>
    html`<label class="field"><span>${said[name]}</span><textarea name=${name} rows="3" maxlength="2000" .value=${now[name] ?? ""}
      @input=${(event: Event) => set({ [name]: (event.target as HTMLTextAreaElement).value })}></textarea></label>`;
  const line = (name: "credit" | "creator" | "copyright") =>
    input(said[name], now[name] ?? "", (value) => set({ [name]: value }));
  const missing = lacks(now);
  return html`<fieldset class="sheet" ?disabled=${!base.may_change}>
      <legend class="unseen">${said.about}</legend>
      ${missing.length ? html`<p class="lacks">${missing.map((one) => said.lacks[one]).join(" ")}</p>` : ""}
      ${area("caption")} ${line("credit")} ${area("alt")} ${line("creator")} ${line("copyright")}
      ${choice(said.digital_source_type, Object.keys(kinds), kinds, now.digital_source_type ?? "", (value) =>
        set({ digital_source_type: value }))}
    </fieldset>
    <p class="hint">${said.sent(base.filename, base.uploaded_by ?? "", dayAndClock(base.created_at ?? ""))}
      ${base.taken_at ? said.taken(base.taken_at) : ""}</p>
    ${base.may_change
      ? html`<p class="buttons"><button class="strong" ?disabled=${!saves}>${words.save}</button></p>`
      : html`<p class="hint">${said.notYours}</p>`}
    <p class="kept" role="status">${note}</p>`;
}

export function used(uses: readonly Use[] | null, elsewhere: number): TemplateResult | string {
  if (!uses) return "";
  return html`<h3>${said.uses}</h3>
    ${uses.length || elsewhere ? "" : html`<p class="hint">${said.unused}</p>`}
    <ul class="uses">
      ${uses.map((one) => {
        const name = one.headline || words.queue.untitled;
        const title = one.url ? html`<a href=${one.url} target="_blank" rel="noopener">${name}</a>` : name;
        return html`<li>${title} <span>${one.title}. ${said.used[one.what]}</span></li>`;
      })}
      ${elsewhere ? html`<li><span>${said.hidden(elsewhere)}</span></li>` : ""}
    </ul>`;
}

function typeName(address: string): string {
  const name = address.split("/").at(-1) ?? "";
  return said.sourceTypes[name] ?? (name || said.sourceTypes["none"]!);
}
