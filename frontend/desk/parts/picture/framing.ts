/** A picture with what matters in it and what is cut off: by mouse, by keys, by numbers. */
import { html, type TemplateResult } from "lit";
import { fitted, isWhole, pointAt, shaped, WHOLE, type Box, type Point } from "../../model/frame.ts";
import { mainOf, type Media, type Said } from "../../model/pictures.ts";
import { words } from "../../words.ts";
import { choice } from "../details.ts";

const said = words.pictures;
const FORMS = { "": 0, "3:2": 3 / 2, "16:9": 16 / 9, "1:1": 1, "4:5": 4 / 5 };
type Set = (part: Partial<Said>) => void;

interface Hands {
  set: Set;
  /** Cropping, or pointing? */
  choose: (crops: boolean) => void;
}

export function framing(base: Media, now: Media, crops: boolean, { set, choose }: Hands): TemplateResult {
  const src = base.whole ?? (base.media ? `/media/${base.media}` : "");
  if (!src) return html`<p class="notice" role="status">${words.editor.processing}</p>`;
  // Where the whole was taken down, only what is left of it can be shown, and no other crop be made.
  const fixed = !base.may_change || !base.whole;
  const main = mainOf(base);
  const size = base.whole ? [base.width, base.height] : [main?.width, main?.height];
  const [width, height] = [size[0] || 3, size[1] || 2];
  const [focal, crop] = [now.focal ?? null, base.whole ? (now.crop ?? null) : null];
  const mode = (on: boolean, name: string) =>
    html`<button type="button" aria-pressed=${crops === on} class=${crops === on ? "strong" : ""} @click=${() => choose(on)}>${name}</button>`;
  return html`<desk-frame .src=${src} .alt=${now.alt || said.untold} .width=${width} .height=${height} .focal=${focal} .crop=${crop}
      ?crops=${crops} ?fixed=${fixed} @framed=${(event: CustomEvent<Partial<Said>>) => set(event.detail)}></desk-frame>
    ${fixed ? "" : html`<p class="buttons">${mode(false, said.focal)} ${mode(true, said.crop)}</p>
      <p class="hint">${crops ? said.cropHint : said.focalHint}</p>
      ${crops ? cropFields(crop ?? WHOLE, width / height, focal, set) : focalFields(focal, set)}`}
    <h3>${said.readersGet}</h3>
    <desk-readers-get .src=${src} .width=${width} .height=${height} .focal=${focal} .crop=${crop}></desk-readers-get>
    ${base.state === "processing" ? html`<p class="kept" role="status">${said.making}</p>` : ""}`;
}

function focalFields(focal: Point | null, set: Set): TemplateResult {
  const [x, y] = focal ?? [0.5, 0.5];
  return html`<div class="row parts">
    ${part(said.fromLeft, focal && x, (value) => set({ focal: pointAt(value, y) }))}
    ${part(said.fromTop, focal && y, (value) => set({ focal: pointAt(x, value) }))}
    <button type="button" class="quiet" ?disabled=${!focal} @click=${() => set({ focal: null })}>${said.focalOff}</button>
  </div>`;
}

function cropFields(box: Box, form: number, focal: Point | null, set: Set): TemplateResult {
  const setCrop = (made: Box) => set({ crop: isWhole(made) ? null : made });
  const setPart = (n: number) => (value: number) =>
    setCrop(fitted(box.map((one, m) => (m === n ? value : one)) as unknown as Box));
  return html`<div class="row parts">
    ${[said.left, said.top, said.width, said.height].map((name, n) => part(name, box[n]!, setPart(n)))}
    ${choice(said.form, Object.keys(FORMS) as (keyof typeof FORMS)[], said.forms, "", (name) =>
      name && setCrop(shaped(FORMS[name], form, focal ?? [0.5, 0.5])))}
    <button type="button" class="quiet" ?disabled=${isWhole(box)} @click=${() => setCrop(WHOLE)}>${said.cropOff}</button>
  </div>`;
}

function part(name: string, value: number | null, set: (value: number) => void): TemplateResult {
  return html`<label class="field part"><span>${name}</span><input type="number" min="0" max="100" step="1" inputmode="numeric"
    .value=${value === null ? "" : String(Math.round(value * 100))}
    @change=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isFinite(typed)) set(typed / 100);
    }} /></label>`;
}
