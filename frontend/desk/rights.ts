/** Which buttons to show. The server decides in the end; see src/dateline/domain/rights.py. */
import type { Coverage, Role } from "./shapes.ts";

const RANK: Role[] = ["viewer", "contributor", "reporter", "editor", "administrator"];

export function atLeast(role: Role, least: Role): boolean {
  return RANK.indexOf(role) >= RANK.indexOf(least);
}

export function mayFile(role: Role): boolean {
  return role !== "viewer";
}

export function mayPublish(role: Role, coverage: Coverage | null): boolean {
  return atLeast(role, "editor") || (role === "reporter" && Boolean(coverage?.reporters_publish));
}

export function mayReview(role: Role): boolean {
  return atLeast(role, "editor");
}
