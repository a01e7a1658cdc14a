/** The audit trail in sentences. The server keeps short words (`made editor in storm`); see src/dateline/auth/audit.py. */
import { ROLES, type Happening } from "../shapes.ts";
import { words } from "../words.ts";

type Told = Exclude<keyof typeof words.audit.told, "failedUnknown">;

/** What a line begins with, and what of it goes into the sentence. */
const SHAPES: [RegExp, Told][] = [
  [/^signed in by (.+)$/, "signedIn"],
  [/^signed out$/, "signedOut"],
  [/^signed out everywhere$/, "signedOutEverywhere"],
  [/^sign-in failed$/, "failed"],
  [/^password set by link$/, "passwordSet"],
  [/^password changed$/, "passwordChanged"],
  [/^password link made$/, "linkMade"],
  [/^password link sent$/, "linkSent"],
  [/^passkey added$/, "passkeyAdded"],
  [/^passkey removed$/, "passkeyRemoved"],
  [/^first administrator made$/, "first"],
  [/^added as (\w+)$/, "added"],
  [/^made (\w+)$/, "made"],
  [/^account changed$/, "changed"],
  [/^account closed$/, "closed"],
  [/^account opened again$/, "opened"],
  [/^account signed out everywhere$/, "endedEverywhere"],
  [/^made (\w+) in (\S+)$/, "madeIn"],
  [/^no longer (\w+) in (\S+)$/, "noLonger"],
  [/^invited to (\S+)$/, "invited"],
  [/^invitation to (\S+) revoked$/, "revoked"],
];
const COMMAND_LINE = "command-line";
const UNKNOWN = "unknown address";
const said = words.audit;

/** `titles`: the coverages by their slugs. What is not known is told as it is kept. */
export function sentence(one: Happening, titles: ReadonlyMap<string, string>): string {
  const who = one.by_id === COMMAND_LINE ? said.commandLine : one.by || said.somebody;
  if (one.about === UNKNOWN) return said.told.failedUnknown;
  for (const [shape, told] of SHAPES) {
    const found = shape.exec(one.what);
    if (!found) continue;
    const tell = said.told[told] as (who: string, whom: string, ...more: string[]) => string;
    return tell(who, one.about, ...found.slice(1).map((word) => named(word, titles)));
  }
  return [one.by, one.what, one.about].filter(Boolean).join(" ");
}

function named(word: string, titles: ReadonlyMap<string, string>): string {
  const role = ROLES.find((known) => known === word);
  return role ? words.roles[role] : (titles.get(word) ?? said.ways[word] ?? word);
}
