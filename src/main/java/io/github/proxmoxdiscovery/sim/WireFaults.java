package io.github.proxmoxdiscovery.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Faults in the bytes of an answer: where they end, how they are encoded, how slowly they come. */
public final class WireFaults {

    private static final byte[] NO_UTF_8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF};

    private static final int CHUNK = 64 * 1024;

    private WireFaults() {}

    /** The true answer, cut off after this many bytes, counted from the first one of its head. */
    public static Fault cutAt(int bytes) {
        return Fault.of(exchange -> {
            byte[] all = exchange.bytes(exchange.answer()).all();
            exchange.write(Arrays.copyOf(all, Math.min(bytes, all.length)));
        });
    }

    /** The true answer one byte at a time, its head as well. */
    public static Fault dripAll(Duration everyByte) {
        return Fault.of(exchange -> {
            byte[] all = exchange.bytes(exchange.answer()).all();
            for (byte next : all) {
                exchange.pause(everyByte);
                exchange.write(new byte[] {next});
            }
        });
    }

    /** The true answer with another body of the announced length. */
    public static Fault body(UnaryOperator<byte[]> change) {
        return Fault.of(exchange -> {
            byte[] body = change.apply(Fault.trueBody(exchange));
            send(exchange, "Content-Length: " + body.length, body);
        });
    }

    /** The true answer with bytes that are no UTF-8 in its last text. */
    public static Fault invalidUtf8() {
        return body(WireFaults::withInvalidUtf8);
    }

    /** The true body in chunks. */
    public static Fault chunked() {
        return Fault.of(exchange -> send(exchange, "Transfer-Encoding: chunked", chunks(Fault.trueBody(exchange))));
    }

    /** The true body in chunks of which the last are missing: the connection ends after this many bytes of them. */
    public static Fault chunkedAndCut(int bytes) {
        return Fault.of(exchange -> {
            byte[] chunks = chunks(Fault.trueBody(exchange));
            send(exchange, "Transfer-Encoding: chunked", Arrays.copyOf(chunks, Math.min(bytes, chunks.length - 1)));
        });
    }

    /** The true body compressed, whatever its length and whether or not the client had asked for it. */
    public static Fault gzip() {
        return Fault.of(exchange -> sendGzip(exchange, gzip(Fault.trueBody(exchange))));
    }

    /** A valid JSON text that is this long once unpacked, and about a thousandth of it on the wire. */
    public static Fault gzipBomb(long unpackedBytes) {
        byte[] packed = bomb(unpackedBytes);
        return Fault.of(exchange -> sendGzip(exchange, packed));
    }

    private static void sendGzip(Exchange exchange, byte[] packed) throws IOException {
        send(exchange, "Content-Encoding: gzip\r\nContent-Length: " + packed.length, packed);
    }

    /** The connection is closed then. */
    private static void send(Exchange exchange, String headers, byte[] body) throws IOException {
        String head =
                "HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers + "\r\nContent-Type: " + Answer.JSON + "\r\n\r\n";
        exchange.write(head.getBytes(StandardCharsets.US_ASCII));
        exchange.write(body);
    }

    private static byte[] withInvalidUtf8(byte[] body) {
        int place = Math.max(new String(body, StandardCharsets.ISO_8859_1).lastIndexOf('"'), 0);
        ByteArrayOutputStream changed = new ByteArrayOutputStream(body.length + NO_UTF_8.length);
        changed.write(body, 0, place);
        changed.writeBytes(NO_UTF_8);
        changed.write(body, place, body.length - place);
        return changed.toByteArray();
    }

    private static byte[] chunks(byte[] body) {
        int size = Math.max(1, body.length / 3);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            chunks.writeBytes(ascii(Integer.toHexString(length).toUpperCase(Locale.ROOT) + "\r\n"));
            chunks.write(body, from, length);
            chunks.writeBytes(ascii("\r\n"));
        }
        chunks.writeBytes(ascii("0\r\n\r\n"));
        return chunks.toByteArray();
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bomb(long unpackedBytes) {
        byte[] start = ascii("{\"data\":\"");
        byte[] end = ascii("\"}");
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(start);
            for (long left = unpackedBytes - start.length - end.length; left > 0; left -= CHUNK) {
                out.write(chunk, 0, (int) Math.min(left, CHUNK));
            }
            out.write(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
