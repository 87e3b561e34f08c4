/** The state at a glance, and of the connection. */
import {byId, count, el, fill, plain, word} from "./dom.js";
import {clusterState} from "./clusters.js";
import {routesState} from "./routes.js";
import {sinkState} from "./sinks.js";
import {when} from "./time.js";

const ORDER = ["ok", "busy", "quiet", "warn", "bad"];

function worst(states) {
  return states.reduce((kind, it) => (ORDER.indexOf(it.kind) > ORDER.indexOf(kind) ? it.kind : kind), "ok");
}

/** How many are in which state. */
function tally(states) {
  const counts = new Map();
  states.forEach(({kind, text}) => counts.set(text, {kind, number: (counts.get(text)?.number ?? 0) + 1}));
  return [...counts].map(([text, {kind, number}]) => [word(kind, `${number} ${text}`), " "]);
}

/** @param kind of the state that the value tells, null if it tells none */
function tile(tab, label, kind, value) {
  return el("li", {}, el("a", {href: `#tab=${tab}`}, el("span", {class: "label"}, label), " ",
    typeof value === "object" ? el("span", {}, value) : kind ? word(kind, value) : el("b", {}, value)));
}

function clusters(all) {
  const states = all.map(clusterState);
  return tile("clusters", all.length === 1 ? "Cluster" : "Clusters", "quiet", all.length === 0 ? "none yet"
    : all.length === 1 ? [el("b", {}, plain(all[0].cluster)), " ", word(states[0].kind, states[0].text)] : tally(states));
}

function sinks(all) {
  const behind = all.map(sinkState).filter(({kind}) => kind !== "ok");
  const text = all.length === 0 ? "none" : behind.length === 0 ? (all.length === 1 ? "has everything" : "all have everything")
    : all.length === 1 ? behind[0].text : `${behind.length} of ${all.length} behind`;
  return tile("sinks", all.length === 1 ? "Sink" : "Sinks", worst(behind), text);
}

function routes(told) {
  const {kind, text} = routesState(told);
  const problems = told?.problems?.length ?? 0;
  return tile("routes", "Routes", kind, problems > 0 ? `${text}, ${count(problems, "problem")}` : text);
}

/** When it was last looked at each cluster: of several, the one that this is longest ago for. */
function lastLook(all) {
  const looks = all.map((it) => it.complete_at).filter(Boolean).sort();
  return tile("runs", "Last complete look", null, looks.length === 0 ? "not yet" : el("b", {}, when(looks[0])));
}

export function glance({status, hosts, guests}) {
  const all = status.clusters ?? [];
  byId("version").textContent = plain(status.version ?? "", 40);
  const links = document.activeElement?.closest("#glance") ? [...byId("glance").querySelectorAll("a")].indexOf(document.activeElement) : -1;
  byId("glance").replaceChildren(clusters(all),
    tile("hosts", "Hosts", null, hosts === null ? "–" : `${count(guests, "guest")}, ${count(hosts, "interface")}`),
    lastLook(all), sinks(status.sinks ?? []), routes(status.routes));
  byId("glance").querySelectorAll("a")[links]?.focus();
  const bad = [...all.map(clusterState), ...(status.sinks ?? []).map(sinkState), routesState(status.routes)];
  document.title = worst(bad) === "bad" ? "✗ proxmox-discovery" : "proxmox-discovery";
}

const CONNECTION = {
  connecting: ["quiet", "connecting …"],
  live: ["ok", "live"],
  polling: ["quiet", "looks every 15 s"],
  lost: ["bad", "no connection"],
};

export function connection({connection: state, at, why}) {
  const [kind, text] = CONNECTION[state];
  const place = byId("connection");
  if (place.textContent !== text) {
    place.replaceChildren(word(kind, text));
  }
  const banner = byId("lost");
  const lost = state === "lost";
  if (lost && banner.hidden) {
    fill(banner, `The program does not answer (${plain(why, 200)}). `,
      at ? ["What is shown here is from ", when(new Date(at).toISOString()), ". "] : null, "It is asked again all the time.");
  }
  banner.hidden = !lost;
}
