/** The route files: which are loaded, and what is wrong with the others. */
import {count, el, name, plain, word} from "./dom.js";
import {when} from "./time.js";

/** How the routes are, in words. */
export function routesState(routes) {
  switch (routes?.state) {
    case "ok": return {kind: "ok", text: "loaded"};
    case "refused": return {kind: "bad", text: "refused"};
    case "waiting": return {kind: "warn", text: "changed, waiting for the run to end"};
    default: return {kind: "quiet", text: plain(routes?.state ?? "not known yet")};
  }
}

const WORDS = {ok: "ok", loaded: "ok", refused: "bad", waiting: "warn", changed: "warn"};

export function routesView({status}) {
  const routes = status?.routes;
  if (!routes) {
    return [el("p", {class: "empty"}, "Nothing is known of the route files.")];
  }
  const {kind, text} = routesState(routes);
  return [
    el("h2", {}, "Route files ", word(kind, text)),
    el("p", {class: "muted below"}, "Version ", el("span", {class: "mono"}, plain(routes.version ?? "?", 80)), ", loaded ",
      when(routes.loaded_at), "."),
    problems(routes), files(routes)];
}

function problems(routes) {
  const all = routes.problems ?? [];
  return all.length === 0 ? null : el("section", {class: "card", "aria-labelledby": "problems"},
    el("h2", {id: "problems"}, count(all.length, "problem")),
    routes.state === "refused" ? el("p", {}, "What was changed is not in use: the program goes on with the routes it had.") : null,
    el("ul", {class: "problems"}, all.map((it) => el("li", {class: "told-why bad"},
      el("p", {class: "mono where"}, name(it.line ? `${it.file}:${it.line}` : it.file)),
      el("p", {}, plain(it.problem, 2000)),
      it.expected ? el("p", {class: "remedy"}, el("b", {}, "Expected: "), plain(it.expected, 2000)) : null))));
}

function files(routes) {
  const all = routes.files ?? [];
  return all.length === 0 ? null : el("div", {class: "scroll card", tabindex: 0, role: "group", "aria-label": "Route files"},
    el("table", {},
      el("thead", {}, el("tr", {}, ["File", "State", "Changed"].map((it) => el("th", {scope: "col"}, it)))),
      el("tbody", {}, all.map((it) => el("tr", {}, el("th", {scope: "row", class: "mono"}, name(it.file)),
        el("td", {}, word(WORDS[it.state] ?? "quiet", plain(it.state, 40))), el("td", {}, when(it.changed_at)))))));
}
