/** Clusters and their nodes: what could be read, when, and what is to be done about the rest. */
import {count, el, name, plain, word} from "./dom.js";
import {REASONS} from "./reasons.js";
import {when} from "./time.js";

/** fine, incomplete, failed or not looked at yet: in a word, and why. */
export function clusterState(cluster) {
  const run = cluster.last_run;
  if (!run) {
    return {kind: "quiet", text: "not looked at yet"};
  }
  if (run.complete) {
    return {kind: "ok", text: "complete"};
  }
  const read = (run.read ?? 0) + (run.skipped ?? 0);
  return read > 0 ? {kind: "warn", text: "incomplete"} : {kind: "bad", text: "failed"};
}

export function clusterWord(cluster) {
  const {kind, text} = clusterState(cluster);
  return [word(kind, text), cluster.running ? [" ", word("busy", `${cluster.running} run goes on`)] : null];
}

/** A reason with what to do about it. */
export function reason(text, remedy = REASONS[text]) {
  return [el("span", {class: "note"}, plain(text)), " ", el("span", {class: "remedy"}, plain(remedy ?? "", 2000))];
}

export function clustersView({status}) {
  const clusters = status?.clusters ?? [];
  return clusters.length === 0 ? [el("p", {class: "empty"}, "No cluster is known yet.")] : clusters.map(card);
}

function card(cluster) {
  const id = `cluster-${cluster.cluster}`;
  return el("section", {class: "card", "aria-labelledby": id},
    el("h2", {id}, name(cluster.cluster), " ", clusterWord(cluster)),
    el("dl", {class: "facts"},
      fact("Address", el("span", {class: "mono"}, plain(cluster.url, 300))),
      fact("Last complete look", when(cluster.complete_at)),
      fact("Next run", cluster.next_run_at ? when(cluster.next_run_at) : "none is planned"),
      fact("Hosts", (cluster.hosts ?? 0).toLocaleString("en"))),
    errorsOfCluster(cluster), missing(cluster), nodes(cluster));
}

export function fact(term, ...value) {
  return el("div", {}, el("dt", {}, term), el("dd", {}, value));
}

function errorsOfCluster(cluster) {
  const errors = (cluster.last_run?.errors ?? []).filter((error) => error.where === cluster.cluster);
  return errors.map((error) => el("p", {class: cluster.last_run.complete ? "told-why" : "told-why bad"},
    reason(error.reason, error.remedy), el("span", {class: "message"}, plain(error.message, 500))));
}

function missing(cluster) {
  const texts = [];
  if (cluster.missing > 0) {
    texts.push(`${count(cluster.missing, "host")} ${cluster.missing === 1 ? "was" : "were"} not found by the last complete look,`
      + " and will be taken as gone if the next ones do not find them either.");
  }
  if (cluster.held > 0) {
    texts.push(`The removal of ${count(cluster.held, "host")} is held back, because so many at once may be a mistake.`
      + ` If they are really gone: proxmox-discovery confirm-removals ${cluster.cluster}`);
  }
  return texts.map((text) => el("p", {class: "told-why"}, plain(text, 500)));
}

function nodes(cluster) {
  const all = cluster.nodes ?? [];
  return all.length === 0 ? el("p", {class: "muted"}, "Its nodes are not known yet.") : el("div", {class: "scroll", tabindex: 0,
    role: "group", "aria-label": `Nodes of ${plain(cluster.cluster)}`}, el("table", {},
    el("thead", {}, el("tr", {}, ["Node", "State", "Guests", "Interfaces", "Why"].map((it) => el("th", {scope: "col"}, it)))),
    el("tbody", {}, all.map((node) => el("tr", {},
      el("th", {scope: "row"}, name(node.node)),
      el("td", {}, word(node.status === "ok" ? "ok" : "bad", plain(node.status, 40))),
      el("td", {class: "number"}, (node.guests ?? 0).toLocaleString("en")),
      el("td", {class: "number"}, (node.hosts ?? 0).toLocaleString("en")),
      el("td", {class: "why"}, node.reason ? reason(node.reason) : el("span", {class: "muted"}, "–")))))));
}
