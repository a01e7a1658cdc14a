/** What of a coverage's posts is listed. */
import { html, type TemplateResult } from "lit";
import { LACKS, MARKS, STANDINGS, valuesOf, type Filter } from "../../model/filter.ts";
import type { Post } from "../../shapes.ts";
import { words } from "../../words.ts";

const said = words.posts;

export function filterFields(posts: readonly Post[], filter: Filter, set: (part: Partial<Filter>) => void): TemplateResult {
  const pick = (name: keyof Filter, options: readonly (readonly [string, string])[]) =>
    html`<label class="field"><span>${said.filters[name]}</span>
      <select name=${name} .value=${filter[name]} @change=${(event: Event) => set({ [name]: (event.target as HTMLSelectElement).value })}>
        <option value="">${said.any}</option>
        ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === filter[name]}>${text}</option>`)}
      </select></label>`;
  const named = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return html`<search class="post-filters">
    <label class="field find"><span>${said.filters.words}</span>
      <input type="search" name="words" .value=${filter.words} autocomplete="off"
        @input=${(event: Event) => set({ words: (event.target as HTMLInputElement).value })} /></label>
    ${pick("author", named(valuesOf(posts, (post) => post.byline.map((one) => one.name))))}
    ${pick("standing", STANDINGS.map((one) => [one, said.standings[one]]))}
    ${pick("mark", MARKS.map((one) => [one, said.marks[one]]))}
    ${pick("topic", named(valuesOf(posts, (post) => post.topics ?? [])))}
    ${pick("lacks", LACKS.map((one) => [one, said.lacks[one]]))}
  </search>`;
}
