package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Takes the {@code data} out of an answer of the Proxmox API; the reason of an error stands in its status line
 * (PVE/HTTPServer.pm), which is why the body of one is not looked at.
 */
public final class PveAnswer implements Processor {

    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int OK = 200;

    @Override
    public void process(Exchange exchange) throws Exception {
        Message answer = exchange.getMessage();
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String reason = answer.getHeader(Exchange.HTTP_RESPONSE_TEXT, "", String.class);
        try (InputStream body = answer.getBody(InputStream.class)) {
            // Whatever happens, nobody must find the closed stream: Camel would try to read it again.
            answer.setBody(null);
            if (status != OK) {
                throw new PveException(PveFailure.ofStatus(status, reason));
            }
            answer.setBody(data(body, status + " " + reason));
        }
    }

    private static JsonNode data(InputStream body, String statusLine) throws IOException, PveException {
        JsonNode tree = body == null ? null : parse(body, statusLine);
        JsonNode data = tree == null ? null : tree.get("data");
        if (data == null) {
            throw badReply(statusLine, "the answer has no \"data\": is this a Proxmox API, or a proxy in front of it?");
        }
        return data;
    }

    private static JsonNode parse(InputStream body, String statusLine) throws IOException, PveException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw badReply(statusLine, "the answer is not whole JSON: " + e.getOriginalMessage());
        }
    }

    private static PveException badReply(String statusLine, String message) {
        return new PveException(new PveFailure(Reason.BAD_REPLY, OK, statusLine, message));
    }
}
