/** Puts hosts in their order: cluster, node, guest, interface; and says which rows are to be seen. */

const NUMBERS = new Intl.Collator("en", {numeric: true, sensitivity: "base"});

/** All in their order. Done once for what the program told; a search only leaves some out. */
export function sorted(entries) {
  const keys = new Map();
  for (const it of entries) {
    keys.set(it.guest.cluster, 0);
    keys.set(it.guest.node, 0);
  }
  [...keys.keys()].sort((one, other) => NUMBERS.compare(one ?? "", other ?? "")).forEach((key, place) => keys.set(key, place));
  return entries.sort((one, other) => keys.get(one.guest.cluster) - keys.get(other.guest.cluster)
    || keys.get(one.guest.node) - keys.get(other.guest.node)
    || one.guest.vmid - other.guest.vmid || NUMBERS.compare(one.id, other.id));
}

function group(kind, key, level, name) {
  return {kind, key, level, name, children: [], interfaces: 0, guests: 0};
}

function child(parent, index, kind, key, name) {
  let found = index.get(key);
  if (!found) {
    found = group(kind, key, parent.level + 1, name);
    index.set(key, found);
    parent.children.push(found);
  }
  return found;
}

/** Clusters and nodes that the program knows are there also when nothing was found on them. */
function skeleton(root, index, clusters) {
  for (const it of clusters) {
    const cluster = child(root, index, "cluster", `c:${it.cluster}`, it.cluster);
    cluster.state = it;
    for (const node of it.nodes ?? []) {
      child(cluster, index, "node", `n:${it.cluster}/${node.node}`, node.node).state = node;
    }
  }
}

/** @param clusters as the status tells them; none while something is searched, for then only what was found is shown */
export function tree(entries, clusters) {
  const root = group("root", "", 0, "");
  const index = new Map();
  skeleton(root, index, clusters);
  for (const it of entries) {
    const {cluster: clusterName, node: nodeName, type, vmid} = it.guest;
    const cluster = child(root, index, "cluster", `c:${clusterName}`, clusterName);
    const node = child(cluster, index, "node", `n:${clusterName}/${nodeName}`, nodeName);
    const guest = child(node, index, "guest", `g:${clusterName}/${type}/${vmid}@${nodeName}`, it.host.hostname);
    if (guest.interfaces === 0) {
      guest.first = it;
      node.guests++;
      cluster.guests++;
    }
    guest.children.push({kind: "interface", key: `i:${it.id}`, level: 4, it});
    guest.interfaces++;
    node.interfaces++;
    cluster.interfaces++;
  }
  for (const cluster of root.children) {
    cluster.children.sort((one, other) => NUMBERS.compare(one.name ?? "", other.name ?? ""));
  }
  return root.children;
}

function add(rows, siblings, closed) {
  siblings.forEach((row, place) => {
    row.place = place + 1;
    row.siblings = siblings.length;
    if (row.kind === "guest" && row.interfaces === 1) {
      row.it = row.children[0].it;
    }
    row.open = row.it || row.children.length === 0 ? null : !closed.has(row.key);
    rows.push(row);
    if (row.open) {
      add(rows, row.children, closed);
    }
  });
}

/** The rows of a tree that are to be seen. A guest with one interface is one row. */
export function rows(groups, closed) {
  const found = [];
  add(found, groups, closed);
  return found;
}
