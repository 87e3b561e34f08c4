/** A button that copies a text. */
import {el, plain, say} from "./dom.js";

/** Where the page is not served by TLS or from this machine, browsers have only the old way to copy. */
function oldWay(text) {
  const field = el("textarea", {class: "hidden", readonly: true, "aria-hidden": "true"});
  field.value = text;
  const parent = document.querySelector("dialog[open]") ?? document.body;
  parent.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldWay(text);
  }
}

export function copyButton(text, what) {
  const button = el("button", {
    type: "button", class: "copy", "aria-label": `Copy ${what} ${plain(text, 60)}`,
    onclick: async () => {
      const done = await copy(text);
      button.focus();
      button.textContent = done ? "copied" : "not copied";
      say(done ? `${plain(text, 60)} is copied` : "This browser does not let the page copy");
      setTimeout(() => {
        button.textContent = "copy";
      }, 1500);
    },
  }, "copy");
  return button;
}
