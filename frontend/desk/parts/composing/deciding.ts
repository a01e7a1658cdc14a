/** What an action needs besides the post: nothing in its way, and an answer where one is asked. */
import type { CoverageDesk } from "../../coverage.ts";
import type { Paper } from "../../device/database.ts";
import { check, type Remark } from "../../model/check.ts";
import { newsroom } from "../../newsroom.ts";
import type { Content } from "../../shapes.ts";
import { words } from "../../words.ts";
import { askCorrection, askDiscard, askPlan, askRemark } from "../asks.ts";

const GOES_OUT = ["publish", "submit", "schedule", "approve"];

export function isBlocked(action: string, content: Content, names: readonly string[]): boolean {
  return GOES_OUT.includes(action) && seen(content, names).some((one) => one.must);
}

/** What this device can tell of a post, with what it knows of the files on their way. */
export function seen(content: Content, names: readonly string[]): Remark[] {
  const refused = [...newsroom.uploads.values()].filter((one) => one.state === "refused");
  return check(content, names, new Set(refused.map((one) => one.id)));
}

/** What the command says; null where the person thinks better of it. */
export async function bodyOf(action: string, paper: Paper, room: CoverageDesk): Promise<object | null> {
  if (action === "discard") return (await askDiscard()) ? {} : null;
  if (action === "publish" && paper.post) {
    const correction = await askCorrection();
    return correction === null ? null : correction ? { correction } : {};
  }
  if (action === "return") {
    const text = await askRemark(words.ask.returnTitle, words.ask.returnHint, words.compose.return);
    return text === null ? null : { text };
  }
  if (action === "schedule") return askPlan(room.coverage?.timezone ?? "UTC");
  return {};
}
