package harness;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads answers as they come, and builds no trees. */
final class PlainJson {

    static final JsonFactory JSON = new JsonFactory();

    private PlainJson() {}

    /** A member of an object; the parser stands at its value. */
    interface Member {
        void at(String name, JsonParser json) throws IOException;
    }

    /** The same answer is read to its end, and thrown away. */
    static Void skip(InputStream body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                // Only that it is JSON matters.
            }
        }
        return null;
    }

    static List<PlainGuest> guests(InputStream body) throws IOException {
        List<PlainGuest> guests = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            data(json, () -> elements(json, () -> guests.add(guest(json))));
        }
        return guests;
    }

    private static PlainGuest guest(JsonParser json) throws IOException {
        String[] fields = new String[4];
        members(json, (name, value) -> {
            switch (name) {
                case "type" -> fields[0] = value.getText();
                case "vmid" -> fields[1] = value.getText();
                case "node" -> fields[2] = value.getText();
                case "status" -> fields[3] = value.getText();
                default -> value.skipChildren();
            }
        });
        return new PlainGuest(fields[0], fields[1], fields[2], "running".equals(fields[3]));
    }

    /** What is done where the parser stands. */
    interface Step {
        void taken() throws IOException;
    }

    /** Goes to the value of {@code data}. */
    static void data(JsonParser json, Step step) throws IOException {
        json.nextToken();
        members(json, (name, value) -> {
            if (name.equals("data")) {
                step.taken();
            } else {
                value.skipChildren();
            }
        });
    }

    /** Goes to each element of an array that begins here; passes over anything else. */
    static void elements(JsonParser json, Step step) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            step.taken();
        }
    }

    /** Goes to each member of an object that begins here; passes over anything else. */
    static void members(JsonParser json, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            member.at(name, json);
        }
    }
}
