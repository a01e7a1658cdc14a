/** Choosing several of a list: one by one, or all from one to another. Pure. */

export interface Chosen {
  ids: ReadonlySet<string>;
  /** Where a range begins: what was chosen last by itself. */
  from: string;
}

export const NOTHING: Chosen = { ids: new Set(), from: "" };

export function toggle({ ids }: Chosen, id: string): Chosen {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, from: id };
}

/** Everything between where the range begins and `to` is as that beginning is: chosen. */
export function reach(chosen: Chosen, list: readonly string[], to: string): Chosen {
  const [one, other] = [list.indexOf(chosen.from), list.indexOf(to)];
  if (one < 0 || other < 0) return toggle({ ...chosen, ids: without(chosen.ids, to) }, to);
  const range = list.slice(Math.min(one, other), Math.max(one, other) + 1);
  return { ids: new Set([...chosen.ids, ...range]), from: chosen.from };
}

/** What is listed no more is chosen no more: nothing happens to what is not seen. */
export function among({ ids, from }: Chosen, list: readonly string[]): Chosen {
  const there = new Set(list);
  return { ids: new Set([...ids].filter((id) => there.has(id))), from: there.has(from) ? from : "" };
}

function without(ids: ReadonlySet<string>, id: string): Set<string> {
  const left = new Set(ids);
  left.delete(id);
  return left;
}
