/** One picture of the library, large: what is said of it, what matters in it, what is cut off. */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { Refused } from "../api.ts";
import type { Media, Said } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";
import { about, used, type Use } from "./picture/about.ts";
import { framing } from "./picture/framing.ts";
import { tried } from "./trying.ts";

const said = words.pictures;
const LOOK = 700;

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

  private readonly choose = (crops: boolean): void => {
    this.crops = crops;
    this.requestUpdate();
  };

  private readonly set = (part: Partial<Said>): void => {
    const now = { ...this.changes, ...part };
    const kept = Object.entries(now).filter(([name, value]) => !isSame(value, this.base?.[name as keyof Said]));
    this.changes = Object.fromEntries(kept) as Partial<Said>;
    this.note = "";
    this.requestUpdate();
  };

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
        <div>${framing(base, now, this.crops, { set: this.set, choose: this.choose })}</div>
        <div>${about(base, now, { set: this.set, note: this.note, saves: this.isChanged && !this.saving })}
          ${used(this.uses, this.elsewhere)}</div>
      </div>
    </form>`;
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save(event);
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `${Math.round(Number(one) * 100)} %`).join(" ");
  return value ? `“${String(value)}”` : said.nothing;
}
