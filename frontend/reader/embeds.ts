/** Owns the players in cards: nothing of another site is loaded before the reader's click. */

export function embeds(main: HTMLElement): void {
  main.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest(".embed button");
    const box = button?.parentElement;
    if (!box?.dataset.frame) return;
    const frame = document.createElement("iframe");
    frame.title = box.parentElement?.querySelector("a")?.textContent ?? "";
    // What is opened from there is a page like any other: signing in there needs forms.
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    );
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.allow = "fullscreen";
    frame.src = box.dataset.frame;
    box.replaceChildren(frame);
    frame.focus();
  });
}
