/** The tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import {byId, el} from "./dom.js";

export const TABS = {hosts: "Hosts", clusters: "Clusters", changes: "Changes", runs: "Runs", sinks: "Sinks", routes: "Routes"};
const NAMES = Object.keys(TABS);

export class Tabs {

  /** @param chosen is called with the name of a tab */
  constructor(chosen) {
    this.chosen = chosen;
    this.list = byId("tabs");
    for (const name of NAMES) {
      this.list.append(el("button", {
        type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => chosen(name),
      }, TABS[name], el("span", {class: "badge", hidden: true})));
      byId("panels").append(el("div", {role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, hidden: true}));
    }
    this.list.addEventListener("keydown", (event) => this.key(event));
  }

  panel(name) {
    return byId(`panel-${name}`);
  }

  show(chosen) {
    for (const name of NAMES) {
      const tab = byId(`tab-${name}`);
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      this.panel(name).hidden = name !== chosen;
    }
    byId(`tab-${chosen}`).scrollIntoView({block: "nearest", inline: "nearest"});
  }

  /** @param text a figure behind the name, such as how much is wrong there */
  badge(name, text, kind, title) {
    const badge = byId(`tab-${name}`).querySelector(".badge");
    badge.hidden = !text;
    badge.textContent = text ? ` ${text}` : "";
    badge.className = `badge ${kind}`;
    badge.title = title ?? "";
  }

  key(event) {
    const at = NAMES.indexOf(document.activeElement?.id.slice(4));
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: NAMES.length - 1}[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      const name = NAMES[(to + NAMES.length) % NAMES.length];
      this.chosen(name);
      byId(`tab-${name}`).focus();
    } else if (event.key === "ArrowDown" && at === 0) {
      event.preventDefault();
      byId("grid")?.focus();
    }
  }
}
