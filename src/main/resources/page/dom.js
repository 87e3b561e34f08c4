/** Makes elements out of names, attributes and text. Nothing that a guest is called is ever read as markup. */

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const LONGEST = 240;

/** Text as it can be shown: marks that are not seen, or that turn the text around, are named, and it has an end. */
export function plain(value, longest = LONGEST) {
  const text = String(value ?? "").toWellFormed?.() ?? String(value ?? "");
  const cut = text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")} … (${text.length} characters)` : text;
  return cut.replace(UNSEEN, (mark) => `‹${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
}

/**
 * An element with attributes and children. A child is a node, text, or nothing; a function as attribute "on…" listens.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value);
    }
  }
  element.append(...there(children));
  return element;
}

function there(children) {
  return children.flat(9).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Puts other children in the place of those that an element has. */
export function fill(element, ...children) {
  element.replaceChildren(...there(children));
}

export function byId(id) {
  return document.getElementById(id);
}

/** A name that others chose, apart from the text around it also where it is written from right to left. */
export function name(value, attributes = {}) {
  return el("bdi", attributes, plain(value));
}

/** Says something to a screen reader. */
export function say(text) {
  byId("said").textContent = text;
}

/** 1 host, 2 hosts. */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A word with the colour of what it means; the word alone tells it, too. */
export function word(kind, text, title = null) {
  return el("span", {class: `word ${kind}`, title}, text);
}
