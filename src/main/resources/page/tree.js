/** Puts hosts in their order: cluster, node, guest, interface; and says which rows are to be seen. */

const NUMBERS = new Intl.Collator("en", {numeric: true, sensitivity: "base"});

/** Places of names in their natural order, so that thousands of entries are compared by numbers. */
function places(entries, name) {
  const names = [...new Set(entries.map(name))].sort((one, other) => NUMBERS.compare(one ?? "", other ?? ""));
  return new Map(names.map((it, place) => [it, place]));
}

/** All in their order, each with the keys of the groups it lies in. Done once for what was told: a search only leaves some out. */
export function sorted(entries) {
  const clusters = places(entries, (it) => it.guest.cluster);
  const nodes = places(entries, (it) => it.guest.node);
  entries.sort((one, other) => clusters.get(one.guest.cluster) - clusters.get(other.guest.cluster)
    || nodes.get(one.guest.node) - nodes.get(other.guest.node)
    || one.guest.vmid - other.guest.vmid || one.id.length - other.id.length || (one.id < other.id ? -1 : 1));
  for (const it of entries) {
    const {cluster, node, type, vmid} = it.guest;
    it.clusterKey = `c:${cluster}`;
    it.nodeKey = `n:${cluster}/${node}`;
    it.guestKey = `g:${cluster}/${type}/${vmid}@${node}`;
    it.row = {kind: "interface", key: `i:${it.id}`, level: 4, it, open: null};
  }
  for (const found of guests(entries)) {
    const whole = guest(found);
    found.forEach((it) => {
      it.whole = whole;
    });
  }
  return entries;
}

function guest(found) {
  const one = found.length === 1;
  return {
    kind: "guest", key: found[0].guestKey, level: 3, first: found[0], found, it: one ? found[0] : null,
    children: one ? [] : found.map((it) => it.row),
  };
}

/** Entries in their order, those of a guest together. */
function guests(entries) {
  const all = [];
  let last = null;
  for (const it of entries) {
    if (it.guestKey === last) {
      all[all.length - 1].push(it);
    } else {
      all.push([it]);
      last = it.guestKey;
    }
  }
  return all;
}

function group(parent, index, kind, key, name) {
  let found = index.get(key);
  if (!found) {
    found = {kind, key, level: parent.level + 1, name, children: [], interfaces: 0, guests: 0};
    index.set(key, found);
    parent.children.push(found);
  }
  return found;
}

/** Clusters and nodes that the program knows are there also when nothing was found on them. */
function skeleton(root, index, clusters) {
  for (const it of clusters) {
    const cluster = group(root, index, "cluster", `c:${it.cluster}`, it.cluster);
    cluster.state = it;
    for (const node of it.nodes ?? []) {
      group(cluster, index, "node", `n:${it.cluster}/${node.node}`, node.node).state = node;
    }
  }
}

/**
 * @param entries in their order
 * @param clusters as the status tells them; none while something is searched, for then only what was found is shown
 */
export function tree(entries, clusters) {
  const root = {level: 0, children: []};
  const index = new Map();
  skeleton(root, index, clusters);
  let node = null;
  for (const found of guests(entries)) {
    const [first] = found;
    if (first.nodeKey !== node?.key) {
      const cluster = group(root, index, "cluster", first.clusterKey, first.guest.cluster);
      node = group(cluster, index, "node", first.nodeKey, first.guest.node);
    }
    node.children.push(first.whole.found.length === found.length ? first.whole : guest(found));
    node.interfaces += found.length;
  }
  root.children.forEach(sum);
  return root.children;
}

function sum(cluster) {
  cluster.children.sort((one, other) => NUMBERS.compare(one.name ?? "", other.name ?? ""));
  for (const node of cluster.children) {
    node.guests = node.children.length;
    cluster.guests += node.guests;
    cluster.interfaces += node.interfaces;
  }
}

function add(rows, siblings, closed) {
  for (let place = 0; place < siblings.length; place++) {
    const row = siblings[place];
    row.place = place + 1;
    row.siblings = siblings.length;
    row.open = row.children.length === 0 ? null : !closed.has(row.key);
    rows.push(row);
    if (row.kind === "guest" && row.open) {
      interfaces(rows, row.children);
    } else if (row.open) {
      add(rows, row.children, closed);
    }
  }
}

function interfaces(rows, siblings) {
  for (let place = 0; place < siblings.length; place++) {
    siblings[place].place = place + 1;
    siblings[place].siblings = siblings.length;
    rows.push(siblings[place]);
  }
}

/** The rows of a tree that are to be seen. A guest of which one interface is shown is one row. */
export function rows(groups, closed) {
  const found = [];
  add(found, groups, closed);
  return found;
}
