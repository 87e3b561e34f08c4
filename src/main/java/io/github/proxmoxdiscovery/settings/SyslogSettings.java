package io.github.proxmoxdiscovery.settings;

/**
 * How the sink syslog sends.
 *
 * @param host of the server; empty if the sink is not chosen
 * @param udp whether a datagram a host, else one stream
 * @param facility its number, 0 to 23
 * @param trust how the server is known if TLS is on
 */
public record SyslogSettings(String host, boolean udp, int facility, Trust trust) {}
