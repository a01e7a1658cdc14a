import { describe, expect, it } from "vitest";
import { short } from "../../desk/model/inline.ts";

describe("a line of a post without a headline", () => {
  it("is whole where there is room, else ends with a whole word", () => {
    expect(short("The doors close.", 16)).toBe("The doors close.");
    expect(short("The doors close.", 12)).toBe("The doors …");
    expect(short("Donaudampfschifffahrt", 5)).toBe("Donau …");
  });
});
