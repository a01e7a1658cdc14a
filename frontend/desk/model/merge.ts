/** Two people changed one post: what both changed is a question, everything else is put together. */
import type { Block, Content } from "../shapes.ts";

/** Why what was filed came back. It is kept with the paper; words.ts says it in the desk's language. */
export const CLASH = "Somebody else has changed it. Both versions are here; choose, then send it again.";

/** A stretch of blocks in both versions; `clash` where each says something else than before. */
export interface Stretch {
  clash: boolean;
  before: Block[];
  mine: Block[];
  theirs: Block[];
}
export const FIELDS = [
  "headline", "byline", "sources", "topics", "occurred_at", "key", "pinned", "language",
] as const;
export type Field = (typeof FIELDS)[number];
export interface Merge {
  /** Put together; where versions clash, mine. */
  content: Content;
  fields: Field[];
  stretches: Stretch[];
}
export type Choice = "mine" | "theirs" | "both";

export function merge(before: Content, mine: Content, theirs: Content): Merge {
  const fields = FIELDS.filter(
    (name) =>
      differ(mine[name], theirs[name]) &&
      differ(mine[name], before[name]) &&
      differ(theirs[name], before[name]),
  );
  const stretches = stretchesOf(before.blocks, mine.blocks, theirs.blocks);
  const content: Content = { ...theirs, blocks: chosen(stretches, []) };
  for (const name of FIELDS)
    if (differ(mine[name], before[name])) Object.assign(content, { [name]: mine[name] });
  return { content, fields, stretches };
}

export function isClear({ fields, stretches }: Merge): boolean {
  return !fields.length && !stretches.some((stretch) => stretch.clash);
}

/** The blocks, with a choice for each clash in its order (mine, unless said). */
export function chosen(stretches: readonly Stretch[], choices: readonly Choice[]): Block[] {
  let clash = 0;
  return stretches.flatMap((stretch) => {
    if (!stretch.clash) return stretch.mine;
    const choice = choices[clash++] ?? "mine";
    if (choice === "both") return [...stretch.theirs, ...stretch.mine];
    return stretch[choice];
  });
}

/** diff3: what stands in all three holds the versions together; between, who changed has his way. */
function stretchesOf(before: Block[], mine: Block[], theirs: Block[]): Stretch[] {
  const [inMine, inTheirs] = [pairs(before, mine), pairs(before, theirs)];
  const held = [...inMine.keys()].filter((n) => inTheirs.has(n));
  const found: Stretch[] = [];
  let [b, m, t] = [0, 0, 0];
  for (const n of [...held, before.length]) {
    const [toMine, toTheirs] =
      n === before.length ? [mine.length, theirs.length] : [inMine.get(n)!, inTheirs.get(n)!];
    push(found, before.slice(b, n), mine.slice(m, toMine), theirs.slice(t, toTheirs));
    if (n < before.length) push(found, [before[n]!], [mine[toMine]!], [theirs[toTheirs]!]);
    [b, m, t] = [n + 1, toMine + 1, toTheirs + 1];
  }
  return found;
}

function push(found: Stretch[], before: Block[], mine: Block[], theirs: Block[]): void {
  if (!mine.length && !theirs.length) return;
  const clash = differ(mine, theirs) && differ(mine, before) && differ(theirs, before);
  const agreed = differ(mine, before) ? mine : theirs;
  found.push(clash ? { clash, before, mine, theirs } : { clash, before, mine: agreed, theirs: agreed });
}

/** The longest common subsequence: index before -> index after. */
function pairs(before: Block[], after: Block[]): Map<number, number> {
  const [a, b] = [before.map(print), after.map(print)];
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i]![j] =
        a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const found = new Map<number, number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) found.set(i++, j++);
    else if (length[i + 1]![j]! >= length[i]![j + 1]!) i++;
    else j++;
  return found;
}

export function differ(one: unknown, other: unknown): boolean {
  return print(one) !== print(other);
}

/** One form for what means the same: sorted names, and no difference between empty and missing. */
export function print(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    const filled = Object.entries(inner).filter(([, found]) => !isEmpty(found));
    return Object.fromEntries(filled.sort(([a], [b]) => (a < b ? -1 : 1)));
  }).replace(/^(?:\[\]|false|"")$/, "null");
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === false || value === "" ||
    (Array.isArray(value) && !value.length)
  );
}
