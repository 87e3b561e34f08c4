#!/usr/bin/env python3
"""The usual script on proxmoxer: the MACs and addresses of all guests, with any number of threads.

collect.py HOST:PORT CA.PEM TOKEN_ID OUT THREADS; the secret is in TOKEN_SECRET.
"""
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from proxmoxer import ProxmoxAPI
from proxmoxer.core import ResourceException

MAC = re.compile(r"(?:^|=)([0-9A-F]{2}(?::[0-9A-F]{2}){5})(?:,|$)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:^|,)ip6?=([0-9a-fA-F.:]+)/")


def observed(api, guest, config):
    """Addresses by MAC, as the agent or the container's runtime tells them."""
    if guest["status"] != "running" or config.get("template") or config.get("lock"):
        return {}
    node = api.nodes(guest["node"])
    try:
        if guest["type"] == "lxc":
            rows = node.lxc(guest["vmid"]).interfaces.get() or []
        elif str(config.get("agent", "0")).startswith("1") or "enabled=1" in str(config.get("agent", "")):
            rows = node.qemu(guest["vmid"]).agent("network-get-interfaces").get().get("result", [])
        else:
            return {}
    except ResourceException:
        return {}
    found = {}
    for row in rows:
        mac = (row.get("hardware-address") or row.get("hwaddr") or "").lower()
        for entry in row.get("ip-addresses", []):
            address = entry["ip-address"]
            if not address.startswith(("fe80:", "127.")) and address != "::1":
                found.setdefault(mac, []).append(address)
    return found


def collect(api, guest):
    """Lines of id, MAC and addresses, one for each interface of a guest."""
    config = getattr(api.nodes(guest["node"]), guest["type"])(guest["vmid"]).config.get(current=1)
    seen = observed(api, guest, config)
    lines = []
    for key, line in config.items():
        if re.fullmatch(r"net\d+", key):
            mac = MAC.search(line).group(1).lower()
            static = ADDRESS.findall(line) + ADDRESS.findall(config.get("ipconfig" + key[3:], ""))
            addresses = seen.get(mac) or static
            lines.append(f"{guest['type']}/{guest['vmid']}/{key}\t{mac}\t{','.join(addresses)}")
    return lines


def main():
    host, pem, token_id, out, threads = sys.argv[1:]
    user, name = token_id.split("!")
    api = ProxmoxAPI(host, user=user, token_name=name, token_value=os.environ["TOKEN_SECRET"],
                     verify_ssl=pem, timeout=35)
    guests = api.cluster.resources.get(type="vm")
    if threads == "1":
        found = [collect(api, guest) for guest in guests]
    else:
        with ThreadPoolExecutor(int(threads)) as pool:
            found = list(pool.map(lambda guest: collect(api, guest), guests))
    with open(out, "w", encoding="utf-8") as file:
        for lines in found:
            file.writelines(line + "\n" for line in lines)


main()
