/** The last runs: how long, how much, and what went wrong, by reason. */
import {count, el, name, plain, word} from "./dom.js";
import {REASONS} from "./reasons.js";
import {duration, when} from "./time.js";

const SHOWN = 50;
const PLACES = 100;

/** The errors by their reason, the most frequent first. */
export function byReason(errors) {
  const groups = new Map();
  for (const error of errors ?? []) {
    groups.set(error.reason, [...(groups.get(error.reason) ?? []), error]);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

function took(run) {
  return Date.parse(run.finished_at) - Date.parse(run.started_at);
}

export function result(run) {
  if (run.complete) {
    return word("ok", "complete");
  }
  return (run.read ?? 0) + (run.skipped ?? 0) > 0 ? word("warn", "incomplete") : word("bad", "failed");
}

/** @param opened ids of the runs that are open; it is kept up to date */
export function runsView({runs, opened}) {
  if (!runs || runs.length === 0) {
    return [el("p", {class: "empty"}, "No run is over yet.")];
  }
  const longest = Math.max(...runs.slice(0, SHOWN).map(took), 1);
  return [latest(runs), el("h2", {}, "The last runs"),
    el("ul", {class: "runs"}, runs.slice(0, SHOWN).map((run) => el("li", {}, one(run, longest, opened)))),
    runs.length > SHOWN ? el("p", {class: "muted"}, `and ${runs.length - SHOWN} earlier ones, in api/runs`) : null];
}

/** What is wrong now is what the last full run of each cluster says. */
function latest(runs) {
  const last = new Map();
  for (const run of runs) {
    if (run.kind === "full" && !last.has(run.cluster)) {
      last.set(run.cluster, run);
    }
  }
  const errors = [...last.values()].flatMap((run) => run.errors ?? []);
  return el("section", {"aria-labelledby": "now"}, el("h2", {id: "now"}, "What the last full runs found odd"),
    errors.length === 0 ? el("p", {class: "empty"}, "Nothing.") : reasons(errors));
}

function reasons(errors) {
  return el("ul", {class: "reasons"}, byReason(errors).map(([reason, all]) => el("li", {},
    el("p", {}, el("span", {class: "note"}, plain(reason)), " ", el("span", {class: "muted"}, count(all.length, "time"))),
    el("p", {class: "remedy"}, plain(all[0].remedy ?? REASONS[reason] ?? "", 2000)),
    el("details", {open: all.length <= 3}, el("summary", {}, all.length === 1 ? "Where" : `Where: ${all.length} places`),
      el("ul", {class: "places"}, all.slice(0, PLACES).map(place),
        all.length > PLACES ? el("li", {class: "muted"}, `and ${all.length - PLACES} more, in api/runs`) : null)))));
}

function place(error) {
  return el("li", {}, el("span", {class: "mono"}, name(error.where)), " ", el("span", {class: "message"}, plain(error.message, 600)));
}

function one(run, longest, opened) {
  const key = `${run.run_id}/${run.cluster}`;
  const bar = el("span", {class: "length", "aria-hidden": "true"}, el("span", {}));
  bar.firstChild.style.width = `${Math.max(2, Math.round((took(run) / longest) * 100))}%`;
  const details = el("details", {class: "run", open: opened.has(key)}, el("summary", {},
    el("span", {class: "r-when"}, when(run.started_at)), el("b", {class: "r-cluster"}, name(run.cluster)),
    el("span", {class: "r-kind"}, plain(run.kind)), el("span", {class: "r-result"}, result(run)),
    el("span", {class: "r-length"}, bar, duration(took(run))), el("span", {class: "r-sum muted"}, short(run)),
    el("span", {class: "r-errors"}, byReason(run.errors).map(([reason, all]) => [
      el("span", {class: "note"}, `${plain(reason)} ${all.length}`), " "]))));
  const fill = () => details.open && details.children.length === 1 && details.append(inside(run));
  details.addEventListener("toggle", () => {
    details.open ? opened.add(key) : opened.delete(key);
    fill();
  });
  fill();
  return details;
}

function short(run) {
  const rest = ["skipped", "failed"].filter((key) => run[key] > 0).map((key) => `, ${run[key]} ${key}`).join("");
  return `${count(run.guests ?? 0, "guest")}${rest}, ${count(run.hosts ?? 0, "host")}`;
}

function sum(run) {
  return `${count(run.guests ?? 0, "guest")} = ${run.read} read + ${run.skipped} skipped + ${run.failed} failed,`
    + ` ${count(run.hosts ?? 0, "host")}`;
}

function inside(run) {
  const {removals, privileges} = run;
  return el("div", {class: "inside"},
    el("p", {}, sum(run), ". Run ", el("span", {class: "mono"}, plain(run.run_id)), "."),
    removals?.reason ? el("p", {class: "told-why"}, plain(removals.reason, 500)) : null,
    privileges?.missing?.length > 0
      ? el("p", {class: "told-why"}, `Privileges that are missing: ${plain(privileges.missing.join(", "))}`) : null,
    privileges?.limited_to?.length > 0
      ? el("p", {class: "told-why"}, `Only these are seen: ${plain(privileges.limited_to.join(", "), 500)}`) : null,
    (run.errors ?? []).length > 0 ? reasons(run.errors) : el("p", {class: "muted"}, "Nothing went wrong, and nothing was odd."));
}
