package io.github.proxmoxdiscovery.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.proxmoxdiscovery.settings.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Takes known secrets out of everything that is logged, line by line: the last guard, whatever library writes the
 * line, at whatever level. Nothing that we write ourselves has one in it.
 */
public final class Redactor extends OutputStream {

    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final KnownSecrets secrets = new KnownSecrets();

    Redactor(PrintStream out) {
        this.out = out;
    }

    /** Puts a redactor before {@code System.err}, where the logs go. */
    public static Redactor install() {
        Redactor redactor = new Redactor(System.err);
        System.setErr(new PrintStream(redactor, true, StandardCharsets.UTF_8));
        return redactor;
    }

    public void addAll(Collection<String> values) {
        values.forEach(this::add);
    }

    /** A secret shorter than four characters is not looked for. */
    public void add(String secret) {
        secrets.add(secret);
        // In a log of JSON it stands so, if it has a quote or a backslash in it.
        secrets.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }

    /** The text without the secrets. */
    String masked(String text) {
        return secrets.masked(text);
    }

    @Override
    public synchronized void write(int b) {
        line.write(b);
        if (b == '\n') {
            writeLine();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void close() {
        writeLine();
    }

    private void writeLine() {
        String text = secrets.masked(line.toString(StandardCharsets.UTF_8));
        line.reset();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
