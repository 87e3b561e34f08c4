/**
 * How long to wait for something that failed, one rule for requests, addresses, guests and agents; and when a schedule
 * has its times. Knows only the JDK and Quartz's cron expressions.
 */
@NullMarked
package io.github.proxmoxdiscovery.time;

import org.jspecify.annotations.NullMarked;
