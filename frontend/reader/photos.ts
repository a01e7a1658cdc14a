/**
 * Owns the large view of a photo: a dialog with its caption and credit, and through the others of
 * its gallery. Without a script, and with a modifier key, a photo is a link to its file.
 */
import { isPlain } from "./clicks.ts";

export function photos(main: HTMLElement, dialog: HTMLDialogElement): void {
  const place = dialog.querySelector("div")!;
  const steps = [...dialog.querySelectorAll<HTMLButtonElement>("[value]")];
  let all: Element[] = [];
  let at = 0;

  function show(next: number): void {
    if (!all[next]) return;
    at = next;
    const figure = all[at]!.cloneNode(true) as HTMLElement;
    const link = figure.querySelector("a")!;
    for (const one of link.querySelectorAll<HTMLImageElement>("source,img")) {
      one.sizes = "100vw";
      one.loading = "eager";
    }
    link.replaceWith(...link.childNodes);
    place.replaceChildren(figure);
    for (const step of steps) {
      step.hidden = all.length < 2;
      step.ariaDisabled = String(!all[at + Number(step.value)]);
    }
  }

  main.addEventListener("click", (event) => {
    const figure = (event.target as Element).closest(".picture a")?.closest("figure");
    if (!figure || !isPlain(event)) return;
    event.preventDefault();
    const gallery = figure.closest(".gallery");
    all = gallery ? [...gallery.querySelectorAll(".picture")] : [figure];
    show(all.indexOf(figure));
    dialog.showModal();
  });

  for (const step of steps) step.onclick = () => show(at + Number(step.value));
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target === place) dialog.close();
  });
  dialog.addEventListener("keydown", ({ key }) => {
    const on = document.dir === "rtl" ? -1 : 1; // where the next one lies
    if (key === "ArrowLeft") show(at - on);
    if (key === "ArrowRight") show(at + on);
  });
  // The browser gives the focus back; where the update has changed meanwhile, it can't.
  dialog.addEventListener("close", () => {
    place.replaceChildren();
    const was = all[at]!;
    const now = document.getElementById(was.closest("article")!.id);
    if (!was.isConnected) now?.querySelector("a")?.focus({ preventScroll: true });
  });
}
