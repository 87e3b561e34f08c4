/** What the search field understands, and an index that answers within one key stroke. */
import {addressDigits, macDigits, network} from "./address.js";

/** The words before a colon, each with what it stands for. */
export const QUALIFIERS = {
  name: "name of the guest",
  tag: "tag",
  node: "node",
  cluster: "cluster",
  status: "running, stopped, …",
  type: "vm or ct",
  vmid: "number of the guest",
  vlan: "VLAN, also within a trunk, or a range: 20-29",
  bridge: "bridge",
  pool: "pool",
  mac: "MAC in any spelling",
  ip: "address, its beginning, or a network: 10.0.0.0/8",
  os: "kind of system",
  agent: "state of the agent: ok, off, silent, …",
  note: "word of the notes, such as AGENT_SILENT",
  is: "template, stale, new",
  no: "address, tag, agent",
  has: "note, address, tag",
};

const CONTAINER = ["ct", "lxc", "container"];
const MACHINE = ["vm", "qemu"];

function lower(value) {
  return value === null || value === undefined ? "" : String(value).toLowerCase();
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function text(host, guest, nic, tags, notes) {
  return [host.id, host.hostname, guest.name, guest.node, guest.pool, guest.guest_uuid, nic.key, nic.name, nic.bridge,
    list(nic.guest_interfaces).join("\n"), tags.join("\n"), notes.join("\n")].join("\n").toLowerCase();
}

/** A host, with what is looked at when somebody searches. */
class Entry {

  constructor(host) {
    const guest = host.proxmox ?? {};
    const nic = guest.interface ?? {};
    this.host = host;
    this.id = String(host.id ?? "");
    this.guest = guest;
    this.nic = nic;
    this.notes = list(guest.notes);
    this.tags = list(guest.tags);
    this.addresses = list(host.ip_addresses).map(lower);
    this.text = text(host, guest, nic, this.tags, this.notes);
    this.mac = lower(host.mac).replaceAll(":", "");
    this.stale = list(guest.addresses).some((address) => address?.stale);
    this.read = null;
    this.row = null;
    this.whole = null;
  }

  /** The addresses in hexadecimal digits, read when they are asked for the first time. */
  get digits() {
    this.read ??= this.addresses.map((address) => addressDigits(address) ?? "");
    return this.read;
  }

  /** The values of a qualifier. */
  values(qualifier) {
    const {guest, nic} = this;
    switch (qualifier) {
      case "tag": return this.tags.map(lower);
      case "note": return this.notes.map(lower);
      case "status": return [guest.template ? "template" : lower(guest.status)];
      case "bridge": return [lower(nic.bridge)];
      case "os": return [lower(guest.os_type)];
      default: return [lower(guest[qualifier])];
    }
  }
}

function inRanges(text, from, to) {
  return lower(text).split(/[;, ]+/).some((part) => {
    const [low, high] = part.split("-").map(Number);
    return part !== "" && low <= to && (high || low) >= from;
  });
}

function vlanTest(value) {
  const [from, to] = value.split("-").map(Number);
  const last = Number.isNaN(to) || to === undefined ? from : to;
  return ({nic}) => (nic.vlan >= from && nic.vlan <= last) || inRanges(nic.trunks, from, last);
}

function macTest(value) {
  const digits = /^[0-9a-f:.-]+$/.test(value) ? value.replace(/[:.-]/g, "") : "";
  return ({mac}) => digits !== "" && mac.includes(digits);
}

function addressTest(value) {
  const within = network(value);
  if (within) {
    return ({digits}) => digits.some(within);
  }
  const whole = addressDigits(value);
  return ({addresses, digits}) => addresses.some((address) => address.startsWith(value)) || (whole !== null && digits.includes(whole));
}

const KINDS = {
  template: (it) => Boolean(it.guest.template), stale: (it) => it.stale, new: (it) => it.host.revision === 1,
  note: (it) => it.notes.length > 0, address: (it) => it.addresses.length > 0, tag: (it) => it.tags.length > 0,
  agent: (it) => it.guest.agent === "ok",
};

function kindTest(value, wanted) {
  const found = Object.keys(KINDS).find((kind) => kind.startsWith(value));
  return (it) => (found ? KINDS[found](it) : it.values("status").includes(value)) === wanted;
}

/** A word without a qualifier is looked for in everything. */
function anyTest(value) {
  const digits = macDigits(value);
  const address = /^[0-9a-f.:/]+$/.test(value) && /[.:]/.test(value) ? addressTest(value) : () => false;
  return (it) => it.text.includes(value) || address(it) || (digits !== null && it.mac.includes(digits));
}

function test(qualifier, value, known) {
  switch (qualifier) {
    case "name": return ({host, guest}) => lower(host.hostname).includes(value) || lower(guest.name).includes(value);
    case "type": return ({guest}) => (guest.type === "lxc" ? CONTAINER : MACHINE).some((type) => type.startsWith(value));
    case "vlan": return vlanTest(value);
    case "mac": return macTest(value);
    case "ip": return addressTest(value);
    case "is": case "has": return kindTest(value, true);
    case "no": return kindTest(value, false);
    case null: return anyTest(value);
    default: return known(qualifier).has(value)
      ? (it) => it.values(qualifier).includes(value)
      : (it) => it.values(qualifier).some((one) => one.startsWith(value));
  }
}

/** The words of a query: {not, qualifier, value}. Quotes hold a value with spaces together. */
export function words(query) {
  const found = [];
  for (const [token] of query.toLowerCase().matchAll(/(?:"[^"]*"?|[^\s"])+/g)) {
    const [, not, qualifier, rest] = /^(-?)(?:([a-z]+):)?(.*)$/s.exec(token);
    const isOne = qualifier !== undefined && Object.hasOwn(QUALIFIERS, qualifier);
    const value = (isOne ? rest : token.slice(not.length)).replaceAll('"', "");
    if (value !== "") {
      found.push({not: not === "-", qualifier: isOne ? qualifier : null, value});
    }
  }
  return found;
}

/** All hosts, ready to be searched. */
export class Index {

  constructor(hosts) {
    this.entries = hosts.map((host) => new Entry(host));
    this.byId = new Map(this.entries.map((it) => [it.id, it]));
    this.known = new Map();
  }

  /** All values of a qualifier: one that is there is meant as it stands, another one is the beginning of one. */
  values(qualifier) {
    let found = this.known.get(qualifier);
    if (!found) {
      found = new Set(this.entries.flatMap((it) => it.values(qualifier)));
      this.known.set(qualifier, found);
    }
    return found;
  }

  /** The entries that a query is true of, all of its words. A comma means or, behind a qualifier. */
  find(query) {
    const tests = words(query).map(({not, qualifier, value}) => {
      const values = qualifier ? value.split(",").filter((part) => part !== "") : [value];
      const any = values.map((part) => test(qualifier, part, (asked) => this.values(asked)));
      return (it) => any.some((one) => one(it)) !== not;
    });
    return tests.length === 0 ? this.entries : this.entries.filter((it) => tests.every((one) => one(it)));
  }
}
