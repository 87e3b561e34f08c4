/** Puts the parts of the page together. */
import {byId, el, fill, plain} from "./dom.js";
import {changesView} from "./changes.js";
import {clusterState, clusterWord, clustersView} from "./clusters.js";
import {connection, glance} from "./header.js";
import {Details} from "./details.js";
import {help} from "./help.js";
import {Hosts} from "./hosts.js";
import {Index} from "./search.js";
import {readHash, writeHash} from "./address-bar.js";
import {routesView} from "./routes.js";
import {byReason, runsView} from "./runs.js";
import {setClock, tick} from "./time.js";
import {sinkState, sinksView} from "./sinks.js";
import {sorted} from "./tree.js";
import {Source} from "./source.js";
import {TABS, Tabs} from "./tabs.js";

const CHIPS = [["has:note", "with notes"], ["no:address status:running", "running without address"], ["is:stale", "stale addresses"],
  ["status:stopped", "stopped"]];

class Page {

  constructor() {
    this.at = {tab: "hosts", q: "", host: ""};
    this.index = new Index([]);
    this.opened = new Set();
    this.drawn = new Map();
    this.names = new Map();
    this.input = byId("q");
    this.tabs = new Tabs((tab) => this.go({tab}, true));
    this.hosts = new Hosts({
      open: (row) => this.openDetails(row.it.id, true),
      moved: (row) => row.it && this.details.wide() && this.at.host && this.openDetails(row.it.id, false),
      top: () => byId("bar").getBoundingClientRect().bottom + this.hosts.grid.head.offsetHeight,
    });
    this.details = new Details({closed: () => this.detailsClosed(), open: (id) => this.openDetails(id, true)});
    this.source = new Source((fresh) => this.told(fresh));
    this.chips = el("div", {class: "chips", role: "group", "aria-label": "Often looked for"});
    this.wait = el("div", {class: "card waiting", hidden: true});
    this.tabs.panel("hosts").append(this.wait, this.chips, this.hosts.element);
  }

  start() {
    this.listen();
    help((example) => {
      this.go({tab: "hosts", q: example}, true);
      this.input.focus();
    });
    this.go(readHash(), false);
    this.source.start();
    setInterval(tick, 5000);
    this.cover();
    new ResizeObserver(() => this.cover()).observe(byId("bar"));
  }

  /** What sticks to the top of the window covers so much of it. */
  cover() {
    document.documentElement.style.setProperty("--bar", `${byId("bar").offsetHeight}px`);
  }

  listen() {
    this.input.addEventListener("input", () => this.go({q: this.input.value}, false));
    this.input.addEventListener("keydown", (event) => this.searchKey(event));
    byId("search").addEventListener("submit", (event) => event.preventDefault());
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      (this.at.tab === "hosts" && this.index.entries.length > 0 ? byId("grid") : byId("panel")).focus();
    });
    window.addEventListener("hashchange", () => this.go(readHash(), false));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const typing = event.target.closest?.("input, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.details.wide() || this.details.close();
      this.input.focus();
      this.input.select();
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      this.escape();
    }
  }

  escape() {
    if (this.details.element.open) {
      this.details.close();
    } else if (!byId("help").hidden) {
      byId("help-button").click();
    } else if (this.at.q !== "") {
      this.go({q: ""}, false);
      this.input.focus();
    }
  }

  searchKey(event) {
    const first = this.hosts.grid.rows.find((row) => row.it);
    if (this.at.tab === "hosts" && first && (event.key === "ArrowDown" || event.key === "Enter")) {
      event.preventDefault();
      byId("grid").focus();
      this.hosts.grid.toKey(first.key);
      if (event.key === "Enter" && this.at.q !== "") {
        this.openDetails(first.it.id, true);
      }
    }
  }

  /** Goes elsewhere: another tab, another query, another host. */
  go(to, step) {
    const was = this.at;
    const tab = Object.hasOwn(TABS, to.tab ?? was.tab) ? to.tab ?? was.tab : "hosts";
    const searches = to.q !== undefined && to.q !== was.q && !["hosts", "changes"].includes(tab);
    this.at = {...was, ...to, tab: searches && to.tab === undefined ? "hosts" : tab};
    writeHash(this.at, step);
    if (this.input.value !== this.at.q) {
      this.input.value = this.at.q;
    }
    this.tabs.show(this.at.tab);
    if (was.tab !== this.at.tab || was.q !== this.at.q) {
      window.scrollTo(0, Math.min(window.scrollY, byId("bar").offsetTop));
    }
    this.draw();
    this.at.host ? this.showDetails(false) : this.details.close();
  }

  /** Something new was told. */
  told(fresh) {
    if (this.source.status) {
      setClock(this.source.status.now);
    }
    if (fresh.has("hosts") && this.source.hosts) {
      this.index = new Index(this.source.hosts);
      sorted(this.index.entries);
      this.names = new Map(this.index.entries.map((it) => [it.id, `${it.host.hostname} ${it.nic.key}`]));
      this.guests = new Map();
      this.index.entries.forEach((it) => {
        const key = `${it.guest.cluster}/${it.guest.type}/${it.guest.vmid}`;
        this.guests.set(key, [...(this.guests.get(key) ?? []), it]);
      });
      this.drawn.clear();
    }
    connection(this.source);
    if (this.source.status) {
      const hosts = this.source.hosts ? this.index.entries.length : null;
      glance({status: this.source.status, hosts, guests: this.guests?.size ?? 0});
      this.badges();
    }
    if (fresh.size > 0) {
      this.draw();
      if (this.source.hosts || this.source.waiting) {
        byId("panel").removeAttribute("aria-busy");
      }
      this.at.host && this.showDetails(false);
    }
  }

  badges() {
    const {status, runs} = this.source;
    const errors = (status.clusters ?? []).flatMap((it) => it.last_run?.errors ?? []);
    const bad = (status.clusters ?? []).filter((it) => ["bad", "warn"].includes(clusterState(it).kind)).length;
    const behind = (status.sinks ?? []).filter((it) => sinkState(it).kind !== "ok").length;
    const changed = (runs ?? []).slice(0, 1).reduce((sum, {changes}) => sum + (changes?.discovered ?? 0)
      + (changes?.updated ?? 0) + (changes?.removed ?? 0) + (changes?.excluded ?? 0), 0);
    this.tabs.badge("clusters", bad || "", "bad", "not complete");
    this.tabs.badge("changes", changed || "", "quiet", "in the last run");
    this.tabs.badge("runs", byReason(errors).length || "", "warn", "reasons in the last runs");
    this.tabs.badge("sinks", behind || "", "warn", "do not have everything");
    this.tabs.badge("routes", status.routes?.problems?.length || "", "bad", "problems");
  }

  draw() {
    const {source, at} = this;
    this[`draw${at.tab[0].toUpperCase()}${at.tab.slice(1)}`]?.();
    if (at.tab === "clusters") {
      this.once("clusters", source.status?.clusters, () => clustersView(source));
    } else if (at.tab === "runs") {
      this.once("runs", source.runs, () => runsView({runs: source.runs, opened: this.opened}));
    } else if (at.tab === "sinks") {
      const open = (id) => this.openDetails(id, true);
      this.once("sinks", source.status?.sinks, () => sinksView({status: source.status, open, names: this.names}));
    } else if (at.tab === "routes") {
      this.once("routes", source.status?.routes, () => routesView(source));
    }
  }

  /** Draws a tab if what it shows is not what is drawn already, and leaves the focus where it was. */
  once(tab, told, view) {
    const text = JSON.stringify(told);
    if (text === undefined ? this.drawn.get(tab) === "" : this.drawn.get(tab) === text) {
      return;
    }
    this.drawn.set(tab, text ?? "");
    const panel = this.tabs.panel(tab);
    const focusable = () => [...panel.querySelectorAll("button, a, summary, [tabindex]")];
    const place = focusable().indexOf(document.activeElement);
    const content = told === undefined || told === null ? [el("p", {class: "empty"}, "Nothing is known yet.")] : view();
    fill(panel, content);
    focusable()[place]?.focus({preventScroll: true});
  }

  drawChanges() {
    const found = this.at.q === "" ? null : new Set(this.index.find(this.at.q).map((it) => it.id));
    const text = this.at.q.toLowerCase();
    const wants = (id) => found === null || found.has(id) || id.toLowerCase().includes(text);
    this.once("changes", this.source.runs && [this.source.runs.map((run) => [run.run_id, run.changes]), this.at.q], () => changesView({
      runs: this.source.runs, wants, names: this.names, query: this.at.q, open: (id) => this.openDetails(id, true),
    }));
  }

  drawHosts() {
    const {hosts, waiting, partial, status} = this.source;
    const found = this.index.find(this.at.q);
    this.drawWait(waiting, status, partial);
    this.hosts.element.hidden = hosts === null;
    this.hosts.show({found, total: this.index.entries.length, clusters: hosts === null ? [] : status?.clusters ?? [], query: this.at.q});
    this.drawChips(hosts !== null);
    clearTimeout(this.saying);
    if (this.at.q !== "") {
      this.saying = setTimeout(() => {
        byId("count").textContent = this.hosts.said;
      }, 400);
    }
  }

  drawChips(any) {
    const query = this.at.q;
    const shown = !any ? [] : CHIPS.map(([words, text]) => [words, text, this.chipCounts(words)])
      .filter(([words, , number]) => number > 0 || query.includes(words));
    const key = JSON.stringify([shown, query]);
    if (key === this.chipKey) {
      return;
    }
    this.chipKey = key;
    const place = [...this.chips.children].indexOf(document.activeElement);
    fill(this.chips, shown.map(([words, text, number]) => el("button", {
      type: "button", class: "chip", "aria-pressed": String(query.includes(words)), title: words,
      onclick: () => this.go({q: toggled(query, words)}, false),
    }, text, el("span", {class: "muted"}, ` ${number.toLocaleString("en")}`))));
    this.chips.children[place]?.focus();
  }

  /** Of all hosts; counted once for what was told. */
  chipCounts(words) {
    if (this.counted !== this.index) {
      this.counted = this.index;
      this.counts = new Map(CHIPS.map(([each]) => [each, this.index.find(each).length]));
    }
    return this.counts.get(words);
  }

  drawWait(waiting, status, partial) {
    const reads = this.source.hosts === null && waiting === null;
    this.wait.hidden = waiting === null && !partial && !reads;
    if (this.wait.hidden) {
      return;
    }
    if (reads) {
      fill(this.wait, el("p", {}, "The hosts are being read …"));
      return;
    }
    const why = waiting ? plain(waiting.message ?? waiting.detail ?? waiting.reason ?? waiting.error ?? "", 500) : "";
    const clusters = (status?.clusters ?? []).filter((it) => !it.complete_at);
    const button = el("button", {type: "button", onclick: () => this.showPart()}, "Show what is known so far");
    fill(this.wait,
      el("h2", {}, waiting ? "No complete look yet" : "Only a part is shown"),
      el("p", {}, why, " ", waiting ? "Until each cluster was seen whole once, a part could be taken for all there is."
        : "This is what is known so far. The page shows everything as soon as each cluster was seen whole once."),
      el("ul", {}, clusters.map((it) => el("li", {}, el("b", {}, plain(it.cluster)), " ", clusterWord(it)))),
      partial ? null : button);
  }

  showPart() {
    this.source.partial = true;
    this.source.soon(0);
    byId("panel").focus();
  }

  openDetails(id, focus) {
    const step = this.at.host === "";
    this.at = {...this.at, host: id};
    writeHash(this.at, step);
    this.showDetails(focus);
  }

  showDetails(focus) {
    const it = this.index.byId.get(this.at.host);
    if (!it) {
      this.source.hosts && this.details.gone();
      return;
    }
    const siblings = this.guests.get(`${it.guest.cluster}/${it.guest.type}/${it.guest.vmid}`) ?? [];
    const wasShut = !this.details.element.open;
    this.details.show(it, {siblings, runs: this.source.runs, focus});
    document.body.classList.add("with-details");
    if (wasShut && this.at.tab === "hosts") {
      this.hosts.goTo(it);
    }
  }

  detailsClosed() {
    document.body.classList.remove("with-details");
    if (this.at.host) {
      this.at = {...this.at, host: ""};
      writeHash(this.at, false);
    }
    if (this.at.tab === "hosts" && document.activeElement !== this.input) {
      byId("grid")?.focus({preventScroll: true});
    }
    this.hosts.grid.measure();
  }
}

/** The query with these words, or without them if they are in it. */
function toggled(query, words) {
  return (query.includes(words) ? query.replace(words, "") : `${query} ${words}`).replace(/\s+/g, " ").trim();
}

const page = new Page();
page.start();
