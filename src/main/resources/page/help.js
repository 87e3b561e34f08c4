/** How to search, with examples that can be tried at once. */
import {byId, el} from "./dom.js";
import {QUALIFIERS} from "./search.js";

const EXAMPLES = ["web", "bc24.1120", "10.0.20.", "10.0.0.0/16", "2001:db8::/32", "tag:web node:pve1", "status:running vlan:20",
  "has:note", "no:address status:running", "is:stale", "-tag:prod"];

const KEYS = [["/", "to the search"], ["Esc", "clears it, or closes the details"], ["↓ ↑", "move in the list"],
  ["→ ←", "open and close a group"], ["Enter", "shows all of a host"]];

/** @param use is called with a query to try */
export function help(use) {
  const button = byId("help-button");
  const box = byId("help");
  box.append(
    el("p", {}, "Every word must match. A MAC is found in any spelling, an address by its beginning or by a network. With ",
      el("code", {}, "-"), " in front a word must not match. A comma means or: ", el("code", {}, "node:pve1,pve2"), "."),
    el("ul", {class: "examples"}, EXAMPLES.map((example) => el("li", {},
      el("button", {type: "button", onclick: () => use(example)}, example)))),
    el("dl", {class: "qualifiers"}, Object.entries(QUALIFIERS).map(([key, text]) => el("div", {},
      el("dt", {}, el("code", {}, `${key}:`)), el("dd", {}, text)))),
    el("p", {class: "keys"}, KEYS.map(([key, text]) => el("span", {}, el("kbd", {}, key), ` ${text}`))));
  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
  });
}
