/**
 * The memory that survives a crash: what was last truly observed of each host, and what each sink has acknowledged of
 * it (docs/explanation/delivery.md). The difference between the two is what a sink is given. Knows no Camel.
 */
@NullMarked
package io.github.proxmoxdiscovery.ledger;

import org.jspecify.annotations.NullMarked;
