/** What the server says to something that was tried, in words for who tried it. */
import { Refused } from "../api.ts";
import { newsroom } from "../newsroom.ts";
import { words } from "../words.ts";

/** "" where it went well. Who is signed out meanwhile is led to the sign-in. */
export async function tried(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) return words.link.unanswered;
    if (error.status === 401) newsroom.signIn();
    return words.refusal(error.message);
  }
}
