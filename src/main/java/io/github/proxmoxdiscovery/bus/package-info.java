/**
 * Connections to brokers by JMS, for the sinks jms and amqp. It needs jars that are no part of the program, and is only
 * used when one of these sinks is chosen.
 */
@NullMarked
package io.github.proxmoxdiscovery.bus;

import org.jspecify.annotations.NullMarked;
