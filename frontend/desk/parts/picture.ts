/** One picture of the library, large: what is said of it, what matters in it, what is cut off. */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { Refused } from "../api.ts";
import { fitted, isWhole, pointAt, shaped, WHOLE, type Box, type Point } from "../model/frame.ts";
import { lacks, mainOf, SOURCE_TYPES, type Media, type Said } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";
import { choice, input } from "./details.ts";
import { tried } from "./trying.ts";

const said = words.pictures;
const LOOK = 700;
const FORMS = { "": 0, "3:2": 3 / 2, "16:9": 16 / 9, "1:1": 1, "4:5": 4 / 5 };

interface Use {
  coverage: string;
  title: string;
  what: "post" | "earlier" | "draft";
  headline: string | null;
  url: string | null;
}

export class DeskPicture extends Part {
  static override properties = { picture: {} };
  /** Its id. */
  declare picture: string;
  private base: Media | null = null;
  private mark = "";
  private changes: Partial<Said> = {};
  private crops = false;
  private problem = "";
  private note = "";
  private saving = false;
  private uses: Use[] | null = null;
  private elsewhere = 0;
  private timer = 0;

  get isChanged(): boolean {
    return Object.keys(this.changes).length > 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("picture")) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async open(): Promise<void> {
    await this.act(async () => {
      await this.read();
      const found = await newsroom.api.json<{ uses: Use[]; hidden: number }>(`${this.path}/uses`);
      [this.uses, this.elsewhere] = [found.uses, found.hidden];
    });
  }

  private get path(): string {
    return `/api/media/${this.picture}`;
  }

  /** As the server has it now. As long as files are being made, it is looked at again. */
  private async read(): Promise<Media> {
    return this.take(await newsroom.api.send(this.path, {}));
  }

  private async take(answer: Response): Promise<Media> {
    this.base = (await answer.json()) as Media;
    this.mark = answer.headers.get("ETag") ?? "";
    clearTimeout(this.timer);
    if (this.base.state === "processing" && this.isConnected)
      this.timer = window.setTimeout(() => void this.act(() => this.read()), LOOK);
    else this.dispatchEvent(new CustomEvent("ready", { detail: this.base }));
    return this.base;
  }

  private async act(work: () => Promise<unknown>): Promise<void> {
    this.problem = (await tried(work)) || this.problem;
    this.requestUpdate();
  }

  private set(part: Partial<Said>): void {
    const now = { ...this.changes, ...part };
    const kept = Object.entries(now).filter(([name, value]) => !isSame(value, this.base?.[name as keyof Said]));
    this.changes = Object.fromEntries(kept) as Partial<Said>;
    this.note = "";
    this.requestUpdate();
  }

  private readonly save = (event?: Event): void => {
    event?.preventDefault();
    if (!this.saving && this.isChanged) void this.send();
  };

  private async send(): Promise<void> {
    [this.saving, this.problem, this.note] = [true, "", ""];
    this.requestUpdate();
    await this.act(async () => {
      const sent = this.changes;
      try {
        await this.take(await newsroom.api.send(this.path, { method: "PATCH", body: sent, headers: { "If-Match": this.mark } }));
        this.changes = {};
        this.note = words.saved;
        this.dispatchEvent(new CustomEvent("saved", { detail: this.base }));
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 412) throw error;
        await this.meet(sent);
      }
    });
    this.saving = false;
    this.requestUpdate();
  }

  /** Somebody was faster: theirs is shown, ours stays in the fields where we have written. */
  private async meet(sent: Partial<Said>): Promise<void> {
    const before = this.base!;
    const now = await this.read();
    const both = (Object.keys(sent) as (keyof Said)[]).filter((name) => !isSame(before[name], now[name]));
    this.set(sent);
    const theirs = both.map((name) => `${said[name]}: ${shown(now[name])}`);
    this.problem = said.clash + (theirs.length ? ` ${said.theirs(theirs.join("; "))}` : "");
  }

  override render(): TemplateResult {
    const { base } = this;
    if (!base)
      return this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : html`<p class="notice">${words.loading}</p>`;
    const now = { ...base, ...this.changes };
    return html`<form class="picture-form" @submit=${this.save} @keydown=${this.key}>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      ${base.reason ? html`<p class="refusal" role="alert">${words.editor.uploadRefused(words.refusal(base.reason))}</p>` : ""}
      <div class="picture-sides">
        <div>${this.framing(base, now)}</div>
        <div>${this.fields(base, now)} ${this.used()}</div>
      </div>
    </form>`;
  }

  private framing(base: Media, now: Media): TemplateResult {
    const src = base.whole ?? (base.media ? `/media/${base.media}` : "");
    if (!src) return html`<p class="notice" role="status">${words.editor.processing}</p>`;
    // Where the whole was taken down, only what is left of it can be shown, and no other crop be made.
    const fixed = !base.may_change || !base.whole;
    const main = mainOf(base);
    const size = base.whole ? [base.width, base.height] : [main?.width, main?.height];
    const [width, height] = [size[0] || 3, size[1] || 2];
    const [focal, crop] = [now.focal ?? null, base.whole ? (now.crop ?? null) : null];
    const mode = (crops: boolean, name: string) =>
      html`<button type="button" aria-pressed=${this.crops === crops} class=${this.crops === crops ? "strong" : ""} @click=${() => {
        this.crops = crops;
        this.requestUpdate();
      }}>${name}</button>`;
    return html`<desk-frame .src=${src} .alt=${now.alt || said.untold} .width=${width} .height=${height} .focal=${focal} .crop=${crop}
        ?crops=${this.crops} ?fixed=${fixed} @framed=${(event: CustomEvent<Partial<Said>>) => this.set(event.detail)}></desk-frame>
      ${fixed ? "" : html`<p class="buttons">${mode(false, said.focal)} ${mode(true, said.crop)}</p>
        <p class="hint">${this.crops ? said.cropHint : said.focalHint}</p>
        ${this.crops ? this.cropFields(crop ?? WHOLE, width / height, focal) : this.focalFields(focal)}`}
      <h3>${said.readersGet}</h3>
      <desk-readers-get .src=${src} .width=${width} .height=${height} .focal=${focal} .crop=${crop}></desk-readers-get>
      ${base.state === "processing" ? html`<p class="kept" role="status">${said.making}</p>` : ""}`;
  }

  private focalFields(focal: Point | null): TemplateResult {
    const [x, y] = focal ?? [0.5, 0.5];
    return html`<div class="row parts">
      ${part(said.fromLeft, focal && x, (value) => this.set({ focal: pointAt(value, y) }))}
      ${part(said.fromTop, focal && y, (value) => this.set({ focal: pointAt(x, value) }))}
      <button type="button" class="quiet" ?disabled=${!focal} @click=${() => this.set({ focal: null })}>${said.focalOff}</button>
    </div>`;
  }

  private cropFields(box: Box, form: number, focal: Point | null): TemplateResult {
    const set = (n: number) => (value: number) =>
      this.setCrop(fitted(box.map((one, m) => (m === n ? value : one)) as unknown as Box));
    return html`<div class="row parts">
      ${[said.left, said.top, said.width, said.height].map((name, n) => part(name, box[n]!, set(n)))}
      ${choice(said.form, Object.keys(FORMS) as (keyof typeof FORMS)[], said.forms, "", (name) =>
        name && this.setCrop(shaped(FORMS[name], form, focal ?? [0.5, 0.5])))}
      <button type="button" class="quiet" ?disabled=${isWhole(box)} @click=${() => this.setCrop(WHOLE)}>${said.cropOff}</button>
    </div>`;
  }

  private setCrop(box: Box): void {
    this.set({ crop: isWhole(box) ? null : box });
  }

  private fields(base: Media, now: Media): TemplateResult {
    const kinds = Object.fromEntries([...SOURCE_TYPES, now.digital_source_type ?? ""].map((one) => [one, typeName(one)]));
    const area = (name: "caption" | "alt") =>
      html`<label class="field"><span>${said[name]}</span><textarea name=${name} rows="3" maxlength="2000" .value=${now[name] ?? ""}
        @input=${(event: Event) => this.set({ [name]: (event.target as HTMLTextAreaElement).value })}></textarea></label>`;
    const line = (name: "credit" | "creator" | "copyright") =>
      input(said[name], now[name] ?? "", (value) => this.set({ [name]: value }));
    const missing = lacks(now);
    return html`<fieldset class="sheet" ?disabled=${!base.may_change}>
        <legend class="unseen">${said.about}</legend>
        ${missing.length ? html`<p class="lacks">${missing.map((one) => said.lacks[one]).join(" ")}</p>` : ""}
        ${area("caption")} ${line("credit")} ${area("alt")} ${line("creator")} ${line("copyright")}
        ${choice(said.digital_source_type, Object.keys(kinds), kinds, now.digital_source_type ?? "", (value) =>
          this.set({ digital_source_type: value }))}
      </fieldset>
      <p class="hint">${said.sent(base.filename, base.uploaded_by ?? "", dayAndClock(base.created_at ?? ""))}
        ${base.taken_at ? said.taken(base.taken_at) : ""}</p>
      ${base.may_change
        ? html`<p class="buttons"><button class="strong" ?disabled=${!this.isChanged || this.saving}>${words.save}</button></p>`
        : html`<p class="hint">${said.notYours}</p>`}
      <p class="kept" role="status">${this.note}</p>`;
  }

  private used(): TemplateResult | string {
    const { uses, elsewhere } = this;
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

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save(event);
  };
}

function part(name: string, value: number | null, set: (value: number) => void): TemplateResult {
  return html`<label class="field part"><span>${name}</span><input type="number" min="0" max="100" step="1" inputmode="numeric"
    .value=${value === null ? "" : String(Math.round(value * 100))}
    @change=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isFinite(typed)) set(typed / 100);
    }} /></label>`;
}

function typeName(address: string): string {
  const name = address.split("/").at(-1) ?? "";
  return said.sourceTypes[name] ?? (name || said.sourceTypes["none"]!);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `${Math.round(Number(one) * 100)} %`).join(" ");
  return value ? `“${String(value)}”` : said.nothing;
}
