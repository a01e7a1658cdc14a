/** Two versions of one post, side by side: nothing is overwritten before somebody has chosen. */
import { html, type TemplateResult } from "lit";
import type { CoverageDesk } from "../coverage.ts";
import type { Paper } from "../device/database.ts";
import { change, NOTHING } from "../device/papers.ts";
import { textOf } from "../model/check.ts";
import { chosen, merge, type Choice, type Field, type Merge } from "../model/merge.ts";
import { tidy } from "../model/tidy.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import type { Block, Content } from "../shapes.ts";
import { listed } from "../speech.ts";
import { words } from "../words.ts";
import { bylineWords, sourcesWords } from "./details.ts";

const said = words.merge;

export class DeskMerge extends Part {
  static override properties = { room: { attribute: false }, paper: { attribute: false } };
  declare room: CoverageDesk;
  declare paper: Paper;
  private readonly choices: Choice[] = [];
  private readonly fields = new Map<Field, "mine" | "theirs">();

  private get found(): Merge {
    return merge(this.paper.base ?? NOTHING, tidy(this.paper.content), this.paper.clash!.content);
  }

  override render(): TemplateResult | string {
    const { clash } = this.paper;
    if (!clash) return "";
    const { fields, stretches } = this.found;
    const name = this.room.presence.editorOf(this.paper.id)?.name ?? (clash.author.id === newsroom.me.id ? said.somebody : clash.author.name);
    let n = 0;
    return html`<section class="merge" aria-label=${said.title(name)}>
      <h2>${said.title(name)}</h2>
      <p>${said.text}</p>
      ${fields.map((field) =>
        this.sides(`field-${field}`, said.fields[field], fieldWords(this.paper.content, field), fieldWords(clash.content, field), false, (choice) =>
          this.fields.set(field, choice === "theirs" ? "theirs" : "mine"),
        ),
      )}
      ${stretches.map((stretch) => {
        if (!stretch.clash) return "";
        const at = n++;
        return this.sides(`clash-${at}`, "", blockWords(stretch.mine), blockWords(stretch.theirs), true, (choice) => (this.choices[at] = choice));
      })}
      <button type="button" class="strong" @click=${this.take}>${said.done}</button>
    </section>`;
  }

  private sides(id: string, name: string, mine: string, theirs: string, both: boolean, choose: (choice: Choice) => void): TemplateResult {
    const side = (choice: Choice, label: string, text: string) =>
      html`<label class="side"><span><input type="radio" name=${id} ?checked=${choice === "mine"} @change=${() => choose(choice)} /> ${label}</span>
        ${text ? html`<span class="version" dir="auto">${text}</span>` : ""}</label>`;
    return html`<fieldset class="sides">
      <legend class=${name ? "" : "unseen"}>${name || words.compose.text}</legend>
      ${side("mine", said.mine, mine)} ${side("theirs", said.theirs, theirs)} ${both ? side("both", said.both, "") : ""}
    </fieldset>`;
  }

  private readonly take = async (): Promise<void> => {
    const { content, stretches } = this.found;
    const theirs = this.paper.clash!;
    const made: Content = { ...content, blocks: chosen(stretches, this.choices) };
    for (const [field, side] of this.fields)
      if (side === "theirs") Object.assign(made, { [field]: theirs.content[field] });
    await change(newsroom.device, this.paper.id, (held) => ({
      ...held,
      content: made,
      base: theirs.content,
      // Without an author it is the published post that has moved on.
      origin: theirs.author.id ? held.origin : theirs.content,
      version: theirs.version,
      based_on: theirs.based_on ?? held.based_on,
      state: theirs.state,
      changed: Math.max(Date.now(), held.changed + 1),
      take: held.take + 1,
      refusal: "",
      clash: null,
    }));
    await this.room.look();
    newsroom.send(0);
  };
}

function blockWords(blocks: readonly Block[]): string {
  return textOf({ blocks: [...blocks], byline: [] }).trim() || "–";
}

function fieldWords(content: Content, field: Field): string {
  const value = content[field];
  if (field === "byline") return bylineWords(content.byline);
  if (field === "sources") return sourcesWords(content.sources ?? []) || "–";
  return Array.isArray(value) ? listed(value as string[]) : String(value || "–");
}
