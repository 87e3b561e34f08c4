package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.export.AnsibleInventory;
import io.github.proxmoxdiscovery.export.BadQueryException;
import io.github.proxmoxdiscovery.export.Csv;
import io.github.proxmoxdiscovery.export.HostsFile;
import io.github.proxmoxdiscovery.export.JsonArray;
import io.github.proxmoxdiscovery.export.KnownHosts;
import io.github.proxmoxdiscovery.export.Lines;
import io.github.proxmoxdiscovery.export.PrometheusTargets;
import io.github.proxmoxdiscovery.export.Query;
import java.io.IOException;
import java.util.Iterator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Writes hosts in the forms that others read. */
public final class Exports {

    private static final String TEXT = "text/plain; charset=utf-8";

    /** How a form is made of the hosts and the parameters of the request. */
    @FunctionalInterface
    private interface Form {
        Iterator<String> text() throws BadQueryException;
    }

    /** As an array of their messages. */
    public void json(@Body KnownHosts hosts, Exchange exchange) throws IOException {
        answer(exchange, Answer.JSON, () -> new JsonArray(hosts.messages()));
    }

    /** As a table for spreadsheets. */
    public void csv(@Body KnownHosts hosts, Exchange exchange) throws IOException {
        answer(exchange, "text/csv; charset=utf-8; header=present", () -> new Csv(hosts.messages()));
    }

    /** As lines of text; the variable {@code columns} names the keys that are told of each host. */
    public void lines(@Body KnownHosts hosts, @Variable("columns") String columns, Exchange exchange)
            throws IOException {
        answer(exchange, TEXT, () -> new Lines(hosts.messages(), columns));
    }

    /** As targets of Prometheus. */
    public void prometheus(@Body KnownHosts hosts, @Variable("query") Query query, Exchange exchange)
            throws IOException {
        answer(exchange, Answer.JSON, () -> new PrometheusTargets(hosts.messages(), query));
    }

    /** As the inventory of Ansible. */
    public void ansible(@Body KnownHosts hosts, @Variable("query") Query query, Exchange exchange) throws IOException {
        answer(exchange, Answer.JSON, () -> new AnsibleInventory(hosts::messages, query));
    }

    /** As names and addresses, for resolvers and DHCP servers. */
    public void hostsFile(@Body KnownHosts hosts, @Variable("query") Query query, Exchange exchange)
            throws IOException {
        answer(exchange, TEXT, () -> new HostsFile(hosts::messages, query));
    }

    private static void answer(Exchange exchange, String contentType, Form form) throws IOException {
        Answer answer = Answer.to(exchange);
        try {
            answer.stream(contentType, form.text());
        } catch (BadQueryException e) {
            answer.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
