/**
 * Owns the keys of the feed (WAI-ARIA's pattern): with the focus in it, Page Down and Page Up go
 * from update to update, Ctrl+End and Ctrl+Home leave it. Elsewhere the keys are the browser's.
 */
import { byId } from "./articles.ts";
import { focusOn } from "./steady.ts";

const STOPS = "a[href],button,input,summary";

export function feed(stream: HTMLElement): void {
  stream.addEventListener("keydown", (event) => {
    const { key, ctrlKey, target } = event;
    if (event.shiftKey || event.altKey || event.metaKey) return;
    const article = (target as Element).closest("article");
    let to: Element | null | undefined;
    if (!ctrlKey && key === "PageDown") to = article?.nextElementSibling;
    else if (!ctrlKey && key === "PageUp") to = article?.previousElementSibling;
    else if (ctrlKey && key === "Home") to = byId("updates");
    else if (ctrlKey && key === "End") to = after(stream);
    if (!to) return;
    event.preventDefault();
    focusOn(to as HTMLElement);
    to.scrollIntoView({ behavior: "instant", block: key === "End" ? "nearest" : "start" });
  });
}

/** The first place after the feed where a Tab could stop. */
function after(stream: HTMLElement): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(STOPS)].find(
    (one) =>
      one.offsetParent &&
      stream.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING,
  );
}
