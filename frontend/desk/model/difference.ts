/** What changed between two texts, word by word. Pure. */

export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

// Beyond this a table of all words against all would take seconds: then it is told as a whole.
const MOST_CELLS = 4_000_000;

export function difference(before: string, after: string): Piece[] {
  const [one, other] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < one.length && start < other.length && same(one[start], other[start])) start++;
  let [a, b] = [one.length, other.length];
  while (a > start && b > start && same(one[a - 1], other[b - 1])) [a, b] = [a - 1, b - 1];
  return joined([
    ...other.slice(0, start).map(as("same")),
    ...between(one.slice(start, a), other.slice(start, b)),
    ...other.slice(b).map(as("same")),
  ]);
}

/** Words with the space that follows each: put together again they are the text. */
function wordsOf(text: string): string[] {
  return text.match(/\n|[^\s]+[^\S\n]*|[^\S\n]+/g) ?? [];
}

/** The last word of a text has no space behind it, and is the same word. */
const same = (one = "", other = "") => one.trimEnd() === other.trimEnd();
const as = (kind: Piece["kind"]) => (text: string) => ({ kind, text });

/** By the longest row of words that both have in common. */
function between(one: string[], other: string[]): Piece[] {
  if (one.length * other.length > MOST_CELLS) return [...one.map(as("removed")), ...other.map(as("added"))];
  const width = other.length + 1;
  const common = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j]!;
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      common[i * width + j] = same(one[i], other[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && same(one[i], other[j])) {
      pieces.push({ kind: "same", text: other[j++]! });
      i++;
    } else if (j >= other.length || (i < one.length && at(i + 1, j) >= at(i, j + 1))) pieces.push({ kind: "removed", text: one[i++]! });
    else pieces.push({ kind: "added", text: other[j++]! });
  }
  return pieces;
}

/** Neighbours of one kind as one piece; of a place where words were replaced, the old ones first. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let gone: Piece | null = null;
  let fresh: Piece | null = null;
  const flush = () => {
    if (gone) found.push(gone);
    if (fresh) found.push(fresh);
    gone = fresh = null;
  };
  for (const { kind, text } of pieces) {
    if (kind === "removed") gone = { kind, text: (gone ? (gone as Piece).text : "") + text };
    else if (kind === "added") fresh = { kind, text: (fresh ? (fresh as Piece).text : "") + text };
    else {
      flush();
      const last = found.at(-1);
      if (last?.kind === "same") last.text += text;
      else found.push({ kind, text });
    }
  }
  flush();
  return found;
}
