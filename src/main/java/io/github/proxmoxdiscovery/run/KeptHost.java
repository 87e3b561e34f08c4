package io.github.proxmoxdiscovery.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.proxmoxdiscovery.pve.Guest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One host of a run as it will be delivered.
 *
 * @param id {@code cluster/type/vmid/interface key}, or what a route file made of it
 * @param mac lower case, as Proxmox has it
 * @param json the message
 * @param guest the guest that has the interface, as {@code qemu/101}
 * @param uuid what tells the guest from another one that has its number later, or null
 */
public record KeptHost(
        String id,
        String mac,
        String json,
        String guest,
        @Nullable String uuid) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The host of a message that a route file may have changed.
     *
     * @param id what identifies the host if the message itself does not any more
     */
    public static KeptHost of(String id, String mac, String json, Guest guest, @Nullable String uuid) {
        return new KeptHost(idIn(json, id), mac, json, ClusterRun.nameOf(guest), uuid);
    }

    KeptHost withJson(String other) {
        return new KeptHost(id, mac, other, guest, uuid);
    }

    private static String idIn(String json, String fallback) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fallback;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = "id".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && isId) {
                    return parser.getText().isEmpty() ? fallback : parser.getText();
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
