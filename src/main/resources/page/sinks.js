/** The sinks: what each has, lacks and has rejected. */
import {count, el, name, plain, word} from "./dom.js";
import {REASONS} from "./reasons.js";
import {fact} from "./clusters.js";
import {when} from "./time.js";

const SHOWN = 200;
const EMIT = {all: "every host, with each full run", changes: "what changed"};

/** How a sink is, in words. */
export function sinkState(sink) {
  if (sink.paused) {
    return {kind: "bad", text: "left alone"};
  }
  if (sink.lacks > 0) {
    return {kind: "warn", text: `behind by ${count(sink.lacks, "host")}`};
  }
  return sink.rejected > 0 ? {kind: "warn", text: `rejected ${count(sink.rejected, "host")}`} : {kind: "ok", text: "has everything"};
}

export function sinksView({status, open, names}) {
  const sinks = status?.sinks ?? [];
  return sinks.length === 0 ? [el("p", {class: "empty"}, "There are no sinks.")] : sinks.map((sink) => card(sink, open, names));
}

function card(sink, open, names) {
  const {kind, text} = sinkState(sink);
  const id = `sink-${sink.sink}`;
  return el("section", {class: "card", "aria-labelledby": id}, el("h2", {id}, name(sink.sink), " ", word(kind, text)),
    el("dl", {class: "facts"},
      fact("Is told", EMIT[sink.emit] ?? plain(sink.emit)),
      fact("Has", number(sink.has)), fact("Lacks", number(sink.lacks)), fact("Rejected", number(sink.rejected))),
    share(sink),
    sink.paused ? el("p", {class: "told-why bad"}, el("span", {class: "note"}, "SINK_PAUSED"), " ",
      el("span", {class: "remedy"}, REASONS.SINK_PAUSED), el("span", {class: "message"}, plain(sink.paused, 1000))) : null,
    sink.lacks > 0 && !sink.paused ? el("p", {class: "told-why"}, el("span", {class: "note"}, "SINK_UNREACHABLE"), " ",
      el("span", {class: "remedy"}, REASONS.SINK_UNREACHABLE)) : null,
    rejected(sink, open, names));
}

function number(value) {
  return typeof value === "number" ? value.toLocaleString("en") : "–";
}

/** The figures above, as a picture for those who see. */
function share(sink) {
  const all = Math.max(1, (sink.has ?? 0) + (sink.lacks ?? 0) + (sink.rejected ?? 0));
  const part = (kind, value) => {
    const it = el("span", {class: kind});
    it.style.width = `${((value ?? 0) / all) * 100}%`;
    return it;
  };
  return el("div", {class: "share", "aria-hidden": "true"},
    ["has", "lacks", "rejected"].map((kind) => part(kind, sink[kind])));
}

function rejected(sink, open, names) {
  const hosts = sink.rejected_hosts ?? [];
  if (hosts.length === 0) {
    return null;
  }
  return el("div", {}, el("p", {class: "told-why"}, el("span", {class: "note"}, "SINK_REJECTED"), " ",
    el("span", {class: "remedy"}, REASONS.SINK_REJECTED)),
  el("ul", {class: "places"}, hosts.slice(0, SHOWN).map((it) => el("li", {},
    names.has(it.id) ? [el("button", {type: "button", class: "link", onclick: () => open(it.id)}, name(names.get(it.id))), " "] : null,
    el("span", {class: "mono"}, name(it.id)), " ", el("span", {class: "message"}, plain(it.answer, 1000)), " ",
    el("span", {class: "muted"}, count(it.times ?? 1, "time"), ", again ", when(it.next_try_at)))),
  hosts.length > SHOWN ? el("li", {class: "muted"}, `and ${hosts.length - SHOWN} more`) : null));
}
