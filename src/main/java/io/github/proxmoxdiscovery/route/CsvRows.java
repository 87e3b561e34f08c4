package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.export.Csv;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Message;

/** The hosts that a sink is given, as rows of a table: with the columns of {@code /export/hosts.csv}, without a header. */
public final class CsvRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Makes the rows.
     *
     * @throws JsonProcessingException when a message is no JSON object, as a route file can make it
     */
    public String of(@Body List<Message> hosts) throws JsonProcessingException {
        StringBuilder rows = new StringBuilder();
        for (Message host : hosts) {
            rows.append(Csv.row(JSON.readValue(host.getBody(String.class), ObjectNode.class)));
        }
        return rows.toString();
    }
}
