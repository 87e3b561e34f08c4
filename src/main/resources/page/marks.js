/** Shows where in a text the search found something. */
import {el, plain} from "./dom.js";
import {addressDigits, macDigits, network} from "./address.js";
import {words} from "./search.js";

/** What a query looks for, by the column in which it may be found. */
export class Marks {

  constructor(query) {
    this.words = words(query).filter(({not}) => !not);
  }

  values(...qualifiers) {
    return this.words
      .filter(({qualifier}) => qualifier === null || qualifiers.includes(qualifier))
      .flatMap(({qualifier, value}) => (qualifier ? value.split(",") : [value]))
      .filter((value) => value !== "");
  }

  /** Text of a column, with what was found in it marked. */
  text(value, ...qualifiers) {
    const shown = plain(value);
    const low = shown.toLowerCase();
    return low.length === shown.length ? pieces(shown, spans(low, this.values(...qualifiers))) : [shown];
  }

  address(value) {
    const digits = addressDigits(value) ?? "";
    const found = this.values("ip");
    if (found.some((one) => network(one)?.(digits) || (digits !== "" && addressDigits(one) === digits))) {
      return [el("mark", {}, plain(value))];
    }
    return pieces(plain(value), found.filter((one) => value.startsWith(one)).map((one) => [0, one.length]));
  }

  /** The digits of the MAC stand two by two, whatever the spelling that was looked for. */
  mac(value) {
    const mac = String(value ?? "").toLowerCase();
    const digits = mac.replaceAll(":", "");
    const found = this.values("mac").map(macDigits).filter((one) => one !== null);
    const places = spans(digits, found).map(([from, to]) => [from + (from >> 1), to - 1 + ((to - 1) >> 1) + 1]);
    return pieces(plain(mac), places);
  }
}

function spans(text, needles) {
  const found = [];
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at >= 0 && found.length < 20; at = text.indexOf(needle, at + needle.length)) {
      found.push([at, at + needle.length]);
    }
  }
  return found.sort((one, other) => one[0] - other[0]);
}

function pieces(text, places) {
  const found = [];
  let end = 0;
  for (const [from, to] of places) {
    if (from >= end) {
      found.push(text.slice(end, from), el("mark", {}, text.slice(from, to)));
      end = to;
    }
  }
  return [...found, text.slice(end)].filter((piece) => piece !== "");
}
