package io.github.proxmoxdiscovery.pve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Undoes the double encoding of what a guest agent says: PVE/QMPClient.pm takes its UTF-8 bytes for Latin-1 characters,
 * and the API encodes them once more.
 */
final class MojibakeRepair {

    private static final int LAST_LATIN_1 = 0xff;

    private MojibakeRepair() {}

    /** The text as the guest meant it, or as it came if it is not doubly encoded. */
    static String repair(String text) {
        if (text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > LAST_LATIN_1)) {
            return text;
        }
        try {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // It was no UTF-8, so it was not encoded twice.
            return text;
        }
    }
}
