/** The history of a post, as the log tells it, as steps that can be read. Pure. */
import type { Block, Content, Source } from "../shapes.ts";
import { listed, locale } from "../speech.ts";
import { clock, day } from "../times.ts";
import { words } from "../words.ts";
import { difference, type Piece } from "./difference.ts";
import { plain } from "./inline.ts";

export const FIELDS = ["headline", "text", "byline", "sources", "topics", "occurred_at", "language"] as const;
export type Field = (typeof FIELDS)[number];

/** An event of the log, as the API answers it. */
export interface Told {
  seq: number;
  type: string;
  time: string;
  actor: { name: string; kind?: string };
  payload: { content?: Content; note?: string; reason?: string | null; source?: number; verification?: string; redacted?: boolean };
}
export interface Step {
  seq: number;
  type: string;
  time: string;
  who: string;
  /** A correction's note, the reason of a withdrawal. */
  note: string;
  /** Of a source that was checked. */
  source: string;
  verification: string;
  before: Content | null;
  after: Content | null;
}
export interface Changed {
  field: Field;
  pieces: Piece[];
}

/** Oldest first. */
export function stepsOf(history: readonly Told[]): Step[] {
  let content: Content | null = null;
  return history.map(({ seq, type, time, actor, payload }) => {
    const before: Content | null = content;
    if (payload.content) content = payload.content;
    if (type === "VerificationChanged") content = checked(before, payload);
    return {
      seq, type, time,
      who: actor.name,
      note: payload.note ?? payload.reason ?? "",
      source: before?.sources?.[payload.source ?? -1]?.name ?? "",
      verification: payload.verification ?? "",
      before, after: content,
    };
  });
}

/** What a version says, field by field, where it says something else than the one before. */
export function changesOf({ before, after, type }: Step, timezone?: string): Changed[] {
  if (!after || before === after || type === "VerificationChanged") return [];
  const [old, now] = [before ? read(before, timezone) : null, read(after, timezone)];
  return FIELDS.filter((field) => (old ? old[field] !== now[field] : now[field])).map((field) => ({
    field,
    pieces: old ? difference(old[field], now[field]) : [{ kind: "same", text: now[field] }],
  }));
}

function checked(content: Content | null, { source, verification }: Told["payload"]): Content | null {
  if (!content) return null;
  const sources = (content.sources ?? []).map((one, n) =>
    n === source ? { ...one, verification: verification as "confirmed" } : one,
  );
  return { ...content, sources };
}

/** In the words of the desk; times in the coverage's zone. */
export function read(content: Content, timezone?: string): Record<Field, string> {
  return {
    headline: content.headline ?? "",
    text: content.blocks.map(line).join("\n"),
    byline: content.byline.map((one) => [one.name, one.organisation, one.place].filter(Boolean).join(", ")).join("\n"),
    sources: (content.sources ?? []).map(named).join("\n"),
    topics: listed(content.topics ?? []),
    occurred_at: content.occurred_at ? `${day(content.occurred_at, timezone)}, ${clock(content.occurred_at, timezone)}` : "",
    language: content.language ? (new Intl.DisplayNames([locale], { type: "language" }).of(content.language) ?? content.language) : "",
  };
}

function named({ name, url, verification }: Source): string {
  const told = verification ? `${name} (${words.verified[verification]})` : name;
  return [told, url].filter(Boolean).join("\n");
}

function line(block: Block): string {
  switch (block.type) {
    case "paragraph":
      return linked(block.html);
    case "heading":
      return block.text;
    case "list":
      return block.items.map((item, n) => `${block.ordered ? `${n + 1}.` : "–"} ${linked(item)}`).join("\n");
    case "quote":
      return `“${block.text}” ${[block.speaker, block.role, block.source?.name, block.source?.url].filter(Boolean).join(", ")}`;
    case "image":
      return pictured(block);
    case "gallery":
      return block.images.map(pictured).join("\n");
    case "file":
      return `${block.title} (${block.media})`;
    default:
      return [block.title, block.url].filter(Boolean).join(" ");
  }
}

/** The words, and behind each link where it leads: a changed address is a change. */
function linked(html: string): string {
  const shown = html.replace(/<a\b[^>]*href="([^"]*)"[^>]*>([^]*?)<\/a>/g, "$2 ($1)");
  return plain(shown);
}

function pictured({ media, caption, credit, alt }: { media: string; caption: string; credit: string; alt: string }): string {
  return [media, caption, credit, alt].filter(Boolean).join(" | ");
}
