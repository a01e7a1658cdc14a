import { describe, expect, it } from "vitest";
import { sentence } from "../../desk/model/trail.ts";
import type { Happening } from "../../desk/shapes.ts";

const titles = new Map([["storm", "Storm over Ghent"]]);
const line = (what: string, more: Partial<Happening> = {}): string =>
  sentence({ id: 1, time: "", what, by: "Ana Ruiz", by_id: "1", about: "Tom", address: "", ...more }, titles);

describe("a line of the audit trail", () => {
  it("says who did what to whom, with coverages by their title", () => {
    expect(line("signed in by password")).toBe("Ana Ruiz signed in by password");
    expect(line("added as editor")).toBe("Ana Ruiz let Tom in (Editor)");
    expect(line("made viewer in storm")).toBe("Ana Ruiz gave Tom a role in “Storm over Ghent” (Viewer)");
    expect(line("invitation to storm revoked")).toBe("Ana Ruiz revoked the invitation of “Tom” to “Storm over Ghent”");
  });

  it("says so where it is not known who it was", () => {
    const nobody = { by: "", by_id: "" };
    expect(line("sign-in failed", { ...nobody, about: "unknown address" })).toBe(
      "Somebody tried to sign in with an address that nobody has",
    );
    expect(line("account closed", { by: "Command line", by_id: "command-line" })).toBe(
      "The command line closed the account of Tom",
    );
  });

  it("is told as it is kept where there is no sentence for it", () => {
    expect(line("moved the clock")).toBe("Ana Ruiz moved the clock Tom");
  });
});
