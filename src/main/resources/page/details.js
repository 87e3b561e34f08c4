/** Everything that is known of one host. */
import {byId, el, fill, name, plain} from "./dom.js";
import {copyButton} from "./copy.js";
import {how, changesOf} from "./changes.js";
import {reason} from "./clusters.js";
import {status} from "./hosts.js";
import {when} from "./time.js";

const SOURCES = {agent: "the guest's agent saw it", lxc: "the container's node saw it", config: "it is configured"};
const AGENT = {
  ok: "answered", off: "off, or the guest does not run", silent: "silent", refused: "the token may not ask it",
  unsupported: "cannot tell addresses", locked: "not asked, the guest is locked", error: "answered with an error",
};
const SHOWN_ABOVE = {
  host: ["id", "mac", "hostname", "ip_addresses", "observed_at", "run_id", "generation", "revision", "proxmox",
    "source", "switch_port", "schema_version"],
  guest: ["cluster", "node", "type", "vmid", "name", "guest_uuid", "status", "template", "tags", "pool", "os_type", "interface",
    "addresses", "agent", "agent_checked_at", "notes"],
};

function agent({agent: state, agent_checked_at: asked}) {
  return state ? [AGENT[state] ?? plain(state), asked ? [", asked ", when(asked)] : null] : null;
}

function address(id) {
  return `api/hosts/${id.split("/").map(encodeURIComponent).join("/")}`;
}

export class Details {

  /** @param closed is called when it was closed; @param open shows another host */
  constructor({closed, open}) {
    this.element = byId("details");
    this.open = open;
    this.element.addEventListener("close", () => this.id && (this.id = null, closed()));
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
  }

  wide() {
    return window.matchMedia("(min-width: 1100px)").matches;
  }

  /** @param siblings entries of the same guest */
  show(it, {siblings, runs, focus = false}) {
    this.id = it.id;
    const scrolled = this.element.scrollTop;
    const focused = this.element.contains(document.activeElement);
    fill(this.element, this.content(it, siblings, runs));
    this.element.scrollTop = scrolled;
    if (!this.element.open) {
      this.wide() ? this.element.show() : this.element.showModal();
      focus = focus || !this.wide();
      if (this.wide() && !focus) {
        byId("grid")?.focus({preventScroll: true});
      }
    }
    if (focus || focused) {
      byId("details-title").focus();
    }
  }

  /** What was shown is no longer there. */
  gone() {
    if (this.element.open && !byId("gone")) {
      this.element.querySelector("h2").after(el("p", {class: "told-why bad", id: "gone"}, "This host is not there any more."));
    }
  }

  close() {
    if (this.element.open) {
      this.element.close();
    }
  }

  content(it, siblings, runs) {
    const {host, guest, nic} = it;
    const kind = guest.type === "lxc" ? "Container" : "Virtual machine";
    return [
      el("div", {class: "d-head"}, el("h2", {id: "details-title", tabindex: -1}, name(host.hostname, {class: "guest-name"}), " ",
        el("span", {class: "muted"}, plain(nic.key))),
      el("button", {type: "button", class: "close", "aria-label": "Close the details", onclick: () => this.close()}, "✕")),
      el("p", {class: "d-sub"}, `${kind} `, name(guest.vmid), " on ", name(guest.node), ", cluster ", name(guest.cluster), " ", status(it)),
      it.notes.map((note) => el("p", {class: "told-why"}, reason(note))),
      el("h3", {}, "MAC"),
      el("p", {}, el("span", {class: "mono"}, plain(host.mac)), " ", copyButton(String(host.mac ?? ""), "the MAC")),
      el("h3", {}, "Addresses"), this.addresses(it),
      el("h3", {}, "Network"), this.table(this.networkRows(nic)),
      el("h3", {}, "Guest"), this.table(this.guestRows(host, guest)),
      this.others(siblings, it), this.changes(runs, it), this.more(host, guest),
      el("p", {class: "d-raw"}, el("a", {href: address(it.id)}, "As JSON"), " ", copyButton(it.id, "the id")),
    ];
  }

  addresses({guest, addresses}) {
    const told = Array.isArray(guest.addresses) && guest.addresses.length > 0;
    const all = told ? guest.addresses : addresses.map((it) => ({address: it}));
    if (all.length === 0) {
      return el("p", {class: "muted"}, "None is known.");
    }
    return el("ul", {class: "d-addresses"}, all.map((it) => el("li", {},
      el("span", {class: it.stale ? "mono address stale" : "mono"}, plain(it.address), Number.isInteger(it.prefix) ? `/${it.prefix}` : ""),
      " ", copyButton(String(it.address), "the address"),
      el("span", {class: "muted d-from"}, SOURCES[it.source] ?? plain(it.source), it.observed_at ? [", ", when(it.observed_at)] : null),
      it.stale ? el("span", {class: "d-from"}, el("b", {}, "Stale: "), "seen then, and not confirmed since.") : null)));
  }

  networkRows(nic) {
    return [["Name in the guest", nic.name], ["Bridge", nic.bridge], ["VLAN", nic.vlan], ["Trunk", nic.trunks], ["Model", nic.model],
      ["Link", nic.link_down === true ? "unplugged" : nic.link_down === false ? "plugged in" : null],
      ["Firewall", nic.firewall === true ? "on" : nic.firewall === false ? "off" : null],
      ["MTU", nic.mtu === 1 ? "that of the bridge" : nic.mtu], ["Names with this MAC", (nic.guest_interfaces ?? []).join(", ") || null]];
  }

  guestRows(host, guest) {
    return [["Id", host.id], ["Name", guest.name ?? "none is set"], ["Tags", (guest.tags ?? []).join(", ") || null], ["Pool", guest.pool],
      ["System", guest.os_type], ["UUID", guest.guest_uuid],
      ["Agent", agent(guest)],
      ["Read", when(host.observed_at)], ["Run", host.run_id],
      ["Revision", host.revision ? `${host.revision}${host.generation > 1 ? `, generation ${host.generation}` : ""}` : null]];
  }

  table(rows) {
    const told = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
    return el("dl", {class: "d-table"}, told.map(([term, value]) => el("div", {}, el("dt", {}, plain(term)),
      el("dd", {}, typeof value === "object" ? value : name(plain(value, 2000))))));
  }

  others(siblings, it) {
    const line = (other) => el("li", {},
      other.id === it.id ? el("b", {}, plain(other.nic.key))
        : el("button", {type: "button", class: "link", onclick: () => this.open(other.id)}, plain(other.nic.key)),
      " ", el("span", {class: "mono"}, plain(other.host.mac)),
      " ", el("span", {class: "mono muted"}, plain(other.addresses.join(" "), 100)));
    return siblings.length < 2 ? null
      : [el("h3", {}, "Interfaces of this guest"), el("ul", {class: "d-others"}, siblings.map(line))];
  }

  changes(runs, it) {
    const all = changesOf(runs, it.id);
    const line = (change) => el("li", {}, when(change.run.finished_at), " ", plain(change.change), " ", how(change));
    return all.length === 0 ? null
      : [el("h3", {}, "In the last runs"), el("ul", {class: "d-others"}, all.slice(0, 20).map(line))];
  }

  /** Keys that a route of the user added. */
  more(host, guest) {
    const added = (from, known) => Object.entries(from).filter(([key]) => !known.includes(key));
    const all = [...added(host, SHOWN_ABOVE.host), ...added(guest, SHOWN_ABOVE.guest)]
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
    return all.length === 0 ? null : [el("h3", {}, "More fields"), this.table(all)];
  }
}
