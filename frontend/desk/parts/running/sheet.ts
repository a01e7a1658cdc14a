/** What each sheet of the running screen shares: the coverage, and a write that may be refused. */
import { html, type TemplateResult } from "lit";
import { Refused } from "../../api.ts";
import type { CoverageDesk } from "../../coverage.ts";
import { sendOnce } from "../../once.ts";
import { newsroom } from "../../newsroom.ts";
import { Part } from "../../part.ts";
import type { Coverage } from "../../shapes.ts";
import { words } from "../../words.ts";
import { remove } from "../details.ts";

export abstract class Sheet extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;
  protected note = "";
  protected problem = "";
  /** Somebody else was faster. */
  protected isStale = false;
  /** How what is changed here stood before. */
  protected seen: Partial<Coverage> = {};

  protected get path(): string {
    return `/api/coverages/${this.room.slug}`;
  }

  /** Whether it was done; if not, why is said in words. */
  protected async tried(act: () => Promise<unknown>, stale = words.running.stale): Promise<boolean> {
    this.problem = this.note = "";
    this.isStale = false;
    try {
      await act();
      this.note = words.saved;
    } catch (error) {
      this.isStale = error instanceof Refused && error.status === 412;
      this.problem = this.isStale ? stale : error instanceof Refused ? words.refusal(error.message) : words.link.needsNetwork;
    }
    this.requestUpdate();
    return !this.problem;
  }

  protected outcome(): TemplateResult {
    return html`${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      <p class="kept" role="status">${this.note}</p>`;
  }

  /** That, as it stands now. */
  protected get stands(): Partial<Coverage> {
    const coverage = this.room.coverage!;
    return Object.fromEntries(Object.keys(this.seen).map((name) => [name, coverage[name as keyof Coverage]]));
  }

  /** Change what the coverage says of itself. Whether that was done. */
  protected async describe(changes: Partial<Coverage>): Promise<boolean> {
    const is_done = await this.tried(() => this.send("PATCH", "", { ...changes, seen: this.seen }));
    // As the server has it: it trims, and what is seen is held against that the next time.
    if (is_done || this.isStale) {
      const before = { ...this.room.coverage!, ...(is_done ? changes : {}) };
      this.room.coverage = await newsroom.api.json<Coverage>(this.path).catch(() => before);
    }
    if (is_done) this.seen = this.stands;
    this.requestUpdate();
    return is_done;
  }

  /** Both are there; nobody's is overwritten unseen. */
  protected choice(theirs: readonly (string | null | undefined)[], take: () => unknown, save: () => unknown): TemplateResult {
    const end = (act: () => unknown) => () => {
      [this.isStale, this.problem, this.seen] = [false, "", this.stands];
      this.requestUpdate();
      return act();
    };
    return html`<h3>${words.merge.theirs}</h3>
      <ul class="lines">${theirs.filter(Boolean).map((line) => html`<li><span dir="auto">${line}</span></li>`)}</ul>
      <p class="buttons">
        <button type="button" @click=${end(take)}>${words.running.takeTheirs}</button>
        <button type="button" @click=${end(save)}>${words.running.saveMine}</button>
      </p>`;
  }

  /** Something that can be done to one thing of a list; `what` tells it from the others there. */
  protected button(name: string, about: string, act: () => unknown, what = "", off = false): TemplateResult {
    return html`<button type="button" class="quiet" data-act=${what} ?disabled=${off} @click=${act}
      >${name}<span class="unseen"> ${about}</span></button>`;
  }

  /** What is moved in the page loses the focus; a button at the end of its way can't have it. */
  protected async focused(item: string, act: () => Promise<unknown>): Promise<void> {
    const held = (document.activeElement as HTMLElement | null)?.dataset["act"] || "up";
    await act();
    await this.updateComplete;
    const found = this.querySelector(item);
    // At the end of its way the other direction: what is pressed once too often must undo nothing else.
    const goals = [`[data-act=${held}]`, "[data-act=up]", "[data-act=down]", "button"];
    goals.map((goal) => found?.querySelector<HTMLElement>(`${goal}:not(:disabled)`)).find(Boolean)?.focus();
  }

  protected async send(method: string, path: string, body?: unknown, headers = {}): Promise<void> {
    await sendOnce(`${this.path}${path}`, { method, body, headers });
  }
}

/** Alt and an arrow move one thing of a list, from wherever one is in it. */
export function step(event: KeyboardEvent, move: (by: number) => unknown): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by || !event.altKey) return;
  event.preventDefault();
  move(by);
}

/** A choice that adds something, and is empty again afterwards. */
export function picking(name: string, options: readonly { value: string; name: string }[], pick: (value: string) => void): TemplateResult {
  const picked = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    if (select.value) pick(select.value);
    select.value = "";
  };
  return html`<label class="field"><span>${name}</span><select @change=${picked}><option value=""></option>
    ${options.map((one) => html`<option value=${one.value}>${one.name}</option>`)}</select></label>`;
}

/** Things of one kind below each other, each of which can be removed. */
export function rows<T>(
  title: string,
  items: readonly T[],
  fresh: T,
  set: (items: T[]) => void,
  fields: (item: T, change: (part: Partial<T>) => void) => TemplateResult,
): TemplateResult {
  return html`<h3>${title}</h3>
    ${items.map((item, n) => html`<div class="row">
      ${fields(item, (part) => set(items.map((one, m) => (m === n ? { ...one, ...part } : one))))}
      ${remove(() => set(items.filter((_, m) => m !== n)))}
    </div>`)}
    <button type="button" class="quiet" @click=${() => set([...items, fresh])}>${words.add}</button>`;
}

export function area(name: string, value: string, lines: number, set: (value: string) => void): TemplateResult {
  return html`<label class="field"><span>${name}</span>
    <textarea rows=${lines} dir=${value ? "auto" : ""} .value=${value} @input=${(event: Event) => set((event.target as HTMLTextAreaElement).value)}></textarea></label>`;
}

/** One line, which is read whole where it is long. */
export function line(name: string, value: string, set: (value: string) => void): TemplateResult {
  return area(name, value, 1, (typed) => set(typed.replaceAll("\n", " ")));
}
