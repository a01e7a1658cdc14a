/** The desk's word on topics, changed step by step. Pure: the server has the same rules. */

export interface Chosen {
  name: string;
  also?: string[];
  pinned?: boolean;
}
/** All of the desk's word: what is named nowhere stays as it is typed, or found. */
export interface Choices {
  topics: Chosen[];
  hidden: string[];
}
/** A topic as the desk lists it: what readers are shown, and what the desk has chosen besides. */
export interface Listed {
  name: string;
  /** Null: no post that readers are shown has it. */
  count: number | null;
  also: string[];
  pinned: boolean;
}
export type Change = (choices: Choices) => Choices;

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const among = (names: readonly string[], name: string) => names.some((one) => same(one, name));

export function listed({ topics }: Choices, shown: readonly { name: string; count: number }[]): Listed[] {
  const count = (name: string) => shown.find((one) => same(one.name, name))?.count ?? null;
  const chosen = ({ name, also = [], pinned = false }: Chosen) => ({ name, also, pinned, count: count(name) });
  const others = shown.map(({ name }) => chosen(topics.find((one) => same(one.name, name)) ?? { name }));
  const unseen = topics.filter((one) => !one.pinned && !among(shown.map((two) => two.name), one.name));
  return [
    ...topics.filter((one) => one.pinned).map(chosen),
    ...others.filter((one) => !one.pinned),
    ...unseen.map(chosen),
  ];
}

export function pin(name: string): Change {
  return (choices) => {
    const { chosen, rest } = taken(choices, name);
    const pinned = rest.topics.filter((one) => one.pinned);
    const others = rest.topics.filter((one) => !one.pinned);
    return { ...rest, topics: [...pinned, { ...chosen, pinned: true }, ...others] };
  };
}

export function unpin(name: string): Change {
  return ({ topics, hidden }) => ({
    hidden,
    topics: topics.flatMap((one) => (same(one.name, name) ? told({ ...one, pinned: false }) : [one])),
  });
}

/** A pinned topic among the pinned. */
export function move(name: string, by: number): Change {
  return ({ topics, hidden }) => {
    const pinned = topics.filter((one) => one.pinned);
    const at = pinned.findIndex((one) => same(one.name, name));
    const to = Math.max(0, Math.min(pinned.length - 1, at + by));
    const [moved] = pinned.splice(at, 1);
    if (moved) pinned.splice(to, 0, moved);
    return { hidden, topics: [...pinned, ...topics.filter((one) => !one.pinned)] };
  };
}

/** With everything that was put under it. */
export function hide(name: string): Change {
  return (choices) => {
    const { chosen, rest } = taken(choices, name);
    return { ...rest, hidden: [...rest.hidden, chosen.name, ...(chosen.also ?? [])] };
  };
}

export function reveal(name: string): Change {
  return ({ topics, hidden }) => ({ topics, hidden: hidden.filter((one) => !same(one, name)) });
}

/** Another name; where that is a topic already, both are one from then on. */
export function rename(from: string, to: string): Change {
  return merge(from, to);
}

/** The posts of one belong to the other, with all the names that it had. */
export function merge(from: string, into: string): Change {
  return (choices) => {
    const place = choices.topics.findIndex((one) => same(one.name, into) || same(one.name, from));
    const gone = taken(choices, from);
    const kept = same(from, into) ? { chosen: { name: into }, rest: gone.rest } : taken(gone.rest, into);
    const names = [...(kept.chosen.also ?? []), gone.chosen.name, ...(gone.chosen.also ?? [])];
    const one: Chosen = {
      name: same(kept.chosen.name, into) ? into : kept.chosen.name,
      also: names.filter((name, n) => !same(name, into) && !among(names.slice(0, n), name)),
      pinned: Boolean(kept.chosen.pinned || gone.chosen.pinned),
    };
    const topics = [...kept.rest.topics];
    topics.splice(place < 0 ? topics.length : place, 0, one);
    return { topics, hidden: kept.rest.hidden };
  };
}

/** A name stands for itself again. */
export function part(from: string, name: string): Change {
  const without = (one: Chosen) => ({ ...one, also: (one.also ?? []).filter((other) => !same(other, name)) });
  return ({ topics, hidden }) => ({
    hidden,
    topics: topics.flatMap((one) => (same(one.name, from) ? told(without(one)) : [one])),
  });
}

/** What is chosen for a name, and everything else without it. */
function taken({ topics, hidden }: Choices, name: string): { chosen: Chosen; rest: Choices } {
  const chosen = topics.find((one) => same(one.name, name)) ?? { name };
  return {
    chosen,
    rest: {
      topics: topics
        .filter((one) => !same(one.name, name))
        // One name stands in one place.
        .map((one) =>
          among(one.also ?? [], name) ? { ...one, also: one.also!.filter((other) => !same(other, name)) } : one,
        ),
      hidden: hidden.filter((one) => !same(one, name)),
    },
  };
}

/** A topic that is neither pinned nor has other names need not be told. */
function told(one: Chosen): Chosen[] {
  return one.pinned || one.also?.length ? [one] : [];
}
