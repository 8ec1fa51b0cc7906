import { h, options, part } from "../page/element.js";

const styles = ["/static/page/base.css", "/static/jumpcloud/console.css"];
const sheets = () => styles.map((href) => h("link", { rel: "stylesheet", href }));
const labelled = (titleId) => ({
  role: "dialog",
  "aria-modal": "true",
  "aria-labelledby": titleId,
  tabindex: "-1",
});
const box = (properties) => h("div", { class: "Modal__modal", ...properties });
const portal = (...inside) =>
  part("div", "Modal__portal", {}, h("div", { class: "Modal__overlay" }, ...inside));

/**
 * What a dialog may be built as; the real one's DOM is not published. Each gives the element to fill, what to add to
 * the page (or where else it goes), and what to do once it is there.
 */
const containers = {
  /** A `div` with the role, in a portal at the end of the body. */
  modal(titleId) {
    const dialog = box(labelled(titleId));
    return { dialog, outer: portal(dialog) };
  },
  native(titleId) {
    const dialog = h("dialog", { class: "Modal__modal Modal--native", "aria-labelledby": titleId });
    return { dialog, outer: dialog, shown: () => dialog.showModal() };
  },
  /** Afloat, without a role that says what it is. */
  drawer() {
    const dialog = box({ class: "Modal__modal Modal--drawer" });
    return { dialog, outer: dialog };
  },
  /** Nothing at all says that it is a dialog. */
  bare() {
    const dialog = box();
    return { dialog, outer: portal(dialog) };
  },
  /** A component of a design system, with its dialog in an open shadow root. */
  shadow(titleId) {
    const dialog = box(labelled(titleId));
    const outer = h("jc-modal");
    outer.attachShadow({ mode: "open" }).append(...sheets(), portal(dialog));
    return { dialog, outer };
  },
  /** The dialog in a shadow root, what is in it slotted from outside. */
  slotted() {
    const outer = h("jc-modal", { class: "Modal__slotted" });
    const dialog = box({ role: "dialog", "aria-modal": "true" });
    dialog.append(h("slot"));
    outer.attachShadow({ mode: "open" }).append(...sheets(), portal(dialog));
    return { dialog: outer, outer };
  },
  /** A frame of the console's own, as a part that another team ships. */
  frame(titleId) {
    const dialog = box(labelled(titleId));
    const outer = h("iframe", { class: "Modal__frame", title: "API Key" });
    const shown = () => {
      outer.contentDocument.head.append(...sheets());
      outer.contentDocument.body.append(portal(dialog));
    };
    return { dialog, outer, shown };
  },
  /** No dialog at all: a page of the console. */
  page() {
    const dialog = part("section", "Card__card", {});
    const home = document.querySelector("main");
    home.replaceChildren(dialog);
    return { dialog, outer: dialog, home };
  },
};

/** Makes the container that the page's options ask for. */
export function container(titleId) {
  return containers[options.dialog ?? "modal"](titleId);
}
