package io.github.proxmoxdiscovery.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * One host of a run as it will be delivered.
 *
 * @param id {@code cluster/type/vmid/interface key}, or what a route file made of it
 * @param mac lower case, as Proxmox has it
 * @param json the message
 */
public record KeptHost(String id, String mac, String json) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The host of a message that a route file may have changed.
     *
     * @param id what identifies the host if the message itself does not any more
     */
    public static KeptHost of(String id, String mac, String json) {
        return new KeptHost(idIn(json, id), mac, json);
    }

    private static String idIn(String json, String fallback) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fallback;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = "id".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && isId) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return fallback;
        } catch (IOException e) {
            // A route file made something else of it than JSON.
            return fallback;
        }
    }
}
