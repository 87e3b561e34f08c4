/** What the last runs found new, different or gone. */
import {count, el, name, plain, word} from "./dom.js";
import {when} from "./time.js";

const FIRST = 100;
const KINDS = {
  discovered: ["ok plus", "new"],
  updated: ["busy other", "changed"],
  removed: ["bad minus", "gone"],
  excluded: ["quiet", "left out"],
};

const WHY = {
  guest_gone: "the guest is gone",
  interface_gone: "the interface is gone",
  guest_replaced: "another guest has its number now",
  hidden: "the token may not see it any more",
  filtered: "the filters of the settings leave it out",
};

/** Changes of one host, newest first. */
export function changesOf(runs, id) {
  return (runs ?? []).flatMap((run) => (run.changes?.hosts ?? []).filter((it) => it.id === id).map((it) => ({...it, run})));
}

/** @param wants whether a host is searched for; @param open shows its details; @param names of the hosts by id */
export function changesView({runs, wants, open, names, query}) {
  const changed = (runs ?? []).map((run) => ({run, hosts: (run.changes?.hosts ?? []).filter((it) => wants(it.id))}))
    .filter(({run, hosts}) => hosts.length > 0 || (query === "" && total(run) > 0));
  if (changed.length === 0) {
    const what = query === "" ? "The last runs found nothing new, different or gone." : `No change matches “${plain(query, 80)}”.`;
    return [el("p", {class: "empty"}, what)];
  }
  return changed.map(({run, hosts}) => section(run, hosts, open, names));
}

function total({changes}) {
  return Object.keys(KINDS).reduce((sum, kind) => sum + (changes?.[kind] ?? 0), 0);
}

function section(run, hosts, open, names) {
  const list = el("ul", {class: "changes"});
  const all = total(run);
  let shown = 0;
  const more = el("button", {type: "button", onclick: () => add()}, "");
  const add = () => {
    list.append(...hosts.slice(shown, shown + FIRST).map((it) => line(it, open, names)));
    shown = Math.min(hosts.length, shown + FIRST);
    more.hidden = shown >= hosts.length;
    more.textContent = `Show more (${(hosts.length - shown).toLocaleString("en")})`;
  };
  add();
  return el("section", {class: "card"},
    el("h2", {}, name(run.cluster), " ", when(run.finished_at), " ", el("span", {class: "muted"}, `${run.kind} run`)),
    el("p", {class: "muted"}, Object.entries(KINDS).filter(([kind]) => run.changes?.[kind] > 0)
      .map(([kind, [, text]]) => `${run.changes[kind].toLocaleString("en")} ${text}`).join(", ")),
    list, more, hosts.length < all && hosts.length === (run.changes?.hosts ?? []).length
      ? el("p", {class: "muted"}, `${count(all - hosts.length, "more")} not listed one by one`.replace("mores", "more")) : null);
}

export function line(it, open, names) {
  const [kind, text] = KINDS[it.change] ?? ["quiet", plain(it.change)];
  const known = names.get(it.id);
  return el("li", {}, word(kind, text), " ", el("span", {},
    known ? [el("button", {type: "button", class: "link", onclick: () => open(it.id)}, name(known)), " "] : null,
    el("span", {class: "mono muted"}, name(it.id)), " ", how(it)));
}

export function how(it) {
  const paths = (it.changed ?? []).map((path) => plain(path).replace(/^proxmox\./, "")).join(", ");
  const why = it.reason ? WHY[it.reason] ?? plain(it.reason) : "";
  return el("span", {class: "how"}, [paths && `changed: ${paths}`, why].filter(Boolean).join("; "));
}
