/**
 * What a refusal says in the language of the desk. The server says it in English, with what it is about
 * put in, and it may have waited since then on this device or in a draft that others read: so it is
 * looked up when it is shown. `src/dateline/render/refusals.py` does the same for pages.
 */
// Not by `speech.ts`: the pages without the application say refusals too, and nothing else.
const refusals: Record<string, string> = globalThis.DATELINE_SPEECH?.refusals ?? {};

const PLACE = /%\((\w+)\)s/g;
let patterns: [RegExp, string][] | null = null;

/** As it was told, where the catalogue has no such sentence. */
export function refusal(told: string): string {
  const said = refusals[told];
  if (said) return said;
  patterns ??= Object.entries(refusals)
    .filter(([english]) => english.includes("%("))
    .map(([english, sentence]) => [pattern(english), sentence]);
  for (const [one, sentence] of patterns) {
    const found = one.exec(told)?.groups;
    if (found) return sentence.replace(PLACE, (place, name: string) => found[name] ?? place);
  }
  return told;
}

/** A sentence with places, as one that finds what was put in. */
function pattern(english: string): RegExp {
  const parts = english.split(/%\((\w+)\)s/);
  const made = parts.map((part, n) => (n % 2 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${made.join("")}$`, "s");
}
