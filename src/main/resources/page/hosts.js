/** The list of hosts: clusters, nodes, guests, interfaces. */
import {count, el, plain, word} from "./dom.js";
import {Grid} from "./grid.js";
import {Marks} from "./marks.js";
import {when} from "./time.js";
import {clusterWord} from "./clusters.js";
import {rows, tree} from "./tree.js";

const COLUMNS = [["c-name", "Guest"], ["c-nic", "Interface"], ["c-mac", "MAC"], ["c-ip", "Addresses"],
  ["c-net", "Network"], ["c-status", "Status"], ["c-more", "Notes and tags"]];
const SEEN = 4;

export class Hosts {

  /** @param open shows the details of a host */
  constructor({open, moved, top}) {
    this.closed = new Set();
    this.closedOfSearch = new Set();
    this.grid = new Grid({
      columns: COLUMNS, top, moved, open,
      cells: (row) => this.cells(row),
      height: this.height,
      toggle: (row) => this.toggle(row),
    });
    this.none = el("p", {class: "empty", hidden: true});
    this.all = el("button", {type: "button", class: "quiet", onclick: () => this.closeAll(false)}, "Open all");
    this.shut = el("button", {type: "button", class: "quiet", onclick: () => this.closeAll(true)}, "Close all");
    this.told = el("span", {class: "told"});
    this.element = el("div", {}, el("div", {class: "tools"}, this.told, el("span", {class: "grow"}), this.all, this.shut),
      this.none, this.grid.element);
  }

  /** @param narrow whether a row has its cells one below the other, as on a phone */
  height(row, narrow) {
    if (!narrow) {
      return row.kind === "cluster" ? 40 : 32;
    }
    const lines = 2 + (row.it?.addresses.length > 0 ? 1 : 0) + (row.it?.notes.length > 0 ? 1 : 0);
    return row.it ? 16 + 22 * lines : row.kind === "cluster" ? 44 : 40;
  }

  /** @param found entries that the query is true of, in their order */
  show({found, total, clusters, query, empty}) {
    if (query !== this.query) {
      this.closedOfSearch.clear();
    }
    this.query = query;
    this.marks = new Marks(query);
    this.groups = tree(found, query === "" ? clusters : []);
    const states = new Map(clusters.map((it) => [it.cluster, it]));
    for (const cluster of this.groups) {
      cluster.state ??= states.get(cluster.name);
      for (const node of cluster.children) {
        node.state ??= cluster.state?.nodes?.find((it) => it.node === node.name);
      }
    }
    this.none.textContent = empty ?? (query === "" ? "There are no hosts." : `Nothing matches “${plain(query, 80)}”.`);
    this.none.hidden = found.length > 0 || this.groups.length > 0;
    const guests = this.groups.reduce((sum, it) => sum + it.guests, 0);
    this.said = query === ""
      ? `${count(guests, "guest")}, ${count(found.length, "interface")}`
      : `${count(found.length, "interface")} of ${count(guests, "guest")}, of ${total.toLocaleString("en")}`;
    this.told.textContent = this.said;
    this.draw();
  }

  draw() {
    this.grid.element.hidden = this.groups.length === 0;
    this.grid.set(rows(this.groups, this.now()));
  }

  now() {
    return this.query === "" ? this.closed : this.closedOfSearch;
  }

  toggle(row) {
    const closed = this.now();
    closed.has(row.key) ? closed.delete(row.key) : closed.add(row.key);
    this.draw();
  }

  closeAll(close) {
    const closed = this.now();
    closed.clear();
    if (close) {
      this.groups.flatMap((cluster) => cluster.children).forEach((node) => closed.add(node.key));
    }
    this.draw();
  }

  /** Opens whatever a host lies in, and goes to it. */
  goTo(it) {
    [it.clusterKey, it.nodeKey, it.guestKey].forEach((key) => this.now().delete(key));
    this.draw();
    return this.grid.toKey(`i:${it.id}`);
  }

  cells(row) {
    switch (row.kind) {
      case "cluster": return this.clusterCells(row);
      case "node": return this.nodeCells(row);
      case "guest": return row.it ? this.nameCells(row.it).concat(this.nicCells(row.it)) : this.guestCells(row);
      default: return [el("span", {role: "gridcell", class: "c-name"}), ...this.nicCells(row.it, true)];
    }
  }

  groupCells(row, kind, ...rest) {
    return [
      el("span", {role: "gridcell", class: "c-group"}, twist(row), el("span", {class: "kind"}, kind), " ",
        el("b", {}, el("bdi", {}, this.marks.text(row.name ?? "?", row.kind)))),
      el("span", {role: "gridcell", class: "c-counts"}, count(row.guests, "guest"),
        el("span", {class: "wide"}, ` · ${count(row.interfaces, "interface")}`)),
      el("span", {role: "gridcell", class: "c-state"}, rest),
    ];
  }

  clusterCells(row) {
    const {state} = row;
    return this.groupCells(row, "cluster", state ? [clusterWord(state), state.complete_at
      ? el("span", {class: "last"}, "last complete look ", when(state.complete_at)) : null] : []);
  }

  nodeCells(row) {
    const state = row.state;
    const bad = state && state.status !== "ok";
    return this.groupCells(row, "node",
      bad ? word("bad", state.status) : null, state?.reason ? [" ", word("bad", state.reason)] : null);
  }

  nameCells(it) {
    const kind = it.guest.type === "lxc" ? "CT" : "VM";
    return [el("span", {role: "gridcell", class: "c-name"},
      el("span", {class: "vmid"}, kind, " ", el("bdi", {}, this.marks.text(it.guest.vmid, "vmid"))), " ",
      el("bdi", {class: "guest-name"}, this.marks.text(it.host.hostname, "name")))];
  }

  guestCells(row) {
    return [
      ...this.nameCells(row.first).map((cell) => (cell.prepend(twist(row)), cell)),
      el("span", {role: "gridcell", class: "c-nic muted"}, count(row.found.length, "interface")),
      el("span", {role: "gridcell", class: "c-mac"}),
      el("span", {role: "gridcell", class: "c-ip"},
        row.open ? [] : this.addresses(row.found.flatMap((it) => it.guest.addresses ?? []))),
      el("span", {role: "gridcell", class: "c-net"}),
      el("span", {role: "gridcell", class: "c-status"}, status(row.first)),
      el("span", {role: "gridcell", class: "c-more"}, this.tags(row.first)),
    ];
  }

  /** @param below whether the row of its guest is above, and tells what is the guest's */
  nicCells(it, below = false) {
    const {nic} = it;
    return [
      el("span", {role: "gridcell", class: "c-nic"}, el("bdi", {}, this.marks.text(nic.key ?? "")),
        nic.name ? [" ", el("bdi", {class: "muted"}, this.marks.text(nic.name))] : null),
      el("span", {role: "gridcell", class: "c-mac mono"}, this.marks.mac(it.host.mac)),
      el("span", {role: "gridcell", class: "c-ip mono"}, this.addresses(it.guest.addresses, it.host.ip_addresses)),
      el("span", {role: "gridcell", class: "c-net"}, this.network(nic)),
      el("span", {role: "gridcell", class: "c-status"}, below ? null : status(it)),
      el("span", {role: "gridcell", class: "c-more"}, this.notes(it), below ? null : this.tags(it)),
    ];
  }

  network(nic) {
    const vlan = nic.vlan ? `VLAN ${nic.vlan}` : nic.trunks ? `trunk ${plain(nic.trunks, 40)}` : null;
    return [el("bdi", {}, this.marks.text(nic.bridge ?? "–", "bridge")), vlan ? el("span", {class: "vlan"}, ` ${vlan}`) : null,
      nic.link_down ? [" ", word("warn", "unplugged")] : null];
  }

  addresses(detailed, bare) {
    const all = Array.isArray(detailed) && detailed.length > 0
      ? detailed : (Array.isArray(bare) ? bare : []).map((address) => ({address}));
    const shown = all.slice(0, SEEN).map((it, place) => [place > 0 ? " " : null,
      el("span", {class: it.stale ? "address stale" : "address", title: it.stale ? "seen earlier, not confirmed" : null},
        this.marks.address(String(it.address)), it.stale ? el("i", {}, " stale") : null)]);
    return [shown, all.length > SEEN ? el("span", {class: "muted"}, ` and ${all.length - SEEN} more`) : null];
  }

  notes(it) {
    return it.notes.slice(0, 3).map((note) => [el("span", {class: "note"}, this.marks.text(note, "note")), " "]);
  }

  tags(it) {
    const tags = Array.isArray(it.guest.tags) ? it.guest.tags : [];
    return tags.slice(0, 6).map((tag) => [el("bdi", {class: "tag"}, this.marks.text(tag, "tag")), " "]);
  }
}

function twist(row) {
  return el("span", {class: row.open === null ? "twist none" : "twist", "aria-hidden": "true"});
}

/** The status of a guest in its own word, with a shape beside the colour. */
export function status(it) {
  const text = it.guest.template ? "template" : String(it.guest.status ?? "unknown");
  const known = ["running", "stopped", "template", "paused"].includes(text);
  return el("span", {class: `status ${known ? text : "other"}`}, plain(text, 30));
}
